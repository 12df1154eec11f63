// @ts-check
/** The screen on which a delegation asks for the floor, in its own name or on behalf of a group. */

import { html, live, nothing } from "../../vendor/lit.js";
import { mss } from "../clock.js";
import { limitInWords, t, tn } from "../i18n.js";
import { fill, num, stateMark } from "../parts.js";
import { icon } from "../shapes.js";
import { floorLine, nameOf, openNames, quietButton, sendButton } from "./controls.js";
import { forecast, limitFor, ownCapacity } from "./place.js";

/** @typedef {import("../page.js").Page} Page */
/** @typedef {import("./screens.js").Frame} Frame */
/** @typedef {import("./screens.js").Screen} Screen */

/** Words spoken in a minute: slow enough to be interpreted, and a brisk reading. */
const WORDS = { slow: 110, brisk: 120 };

/** The floor is open: one tap asks for it. @returns {Screen} */
export function ask(/** @type {Frame} */ frame) {
  const { page, intent, actions, now } = frame;
  const view = /** @type {import("../store.js").View} */ (page.store.view);
  const names = openNames(page);
  const as = names.includes(intent.as) ? intent.as : (names[0] ?? "");
  const limit = limitFor(page.store, as === "" ? ownCapacity(page.store.own) : "group");
  const minutes = limit / 60_000;
  return {
    body: html`
      <div class="mid">
        <p class="state small" data-state="open">${stateMark("open")}</p>
        <h1>${t("The floor is open")}</h1>
        <p class="lead">${askLead(frame, view, now)}</p>
      </div>
      ${floorLine(frame)}
      <div class="facts">
        <p class="fact"><span>${t("I ask for")}</span><span>${fill(t("A statement, {limit}"), { limit: mss(limit) })}</span></p>
        ${names.length < 2 ? html`<p class="fact"><span>${as === "" ? t("As") : t("On behalf of")}</span><span>${nameOf(page, as || null)}</span></p>` : html`<label class="pick">
          <span>${as === "" ? t("As") : t("On behalf of")}</span>
          <select name="as" .value=${live(as)} @change=${(/** @type {Event} */ event) =>
            actions.chooseAs(/** @type {HTMLSelectElement} */ (event.target).value)}>
            ${names.includes("") ? nameOption(page, "", as) : nothing}
            <optgroup label=${t("On behalf of")}>
              ${names.filter((name) => name !== "").map((name) => nameOption(page, name, as))}
            </optgroup>
          </select>
          ${icon("down")}
        </label>`}
      </div>
      <p class="label">
        ${fill(t("Your limit is {limit}: about {words} words."), {
          limit: limitInWords(limit),
          words: `${Math.round(minutes * WORDS.slow)}–${Math.round(minutes * WORDS.brisk)}`,
        })}
      </p>
    `,
    thumb: html`
      ${sendButton(intent, "ask", t("Ask for the floor"), () => actions.ask(as))}
      ${intent.again ? quietButton(t("Back to your place"), () => actions.askAgain(false)) : nothing}
    `,
  };
}

/** @param {Page} page @param {string} name @param {string} chosen */
function nameOption(page, name, chosen) {
  return html`<option value=${name} ?selected=${name === chosen}>${nameOf(page, name || null)}</option>`;
}

function askLead(/** @type {Frame} */ { page }, /** @type {import("../store.js").View} */ view, /** @type {number} */ now) {
  const n = view.list.length;
  const count = html`<strong>${n ? fill(tn("{n} waiting.", "{n} waiting.", n, {}), { n }) : t("Nobody is waiting.")}</strong>`;
  const wait = forecast(view, n + 1, now);
  if (n === 0 && wait < 60_000) return html`${count} ${t("You would be next.")}`;
  const time = html`<strong>${num(page.programme.timeOfDay(now + wait))}</strong>`;
  return html`${count} ${fill(t("You would speak at about {time}."), { time })}`;
}
