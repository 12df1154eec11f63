// @ts-check
/** When the list closes: now, in some minutes, at a time that is announced; and whether the hall sees it. */

import { html, live } from "../../vendor/lit.js";
import { t } from "../i18n.js";
import { num } from "../parts.js";
import { instantOf } from "./search.js";
import { sheet } from "./sheet.js";

/** @typedef {import("./ui.js").Scene} Scene */

const MINUTE = 60_000;

/** What is offered with one press, in minutes. */
export const IN_MINUTES = [5, 10];

/** Closes the list now. */
export function closeNow(/** @type {Scene} */ { acts, view }) {
  return acts.send("close-list", { segment: view.segment?.id }, t("The list of speakers is closed"));
}

/** Closes it at an instant, of which every phone is told. @param {Scene} scene @param {number} at */
export function closeAt({ acts, view, programme }, at) {
  return acts.send("close-list", { segment: view.segment?.id, at }, t("The list closes at {time}", { time: programme.timeOfDay(at) }));
}

/** In so many minutes, on the whole minute: a time that can be announced. @param {Scene} scene @param {number} minutes */
export function closeIn(scene, minutes) {
  return closeAt(scene, wholeMinute(scene.now) + minutes * MINUTE);
}

/** Opens the list, or takes a closing time away. */
export function openList(/** @type {Scene} */ { acts, view }) {
  const done = view.list.closes_at ? t("The list closes at no set time") : t("The list of speakers is open");
  return acts.send("open-list", { segment: view.segment?.id }, done);
}

/** Hides the list from the public, or shows it again. */
export function setHidden(/** @type {Scene} */ { acts, view }, /** @type {boolean} */ hidden) {
  const done = hidden ? t("The list is hidden from the hall") : t("The list is shown in the hall");
  return acts.send(hidden ? "hide-list" : "show-list", { segment: view.segment?.id }, done);
}

/** The sheet with all of it, reached by C. */
export function closingSheet(/** @type {Scene} */ scene) {
  const { ui, view, programme, now } = scene;
  return sheet(ui, "closing", t("Close the list"), () => {
    const act = (/** @type {() => unknown} */ press) => () => {
      ui.open(null);
      press();
    };
    const submit = (/** @type {Event} */ event) => {
      event.preventDefault();
      const at = instantOf(ui.draft.time ?? "", now, programme.document.utc_offset);
      if (at === null) return ui.complain(t("Write a time that is to come, as 12:40."));
      act(() => closeAt(scene, at))();
    };
    return html`<form class="body" id="closing" @submit=${submit}>
        <p>${t("Phones count the last call down. Whoever is on the list then will be heard.")}</p>
        <div class="phrases">
          <button type="button" class="button" @click=${act(() => closeNow(scene))}>${t("Now")}</button>
          ${IN_MINUTES.map(
            (minutes) =>
              html`<button type="button" class="button" @click=${act(() => closeIn(scene, minutes))}>
                ${t("In {n} minutes", { n: minutes })} · ${num(programme.timeOfDay(wholeMinute(now) + minutes * MINUTE))}
              </button>`,
          )}
          ${view.list.closes_at
            ? html`<button type="button" class="button" @click=${act(() => openList(scene))}>${t("At no set time")}</button>`
            : ""}
        </div>
        <label class="field"
          ><span class="label">${t("At a time of day")}</span>
          <input
            type="text"
            inputmode="numeric"
            autocomplete="off"
            dir="ltr"
            placeholder="12:40"
            .value=${live(ui.draft.time ?? "")}
            aria-invalid=${ui.problem ? "true" : "false"}
            @input=${(/** @type {Event} */ event) => ui.put({ time: /** @type {HTMLInputElement} */ (event.target).value })}
          />
        </label>
      </form>
      <footer>
        ${ui.problem ? html`<p class="problem" role="alert">${ui.problem}</p>` : ""}
        <button type="submit" form="closing" class="button primary">${t("Announce the time")} <kbd>↵</kbd></button>
      </footer>`;
  });
}

function wholeMinute(/** @type {number} */ now) {
  return Math.ceil(now / MINUTE) * MINUTE;
}
