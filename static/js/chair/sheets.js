// @ts-check
/** The programme with its parts and persons, and a limit set by hand. */

import { html, nothing } from "../../vendor/lit.js";
import { mss } from "../clock.js";
import { t, tn } from "../i18n.js";
import { num } from "../parts.js";
import { parseDuration } from "./search.js";
import { sheet } from "./sheet.js";

/** @typedef {import("./ui.js").Scene} Scene */
/** @typedef {import("./next.js").PlannedSegment} PlannedSegment */

/** Totals with one press. */
const PRESETS = [60_000, 90_000, 120_000, 150_000, 180_000, 300_000, 420_000];

/** The programme: begin another part, give the floor to a person of it, suspend, close. */
export function programmeSheet(/** @type {Scene} */ scene) {
  const { ui, programme, directs } = scene;
  return sheet(
    ui,
    "programme",
    t("Programme"),
    () =>
      html`<div class="body parts" role="group" tabindex="0" aria-labelledby="sheet-programme">
          ${programme.document.segments.map((segment) => part(scene, segment))}
        </div>
        <footer>${papers(scene)} ${directs ? html`${displays(scene)} ${phases(scene)}` : nothing}</footer>`,
  );
}

/** What is printed and given out before the meeting. */
function papers(/** @type {Scene} */ { page, directs }) {
  const { cards, links, setup, figures } = page.boot.urls;
  return html`<nav aria-label=${t("Set-up, cards and links")}>
    ${directs ? html`<a class="button quiet" href=${setup}>${t("Set-up")}</a>` : nothing}
    <a class="button quiet" href=${cards}>${t("Place cards")}</a>
    ${directs ? html`<a class="button quiet" href=${links}>${t("Links and devices")}</a>` : nothing}
    <a class="button quiet" href=${figures}>${t("Closing figures")}</a>
  </nav>`;
}

/** The limit of the present turn, typed as a total. */
export function totalSheet(/** @type {Scene} */ scene) {
  const { ui, view, acts, page } = scene;
  return sheet(ui, "total", t("Set the limit"), () => {
    const current = view.floor ? mss(view.floor.allowance) : "";
    const submit = async (/** @type {Event} */ event) => {
      event.preventDefault();
      const typed = /** @type {HTMLFormElement} */ (event.currentTarget).querySelector("input")?.value ?? "";
      const total = parseDuration(typed);
      const version = total === null ? null : await acts.allow(total);
      if (version !== null) return ui.open(null);
      ui.problem = total === null ? t("Write minutes and seconds, as 4:30.") : (acts.toast?.text ?? "");
      page.redraw();
    };
    return html`<form class="body" id="total" @submit=${submit}>
        <label class="field"
          ><span class="label">${t("Limit of this turn in all, in minutes and seconds")}</span>
          <input
            type="text"
            inputmode="numeric"
            autocomplete="off"
            dir="ltr"
            value=${current}
            aria-invalid=${ui.problem ? "true" : "false"}
          />
        </label>
        <div class="phrases" role="group" aria-label=${t("Usual limits")}>
          ${PRESETS.map((total) => html`<button type="button" class="button" @click=${() => closing(scene, () => acts.allow(total))}>${num(mss(total))}</button>`)}
        </div>
      </form>
      <footer>
        ${ui.problem ? html`<p class="problem" role="alert">${ui.problem}</p>` : nothing}
        <button type="button" class="button quiet" @click=${() => ui.open(null)}>${t("Cancel")} <kbd>Esc</kbd></button>
        <button type="submit" form="total" class="button primary">${t("Set the limit")} <kbd>↵</kbd></button>
      </footer>`;
  });
}

