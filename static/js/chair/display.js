// @ts-check
/** What the displays in the hall are asked for: to be dark, and a message. */

import { html, live, nothing } from "../../vendor/lit.js";
import { t, tn } from "../i18n.js";
import { StageMessage } from "../stage.js";
import { shape } from "../shapes.js";
import { sheet } from "./sheet.js";

/** @typedef {import("./ui.js").Scene} Scene */

/** As the server takes it. */
const LONGEST = 200;

/** A meeting that stops goes on at a time that is easily said. */
const ROUND = 5 * 60_000;
const SOON = 15 * 60_000;

const message = new StageMessage();

/** The sheet with the switch, the message and ready phrases. */
export function displaySheet(/** @type {Scene} */ scene) {
  const { ui, view, acts, page } = scene;
  const shown = message.of(page);
  return sheet(ui, "display", t("Displays in the hall"), () => {
    const typed = ui.message ?? shown ?? "";
    const dark = acts.isTicked("dark", view.stage.blackout);
    const type = (/** @type {string} */ text) => {
      ui.message = text;
      ui.problem = "";
      page.redraw();
    };
    const show = async (/** @type {Event} */ event) => {
      event.preventDefault();
      if (!typed.trim()) {
        ui.problem = t("Write a message first, or choose one.");
        page.redraw();
        return;
      }
      if ((await acts.setMessage(false, typed.trim())) !== null) return ui.open(null);
      ui.problem = acts.toast?.text ?? "";
      page.redraw();
    };
    return html`<form class="body" id="display" @submit=${show}>
        <label class="dark"
          ><input
            type="checkbox"
            .checked=${live(dark)}
            @change=${(/** @type {Event} */ event) => acts.darken(/** @type {HTMLInputElement} */ (event.target).checked, shown)}
          /><span>${t("Dark")}<small>${t("Clocks go on, and turns end on time.")}</small></span></label
        >
        <label class="field"
          ><span class="label">${t("Message, in any language")}</span>
          <textarea
            rows="3"
            dir="auto"
            maxlength=${LONGEST}
            .value=${live(typed)}
            aria-invalid=${ui.problem ? "true" : "false"}
            @input=${(/** @type {Event} */ event) => type(/** @type {HTMLTextAreaElement} */ (event.target).value)}
          ></textarea>
          <span class="label">${tn("{n} letter left", "{n} letters left", LONGEST - typed.length)}</span>
        </label>
        <div class="phrases" role="group" aria-label=${t("Ready phrases")}>
          ${phrases(scene).map((phrase) => html`<button type="button" class="button" @click=${() => type(phrase)}>${phrase}</button>`)}
        </div>
      </form>
      <footer>
        ${ui.problem ? html`<p class="problem" role="alert">${ui.problem}</p>` : nothing}
        ${shown === null
          ? nothing
          : html`<button
              type="button"
              class="button"
              @click=${() => {
                ui.open(null);
                acts.setMessage(dark, null);
              }}
            >
              ${t("Take the message away")}
            </button>`}
        <button type="submit" form="display" class="button primary">${t("Show the message")}</button>
      </footer>`;
  });
}

/** Says beside the gavel that the displays do not show the meeting as usual, and leads to the sheet. */
export function stageChip(/** @type {Scene} */ { view, ui, directs }) {
  const { blackout, message: shown } = view.stage ?? {};
  if (!directs || (!blackout && shown == null)) return nothing;
  return html`<button type="button" class="chip stage-chip" aria-haspopup="dialog" @click=${() => ui.open("display")}>
    ${shape(blackout ? "dash" : "square")}<strong>${blackout ? t("Displays dark") : t("Message on the displays")}</strong>
  </button>`;
}

/** @param {Scene} scene */
function phrases({ programme, view, now }) {
  const time = programme.timeOfDay(nextTime(programme, view, now));
  return [
    t("The meeting resumes at {time}.", { time }),
    t("The meeting will begin shortly."),
    t("Please take your seats."),
    t("Please silence your telephones."),
    t("There is a technical problem. We will continue shortly."),
  ];
}

/**
 * When a meeting that stops now most likely goes on: with the next part as planned, else in a quarter of an hour.
 * @param {Scene["programme"]} programme @param {Scene["view"]} view @param {number} now
 */
export function nextTime({ document }, { programme }, now) {
  const begun = new Set(programme.filter(({ begun_at }) => begun_at !== null).map(({ id }) => id));
  const planned = document.segments.filter(({ id, starts }) => starts !== null && starts > now && !begun.has(id));
  return planned[0]?.starts ?? Math.ceil((now + SOON) / ROUND) * ROUND;
}
