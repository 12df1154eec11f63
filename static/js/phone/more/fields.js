// @ts-check
/** What beside a statement has to be said when the floor is asked for: to whom, in reply to what, and in what words. */

import { html, live, nothing } from "../../../vendor/lit.js";
import { t } from "../../i18n.js";
import { panellists } from "../choices.js";
import { row } from "../ask.js";

/** @typedef {import("../../page.js").Page} Page */
/** @typedef {import("../choices.js").Choice} Choice */

/** A gist, and a written question. */
const LONGEST = { question: 140, "written-question": 500 };

/** The rows of a kind; what is not chosen yet is the first. @param {Page} page @param {Choice} choice @param {(change: Partial<Choice>) => void} choose */
export function fields(page, choice, choose) {
  switch (choice.kind) {
    case "question":
      return html`${toWhom(page, choice, choose)} ${words(t("What it is about (may be left out)"), choice, choose)}`;
    case "written-question":
      return html`${toWhom(page, choice, choose)} ${words(t("Your question"), choice, choose)}`;
    case "right-of-reply":
      return replyTo(page, choice, choose);
    default:
      return nothing;
  }
}

/** @param {Page} page @param {Choice} choice @param {(change: Partial<Choice>) => void} choose */
function toWhom(page, { to }, choose) {
  const persons = panellists(page);
  return row(t("To"), "to", to, [["", t("Choose")], ...persons.map((id) => /** @type {[string, string]} */ ([id, page.programme.person(id).name]))], (chosen) => choose({ to: chosen }));
}

/** @param {Page} page @param {Choice} choice @param {(change: Partial<Choice>) => void} choose */
function replyTo({ store, programme }, { statement }, choose) {
  const turns = store.own?.statements ?? [];
  if (!turns.length) return html`<p class="fact"><span>${t("In reply to")}</span><span>${t("Nobody else has spoken yet")}</span></p>`;
  const options = turns.map((turn) => /** @type {[string, string]} */ ([turn.id, `${programme.voice(turn).name} · ${programme.timeOfDay(turn.given_at)}`]));
  return row(t("In reply to"), "statement", statement, [["", t("Choose")], ...options], (chosen) => choose({ statement: chosen }));
}

/** @param {string} label @param {Choice} choice @param {(change: Partial<Choice>) => void} choose */
function words(label, { kind, words }, choose) {
  const most = LONGEST[/** @type {keyof typeof LONGEST} */ (kind)];
  return html`<label class="field asks"><span>${label}</span>
    <textarea name="words" dir="auto" rows=${kind === "question" ? 2 : 4} maxlength=${most} .value=${live(words)} @input=${(/** @type {Event} */ event) =>
      choose({ words: /** @type {HTMLTextAreaElement} */ (event.target).value })}></textarea>
    <small><bdi class="n" dir="ltr">${words.length} / ${most}</bdi></small>
  </label>`;
}

/** What still has to be said before this can be asked for; empty when nothing has. @param {Choice} choice */
export function missing({ kind, to, statement, words }) {
  if ((kind === "question" || kind === "written-question") && !to) return t("Please choose the panellist.");
  if (kind === "right-of-reply" && !statement) return t("Please choose the statement that you reply to.");
  return kind === "written-question" && !words.trim() ? t("Please write your question.") : "";
}

/** What becomes of a request that is on no list of speakers. @param {string} kind */
export function besidesTheList(kind) {
  return kind === "right-of-reply"
    ? t("The chair alone sees it, and hears replies at the end of the segment or of the day.")
    : t("The panellist and the chair read it. It takes no time of the list.");
}
