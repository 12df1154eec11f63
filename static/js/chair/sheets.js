// @ts-check
/** The other sheets: the programme with its parts and persons, a limit set by hand, and all keys. */

import { html, live, nothing } from "../../vendor/lit.js";
import { mss } from "../clock.js";
import { chooseLanguage, LANGUAGES, t, tn } from "../i18n.js";
import { chosenTheme, chooseTheme } from "../page.js";
import { num } from "../parts.js";
import { parseDuration } from "./search.js";
import { sheet } from "./sheet.js";

/** @typedef {import("./ui.js").Scene} Scene */
/** @typedef {import("./next.js").PlannedSegment} PlannedSegment */

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
      </form>
      <footer>
        ${ui.problem ? html`<p class="problem" role="alert">${ui.problem}</p>` : nothing}
        <button type="button" class="button quiet" @click=${() => ui.open(null)}>${t("Cancel")} <kbd>Esc</kbd></button>
        <button type="submit" form="total" class="button primary">${t("Set the limit")} <kbd>↵</kbd></button>
      </footer>`;
  });
}

/** Every key, and how this screen is set: keys, side, language. */
export function keysSheet(/** @type {Scene} */ scene) {
  const { ui, directs } = scene;
  return sheet(
    ui,
    "keys",
    t("All keys, and this screen"),
    () =>
      html`<div class="body">
        <dl class="keyed">
          ${(directs ? directing() : assisting()).map(
            ([keys, words]) =>
              html`<dt>${keys.map((key) => html`<kbd>${key}</kbd>`)}</dt>
                <dd>${words}</dd>`,
          )}
        </dl>
        <fieldset class="choices">
          <legend class="hidden">${t("This screen")}</legend>
          <label
            ><input
              type="checkbox"
              .checked=${live(ui.keys)}
              @change=${(/** @type {Event} */ event) => (ui.keys = /** @type {HTMLInputElement} */ (event.target).checked)}
            />${t("Single keys act (switch off for dictation)")}</label
          >
          ${theme(scene)} ${language(scene)}
        </fieldset>
      </div>`,
  );
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
 * Another part may begin at any time; while requests wait a second press is asked for, because they will not be reached.
 * @param {Scene} scene @param {PlannedSegment} segment
 */
function beginButton(scene, segment) {
  const { view, acts } = scene;
  const waiting = view.list.length;
  const key = `begin-${segment.id}`;
  const asking = acts.confirming?.key === key;
  const press = () => {
    if (waiting === 0 || acts.confirmed(key)) closing(scene, () => acts.begin(segment));
  };
  return html`<button type="button" class="button" @click=${press}>
    ${asking ? tn("{n} request will not be reached. Press again", "{n} requests will not be reached. Press again", waiting) : t("Begin")}
    <span class="hidden">: ${segment.title}</span>
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

/** @returns {[string[], string][]} */
function directing() {
  return [
    [["N"], t("The next action, as the filled button says")],
    [[t("Space")], t("Start the clock, or stop it")],
    [["E"], t("End the turn")],
    [["+"], t("30 seconds more")],
    [["A"], t("Add a request")],
    [["↑", "↓"], t("Move the entry that has the focus")],
    [["↵"], t("All that can be done with the entry")],
    [["U"], t("Undo")],
    [["G"], t("Take the gavel")],
    [["P"], t("Programme: parts, persons, suspend, close")],
    [["L"], t("Print list and record")],
    [["D"], t("Displays in the hall: dark, a message")],
    [["?"], t("This sheet")],
  ];
}

/** @returns {[string[], string][]} */
function assisting() {
  return [
    [["A"], t("Add a request")],
    [["↵"], t("All that can be done with the entry")],
    [["U"], t("Undo")],
    [["P"], t("Programme")],
    [["L"], t("Print list and record")],
    [["?"], t("This sheet")],
  ];
}

function theme(/** @type {Scene} */ { page }) {
  const chosen = chosenTheme();
  /** @type {[string | null, string][]} */
  const sides = [
    [null, t("As this device")],
    ["light", t("Light")],
    ["dark", t("Dark")],
  ];
  return html`<div>
    ${sides.map(
      ([side, words]) =>
        html`<label
          ><input
            type="radio"
            name="side"
            .checked=${live(chosen === side)}
            @change=${() => {
              chooseTheme(side);
              page.redraw();
            }}
          />${words}</label
        >`,
    )}
  </div>`;
}

function language(/** @type {Scene} */ { page }) {
  return html`<div>
    ${LANGUAGES.map(
      ([code, name]) =>
        html`<label lang=${code}
          ><input
            type="radio"
            name="language"
            .checked=${live(page.boot.lang === code)}
            @change=${() => chooseLanguage(code, page.boot.seat)}
          />${name}</label
        >`,
    )}
  </div>`;
}
