// @ts-check
/** The form in which a delegation says who will speak, in which language, and gives interpreters the text. */

import { html, live, nothing } from "../../../vendor/lit.js";
import { languageName } from "../../booth/words.js";
import { LANGUAGES, t, tn } from "../../i18n.js";
import { fill } from "../../parts.js";
import { row, wordsOf } from "../ask.js";
import { quietButton, sendButton } from "../controls.js";
import { limitFor, ownCapacity } from "../place.js";
import { countWords, draftOf, NOTHING_SAID, saysNothing, toFields } from "./draft.js";

/** @typedef {import("../../page.js").Page} Page */
/** @typedef {import("../screens.js").Frame} Frame */
/** @typedef {import("./draft.js").Draft} Draft */

const LONGEST = { speaker: 120, title: 300, text: 20_000 };

/** What is being written, by the request; "" for the next one. @type {Map<string, Draft>} */
const drafts = new Map();

/** What will be sent for a request (null: the next one); null where nothing was written. @param {string | null} request */
export function said(request, gist = "") {
  const written = drafts.get(request ?? "");
  if (request !== null) return written ? toFields(written) : null;
  const draft = { ...NOTHING_SAID, ...written, ...(gist && { gist }) };
  return saysNothing(draft) ? null : toFields(draft);
}

/** Forgets what was written for a request, since it was sent or given up. @param {string | null} request */
export function forget(request) {
  drafts.delete(request ?? "");
}

/** What is said of a speaker, in a few words. @param {Page} page @param {string | null} request */
export function saidInShort(page, request) {
  const draft = request === null ? drafts.get("") : sent(page, request);
  if (!draft || saysNothing(draft)) return t("Not said yet");
  const language = draft.language && draft.language !== "other" ? languageName(draft.language, page.boot.lang) : "";
  return [draft.speaker, language, draft.text ? t("with text") : ""].filter(Boolean).join(" · ") || t("Said");
}

/** @param {Frame} frame @returns {import("../screens.js").Screen} */
export function aboutSpeaker({ page, intent, actions }) {
  const key = intent.about ?? "";
  const request = key || null;
  const draft = drafts.get(key) ?? (request === null ? NOTHING_SAID : sent(page, request));
  const close = () => {
    if (request !== null) forget(request);
    actions.intend({ about: null });
  };
  if (!draft) return { body: html`<p class="lead">${t("Connecting…")}</p>`, thumb: quietButton(t("Back"), close) };
  // What is written must not be lost with the next patch: it is kept beside the page.
  const write = (/** @type {Partial<Draft>} */ change) => {
    drafts.set(key, { ...draft, ...change });
    page.redraw();
  };
  const limit = limitFor(page.store, ownCapacity(page.store.own));
  const count = countWords(draft.text, draft.language);
  return {
    body: html`
      <h1 class="form-title">${t("About the speaker")}</h1>
      <p class="note">${t("For the chair and the interpreters. All of it may be left out, and changed until you have spoken.")}</p>
      <div class="form">
        ${line(t("Name"), "speaker", draft, write)} ${line(t("Title or function"), "title", draft, write)}
        <label class="tick"><input type="checkbox" name="show" .checked=${live(draft.show_speaker)} @change=${(/** @type {Event} */ event) =>
          write({ show_speaker: /** @type {HTMLInputElement} */ (event.target).checked })} /><span>${t("The hall may see name and title")}</span></label>
        <div class="facts">
          ${row(t("Level"), "level", draft.level, levels(), (level) => write({ level }))}
          ${row(t("Language"), "language", draft.language, languages(page.boot.lang), (language) => write({ language }))}
        </div>
        <label class="field"><span>${t("Text for the interpreters")}</span>
          <textarea name="text" dir="auto" rows="6" maxlength=${LONGEST.text} .value=${live(draft.text)} @input=${(/** @type {Event} */ event) =>
            write({ text: /** @type {HTMLTextAreaElement} */ (event.target).value })}></textarea>
          <small>${count ? fill(tn("{n} word.", "{n} words.", count, {}), { n: count }) : nothing}
            ${fill(t("Your time has room for {words} words."), { words: wordsOf(limit) })}</small>
        </label>
        ${draft.text ? html`<div class="facts">${row(t("The text is"), "delivery", draft.delivery, deliveries(), (delivery) => write({ delivery }))}</div>` : nothing}
      </div>
    `,
    thumb: html`
      ${sendButton(intent, "describe", request === null ? t("Done") : t("Send"), () => actions.describe(request))}
      ${request === null ? nothing : quietButton(t("Back without sending"), close)}
    `,
  };
}

/** What was sent for a request; null while a text of it is on its way. @param {Page} page @param {string} request */
function sent({ store, texts }, request) {
  const { requests = [], replies = [] } = store.own ?? {};
  const found = [...requests, ...replies].find(({ id }) => id === request);
  return draftOf(found?.details, (id) => texts.of(id));
}

/** @param {string} label @param {"speaker" | "title"} name @param {Draft} draft @param {(change: Partial<Draft>) => void} write */
function line(label, name, draft, write) {
  return html`<label class="field"><span>${label}</span>
    <input type="text" name=${name} dir="auto" autocomplete="off" maxlength=${LONGEST[name]} .value=${live(draft[name])} @input=${(/** @type {Event} */ event) =>
      write({ [name]: /** @type {HTMLInputElement} */ (event.target).value })} />
  </label>`;
}

/** @returns {[string, string][]} */
function levels() {
  return [["", t("Not said")], ["head", t("Head of State or Government")], ["minister", t("Minister")], ["other", t("Another representative")]];
}

/** @param {string} lang @returns {[string, string][]} */
function languages(lang) {
  const six = LANGUAGES.map(([code]) => /** @type {[string, string]} */ ([code, languageName(code, lang)]));
  return [["", t("Not said")], ...six, ["other", t("Another language")]];
}

/** @returns {[string, string][]} */
function deliveries() {
  return [["", t("Not said")], ["verbatim", t("Read out verbatim")], ["check-against-delivery", t("Check against delivery")]];
}
