// @ts-check
/** The screen on which a delegation asks: usually for a statement in its own name, with one tap. */

import { html, live, nothing } from "../../vendor/lit.js";
import { mss } from "../clock.js";
import { limitInWords, t, tn } from "../i18n.js";
import { fill, num, stateMark } from "../parts.js";
import { icon } from "../shapes.js";
import { isListed, openKinds, openNames, panellists } from "./choices.js";
import { floorLine, nameOf, quietButton, raiseButton, sendButton } from "./controls.js";
import { forecast, limitFor, ownCapacity } from "./place.js";

/** @typedef {import("../page.js").Page} Page */
/** @typedef {import("./screens.js").Frame} Frame */
/** @typedef {import("./screens.js").Screen} Screen */
/** @typedef {import("./choices.js").Choice} Choice */
/** @typedef {import("./choices.js").Kind} Kind */

/** Words spoken in a minute: slow enough to be interpreted, and a brisk reading. */
export const WORDS = { slow: 110, brisk: 120 };

/** @returns {Screen} */
export function ask(/** @type {Frame} */ frame) {
  const { page, intent, actions, now, more } = frame;
  const view = /** @type {import("../store.js").View} */ (page.store.view);
  const kinds = openKinds(page);
  const choice = chosen(page, intent.choice, kinds);
  const choose = (/** @type {Partial<Choice>} */ change) => actions.intend({ choice: { ...choice, ...change }, refused: null });
  const missing = more ? more.missing(choice) : choice.kind === "statement" ? "" : t("One moment, please.");
  const nothingToReplyTo = choice.kind === "right-of-reply" && !page.store.own?.statements?.length;
  const limit = limitFor(page.store, choice.as === "" ? ownCapacity(page.store.own) : "group");
  return {
    body: html`
      <div class="mid">
        ${intent.again
          ? html`<h1 class="form-title">${t("What do you ask for?")}</h1>`
          : html`<p class="state small" data-state="open">${stateMark("open")}</p>
              <h1>${t("The floor is open")}</h1>`}
        ${more?.lastCall(frame) ?? nothing}
        <p class="lead">${isListed(choice.kind) ? askLead(frame, view, now) : (more?.besidesTheList(choice.kind) ?? nothing)}</p>
      </div>
      ${intent.again ? nothing : floorLine(frame)}
      <div class="facts">
        ${kinds.length < 2
          ? html`<p class="fact"><span>${t("I ask for")}</span><span>${kindWord(choice.kind, limit)}</span></p>`
          : row(t("I ask for"), "kind", choice.kind, kinds.map((kind) => [kind, kindWord(kind, limit)]), (kind) => choose({ kind: /** @type {Kind} */ (kind), words: "" }))}
        ${isListed(choice.kind) ? asRows(page, choice, choose) : nothing}
        ${more ? more.fields(page, choice, choose) : nothing}
        ${isListed(choice.kind) ? aboutRow(frame, null) : nothing}
      </div>
      ${isListed(choice.kind)
        ? html`<p class="label">
            ${more?.announcedLabel(page) ?? nothing}
            ${fill(t("Your limit is {limit}: about {words} words."), { limit: limitInWords(limit), words: wordsOf(limit) })}
          </p>`
        : nothing}
    `,
    thumb: html`
      ${sendButton(intent, "ask", askWord(choice.kind), () => (missing ? actions.intend({ refused: missing }) : actions.ask(choice)), nothingToReplyTo)}
      ${intent.again ? quietButton(t("Back"), () => actions.intend({ again: false })) : raiseButton(frame)}
    `,
  };
}

/** How many words a limit has room for, from slow to brisk. */
export function wordsOf(/** @type {number} */ limit) {
  return `${Math.round((limit / 60_000) * WORDS.slow)}–${Math.round((limit / 60_000) * WORDS.brisk)}`;
}

