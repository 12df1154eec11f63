// @ts-check
/** Before the first gavel: what is in order, what is not yet, and the way into a rehearsal. */

import { html, nothing } from "../../vendor/lit.js";
import { mss } from "../clock.js";
import { t } from "../i18n.js";
import { icon, shape } from "../shapes.js";
import { DISCUSSIONS } from "./next.js";

/** @typedef {import("./ui.js").Scene} Scene */

/** Before the first gavel: what is in order, and what is not yet. */
export function readiness(/** @type {Scene} */ { page, view, programme, me, directs }) {
  const { segments, persons, delegations } = programme.document;
  const { rules } = segments.find(({ kind }) => DISCUSSIONS.includes(kind)) ?? segments[0] ?? {};
  const enforced = rules?.enforcement === "automatic";
  return html`<div class="ready">
    <h3 class="label">${t("Ready?")}</h3>
    <ul class="checks">
      ${check(
        page.store.connection === "connected",
        t("This screen is connected"),
        t("It shows the server's second, whatever this device's own clock says."),
      )}
      ${check(
        segments.length > 0,
        t("The programme is here"),
        t("{parts} parts, {people} persons, {delegations} delegations that may ask.", {
          parts: segments.length,
          people: Object.keys(persons).length,
          delegations: Object.keys(delegations).length,
        }),
      )}
      ${check(
        true,
        t("A statement has {limit}", { limit: mss(rules?.limits.national ?? 0) }),
        enforced ? t("At the limit the server takes the floor back.") : t("At the limit the clock goes on and says so."),
      )}
      ${check(
        view.gavel !== null,
        t("Somebody presides"),
        view.gavel === me ? t("You hold the gavel.") : t("Take the gavel, so that all see who presides."),
      )}
    </ul>
    ${directs && !page.boot.rehearsal && !page.store.rehearsal
      ? html`<form class="rehearse" method="post" action="/s/${page.boot.seat}/rehearsal">
          <p>${t("Try it out beforehand: the same links and cards lead into a rehearsal, and nothing of it is kept.")}</p>
          <button type="submit" class="button">${t("Begin a rehearsal")}</button>
        </form>`
      : nothing}
  </div>`;
}

/** @param {boolean} done @param {string} words @param {string} more */
function check(done, words, more) {
  return html`<li class=${done ? "" : "todo"}>
    ${done ? icon("check") : shape("triangle")}<span>${words}<small>${more}</small></span
    ><span class="hidden">${done ? t("in order") : t("not yet")}</span>
  </li>`;
}