/** @param {Scene} scene @param {PlannedSegment} segment */
function part(scene, segment) {
  const { view, programme, acts, directs } = scene;
  const state = view.programme.find(({ id }) => id === segment.id);
  const current = view.segment?.id === segment.id;
  return html`<section class="part ${current ? "current" : ""}">
    <h3>${segment.title}</h3>
    <span class="label">${times(scene, segment)}</span>
    ${directs && !current && view.dialogue.phase === "open" && state?.begun_at == null ? beginButton(scene, segment) : nothing}
    ${
      segment.speakers.length > 0
        ? html`<ul class="people">
            ${segment.speakers.map((person) => {
              const { name, title } = programme.person(person);
              const heard = state?.heard.includes(person);
              const has = view.floor?.person === person;
              return html`<li>
                <span>${name}<small>${title}</small></span>
                ${
                  current && directs && !has
                    ? html`<button type="button" class="button" @click=${() => closing(scene, () => acts.givePerson(person))}>
                        ${heard ? t("Give the floor again") : t("Give the floor")}<span class="hidden">: ${name}</span>
                      </button>`
                    : html`<small>${has ? t("has the floor") : heard ? t("heard") : nothing}</small>`
                }
              </li>`;
            })}
          </ul>`
        : nothing
    }
  </section>`;
}

/** When the part is planned, and how it stands. @param {Scene} scene @param {PlannedSegment} segment */
function times({ programme, view }, { id, starts, ends }) {
  const time = (/** @type {number} */ instant) => programme.timeOfDay(instant);
  const state = view.programme.find((part) => part.id === id);
  const planned = starts === null || ends === null ? nothing : html`${num(`${time(starts)}–${time(ends)}`)} · `;
  if (state?.begun_at == null) return html`${planned}${t("not begun")}`;
  if (state.ended_at === null) return html`${planned}${t("since {time}", { time: time(state.begun_at) })}`;
  return html`${planned}${t("held {begun} to {ended}", { begun: time(state.begun_at), ended: time(state.ended_at) })}`;
}

/**
 * Another part may begin at any time. While requests wait, the second press says what becomes of them: it can be undone either way.
 * @param {Scene} scene @param {PlannedSegment} segment
 */
function beginButton(scene, segment) {
  const { view, acts } = scene;
  const waiting = view.list.length;
  const key = `begin-${segment.id}`;
  const begin = (/** @type {boolean} */ carried) => closing(scene, () => acts.begin(segment, carried));
  if (acts.confirming?.key === key) {
    return html`<span class="either">
      <button type="button" class="button primary" data-do="carry" @click=${() => begin(true)}>
        ${tn("Begin; the one who waits goes over to its list", "Begin; all {n} who wait go over to its list", waiting)}
      </button>
      <button type="button" class="button" data-do="leave" @click=${() => begin(false)}>
        ${tn("Begin; {n} request is not reached", "Begin; {n} requests are not reached", waiting)}
      </button>
    </span>`;
  }
  return html`<button type="button" class="button" @click=${() => (waiting === 0 ? begin(false) : acts.ask(key))}>
    ${t("Begin")}<span class="hidden">: ${segment.title}</span>
  </button>`;
}

function displays(/** @type {Scene} */ { ui }) {
  return html`<button type="button" class="button quiet" @click=${() => ui.open("display")}>${t("Displays in the hall")}</button>`;
}

function phases(/** @type {Scene} */ scene) {
  const { view, acts } = scene;
  const { phase } = view.dialogue;
  const asking = acts.confirming?.key === "close-from-sheet";
  const close = () => acts.confirmed("close-from-sheet") && closing(scene, () => acts.setPhase("close-dialogue"));
  return html`${
    phase === "open"
      ? html`<button type="button" class="button" @click=${() => closing(scene, () => acts.setPhase("suspend-dialogue"))}>
          ${t("Suspend the dialogue")}
        </button>`
      : nothing
  }
  ${
    phase === "suspended"
      ? html`<button type="button" class="button" @click=${() => closing(scene, () => acts.setPhase("resume-dialogue"))}>
          ${t("Resume the dialogue")}
        </button>`
      : nothing
  }
  ${
    phase === "open" || phase === "suspended"
      ? html`<button type="button" class="button" @click=${close}>
          ${asking ? t("Sure? Press again within 5 seconds") : t("Close the dialogue")}
        </button>`
      : nothing
  }`;
}

/** What is done from a sheet is seen on the screen behind it. @param {Scene} scene @param {() => unknown} act */
function closing({ ui }, act) {
  ui.open(null);
  act();
}