/** What is chosen, as far as it may still be asked for. @param {Page} page @param {Choice} choice @param {Kind[]} kinds @returns {Choice} */
function chosen(page, choice, kinds) {
  const canBeAsked = kinds.filter((kind) => kind !== "right-of-reply" || page.store.own?.statements?.length);
  const kind = kinds.includes(choice.kind) ? choice.kind : (canBeAsked[0] ?? kinds[0] ?? "statement");
  const names = openNames(page, kind);
  const as = names.includes(choice.as) ? choice.as : (names[0] ?? "");
  const asked = panellists(page);
  const to = asked.includes(choice.to) ? choice.to : asked.length === 1 ? asked[0] : "";
  return { ...choice, kind, as, to, also: as !== "" && choice.also };
}

/** In whose name, and whether for itself as well. @param {Page} page @param {Choice} choice @param {(change: Partial<Choice>) => void} choose */
function asRows(page, { kind, as, also }, choose) {
  const names = openNames(page, kind);
  const label = as === "" ? t("As") : t("On behalf of");
  if (names.length < 2) return html`<p class="fact"><span>${label}</span><span>${nameOf(page, as || null)}</span></p>`;
  return html`
    ${row(label, "as", as, names.map((name) => [name, nameOf(page, name || null)]), (name) => choose({ as: name }))}
    ${as === ""
      ? nothing
      : html`<label class="pick"><span>${t("Also in our own name")}</span><input type="checkbox" .checked=${live(also)} @change=${(/** @type {Event} */ event) => choose({ also: /** @type {HTMLInputElement} */ (event.target).checked })} /></label>`}
  `;
}

/** One thing to be chosen. @param {string} label @param {string} name @param {string} value @param {[string, string][]} options @param {(value: string) => void} choose */
export function row(label, name, value, options, choose) {
  return html`<label class="pick">
    <span>${label}</span>
    <select name=${name} .value=${live(value)} @change=${(/** @type {Event} */ event) => choose(/** @type {HTMLSelectElement} */ (event.target).value)}>
      ${options.map(([code, words]) => html`<option value=${code} ?selected=${code === value}>${words}</option>`)}
    </select>
    ${icon("down")}
  </label>`;
}

/** The way to what is said about the speaker: of a request, or (null) of the one that will be asked for. @param {Frame} frame @param {string | null} request */
export function aboutRow({ page, actions, more }, request) {
  return html`<button type="button" class="pick about" @click=${() => actions.about(request)}>
    <span>${t("About the speaker")}</span><span>${more?.saidInShort(page, request) ?? nothing}</span>${icon("forward")}
  </button>`;
}

/** A kind of request, as a delegation chooses it; only a statement needs its limit. */
export function kindWord(/** @type {Kind} */ kind, /** @type {number} */ limit = 0) {
  switch (kind) {
    case "question":
      return t("A question to a panellist");
    case "right-of-reply":
      return t("A right of reply");
    case "written-question":
      return t("A written question");
    default:
      return t("A statement, {limit}", { limit: mss(limit) });
  }
}

function askWord(/** @type {Kind} */ kind) {
  switch (kind) {
    case "right-of-reply":
      return t("Ask for a right of reply");
    case "written-question":
      return t("Send the question");
    default:
      return t("Ask for the floor");
  }
}

function askLead(/** @type {Frame} */ { page }, /** @type {import("../store.js").View} */ view, /** @type {number} */ now) {
  const n = view.list.length;
  const count = html`<strong>${n ? fill(tn("{n} waiting.", "{n} waiting.", n, {}), { n }) : t("Nobody is waiting.")}</strong>`;
  const wait = forecast(view, n + 1, now);
  if (wait === null) return count;
  if (n === 0 && wait < 60_000) return html`${count} ${t("You would be next.")}`;
  const time = html`<strong>${num(page.programme.timeOfDay(now + wait))}</strong>`;
  return html`${count} ${fill(t("You would speak at about {time}."), { time })}`;
}
