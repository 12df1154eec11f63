// @ts-check
/** The line that says who was told, under the head of the list. */

import { html, nothing } from "../../vendor/lit.js";
import { t, tn } from "../i18n.js";
import { icon, shape } from "../shapes.js";
import { sentence } from "./told.js";

/** So many names stand in the line; more are opened. */
const NAMES = 4;

/** Nothing, unless something was accepted that all who wait have to know. */
export function toldLine(/** @type {import("./ui.js").Scene} */ { told, programme }) {
  if (!told.isShown) return nothing;
  const { heard } = told;
  const more = heard === null ? 0 : heard.byVoice.length - NAMES;
  return html`<div class="told">
    ${shape(heard?.byVoice.length ? "triangle" : "ring")}
    <p>${heard === null ? t("Who has a phone connected…") : sentence(heard, programme, told.isOpen ? Infinity : NAMES)}</p>
    ${more > 0
      ? html`<button type="button" class="button quiet" aria-expanded=${told.isOpen ? "true" : "false"} @click=${() => told.toggle()}>
          ${told.isOpen ? t("Fewer") : tn("and {n} more", "and {n} more", more)}
        </button>`
      : nothing}
    <button type="button" class="icon-button" aria-label=${t("They are told")} title=${t("They are told")} @click=${() => told.end()}>${icon("close")}</button>
  </div>`;
}
