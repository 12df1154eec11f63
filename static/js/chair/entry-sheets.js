// @ts-check
/** Sheets about one entry or turn: to a place with a reason, what is said about the speaker, a note, more time for who needs it. */

import { html, live, nothing } from "../../vendor/lit.js";
import { mss } from "../clock.js";
import { LANGUAGES, t } from "../i18n.js";
import { parseDuration } from "./search.js";
import { sheet } from "./sheet.js";
import { levelWord } from "./words.js";

/** @typedef {import("./ui.js").Scene} Scene */

/** Whom a sheet is about: on a list, or at the floor. @param {Scene} scene */
function subject({ view, ui }) {
  const entries = [...view.list.entries, ...view.replies, ...view.points.waiting];
  return entries.find(({ id }) => id === ui.about) ?? (view.floor?.id === ui.about ? view.floor : null);
}

/** To any place of its list, with a reason that the record keeps. */
export function placeSheet(/** @type {Scene} */ scene) {
  const { ui, acts, programme } = scene;
  return sheet(ui, "place", t("To position…"), () => {
    const entry = /** @type {import("./next.js").BureauEntry | null} */ (subject(scene));
    if (!entry) return gone();
    const line = acts.lineOf(entry);
    const submit = async (/** @type {Event} */ event) => {
      event.preventDefault();
      const place = Number(ui.draft.place);
      if (!Number.isInteger(place) || place < 1 || place > line.length)
        return ui.complain(t("Write a number from 1 to {n}.", { n: line.length }));
      const reason = (ui.draft.reason ?? "").trim();
      ui.open(null);
      await acts.move(entry, place - 1, reason);
    };
    return html`<form class="body" id="place" @submit=${submit}>
        <p><strong>${programme.voice(entry).name}</strong></p>
        ${field(scene, "place", t("Position"), { inputmode: "numeric" })}
        ${field(scene, "reason", t("Reason, if wanted: it is kept with the record"), { maxlength: 200 })}
      </form>
      ${foot(scene, "place", t("Move"))}`;
  });
}

/** A note to whoever has the floor, seen by nobody else. */
export function noteSheet(/** @type {Scene} */ scene) {
  const { ui, acts, view, programme } = scene;
  return sheet(ui, "note", t("A note to the speaker"), () => {
    const turn = view.floor?.id === ui.about ? view.floor : null;
    if (!turn) return gone();
    const send = (/** @type {string | null} */ words) => {
      ui.open(null);
      acts.send("send-note", { intervention: turn.id, words }, words ? t("The note is on the lectern and the phone") : t("The note is taken away"));
    };
    const submit = (/** @type {Event} */ event) => {
      event.preventDefault();
      const words = (ui.draft.words ?? "").trim();
      if (words) send(words);
    };
    return html`<form class="body" id="note" @submit=${submit}>
        <p>${t("It stands on the lectern and on the phone of {name}, and nowhere else.", { name: programme.voice(turn).name })}</p>
        ${field(scene, "words", t("Note"), { maxlength: 200 })}
        <div class="phrases">
          ${[t("Please conclude."), t("Please speak more slowly."), t("Please come closer to the microphone.")].map(
            (words) => html`<button type="button" class="button" @click=${() => send(words)}>${words}</button>`,
          )}
          ${view.speaker?.note ? html`<button type="button" class="button quiet" @click=${() => send(null)}>${t("Take the note away")}</button>` : nothing}
        </div>
      </form>
      ${foot(scene, "note", t("Send"))}`;
  });
}

/** What interpreters and the chair are told of a speaker; the delegation says it itself, or the bureau for it. */
export function speakerSheet(/** @type {Scene} */ scene) {
  const { ui, acts, programme } = scene;
  return sheet(ui, "speaker", t("About the speaker"), () => {
    const entry = subject(scene);
    if (!entry) return gone();
    const { name } = programme.voice(entry);
    const submit = async (/** @type {Event} */ event) => {
      event.preventDefault();
      const { limit = "", ...said } = ui.draft;
      const total = limit.trim() ? parseDuration(limit) : null;
      if (limit.trim() && total === null) return ui.complain(t("Write minutes and seconds, as 4:30."));
      const owner = { delegation: entry.delegation, person: entry.delegation === null ? entry.person : null };
      ui.open(null);
      if (entry.delegation !== null && said.known)
        await acts.send("describe-request", { request: entry.id, ...detailsOf(said) }, t("Noted about {name}", { name }));
      if (scene.directs && total !== privateLimit(scene, owner))
        await acts.send("set-private-limit", { ...owner, total }, total === null ? t("The usual limit for {name}", { name }) : t("{name} has {limit}, from the next turn on", { name, limit: mss(total) }));
    };
    return html`<form class="body" id="speaker" @submit=${submit}>
        <p><strong>${name}</strong></p>
        ${entry.delegation === null
          ? nothing
          : html`${field(scene, "speaker", t("Name of the speaker"), { maxlength: 120 })} ${field(scene, "title", t("Title"), { maxlength: 300 })}
              <div class="pair">
                ${pick(scene, "level", t("Level"), [["", t("Not said")], ["head", levelWord("head")], ["minister", levelWord("minister")], ["other", t("Other")]])}
                ${pick(scene, "language", t("Language"), [["", t("Not said")], .../** @type {[string, string][]} */ (LANGUAGES), ["other", t("Another language")]])}
              </div>`}
        ${scene.directs
          ? html`${field(scene, "limit", t("A longer limit for who needs it, from the next turn on; nobody else is told"), { inputmode: "numeric", placeholder: "6:00" })}`
          : nothing}
      </form>
      ${foot(scene, "speaker", t("Save"))}`;
  });
}

/** Opens it with what is known. @param {Scene} scene @param {{id: string, delegation: string | null, person?: string | null}} entry @param {import("../store.js").Details | null | undefined} details */
export function openSpeaker(scene, entry, details) {
  const { ui, page } = scene;
  const known = details ?? { level: null, language: null, delivery: null, speaker: null, title: null, text: null, gist: null, show_speaker: false };
  const texts = Object.fromEntries(["speaker", "title", "text", "gist"].map((name) => [name, page.texts.of(known[name])]));
  const total = privateLimit(scene, { delegation: entry.delegation, person: entry.delegation === null ? (entry.person ?? null) : null });
  // All of it is said at once: while a text is on its way, what is known cannot be said again.
  const complete = !Object.values(texts).includes(undefined);
  ui.open("speaker", entry.id, { ...known, ...texts, known: complete, limit: total === null ? "" : mss(total) });
}

/** @param {Record<string, any>} said */
function detailsOf({ level, language, delivery, speaker, title, text, gist, show_speaker }) {
  const blank = (/** @type {string | null} */ words) => words?.trim() || null;
  return { level: level || null, language: language || null, delivery, speaker: blank(speaker), title: blank(title), text, gist, show_speaker };
}

/** @param {Scene} scene @param {{delegation: string | null, person?: string | null}} owner */
function privateLimit({ view }, { delegation, person = null }) {
  return view.private_limits.find((one) => one.delegation === delegation && one.person === person)?.total ?? null;
}

function gone() {
  return html`<div class="body"><p>${t("It is no longer there.")}</p></div>`;
}

/** A field of the open sheet. @param {Scene} scene @param {string} name @param {string} label @param {Record<string, any>} [how] */
export function field({ ui }, name, label, { inputmode = "text", maxlength = 60, placeholder = "" } = {}) {
  return html`<label class="field"
    ><span class="label">${label}</span>
    <input
      type="text"
      inputmode=${inputmode}
      maxlength=${maxlength}
      placeholder=${placeholder}
      autocomplete="off"
      .value=${live(ui.draft[name] ?? "")}
      aria-invalid=${ui.problem ? "true" : "false"}
      @input=${(/** @type {Event} */ event) => ui.put({ [name]: /** @type {HTMLInputElement} */ (event.target).value })}
    />
  </label>`;
}

/** A choice of the open sheet. @param {Scene} scene @param {string} name @param {string} label @param {[string, string][]} options */
export function pick({ ui }, name, label, options) {
  const value = ui.draft[name] ?? "";
  return html`<label class="field"
    ><span class="label">${label}</span>
    <select .value=${live(value)} @change=${(/** @type {Event} */ event) => ui.put({ [name]: /** @type {HTMLSelectElement} */ (event.target).value })}>
      ${options.map(([code, words]) => html`<option value=${code} ?selected=${code === value}>${words}</option>`)}
    </select>
  </label>`;
}

/** What is wrong, the way out, and the one press. @param {Scene} scene @param {string} form @param {string} words */
export function foot({ ui }, form, words) {
  return html`<footer>
    ${ui.problem ? html`<p class="problem" role="alert">${ui.problem}</p>` : nothing}
    <button type="button" class="button quiet" @click=${() => ui.open(null)}>${t("Cancel")} <kbd>Esc</kbd></button>
    <button type="submit" form=${form} class="button primary">${words} <kbd>↵</kbd></button>
  </footer>`;
}
