// @ts-check
/** The questions that were put to a panellist, in order, each to be ticked off. */

import { html, live, nothing, repeat } from "../../vendor/lit.js";
import { t } from "../i18n.js";
import { fill, flag, num } from "../parts.js";
import { shape } from "../shapes.js";
import { isAnswered } from "./count.js";

/** @typedef {import("../page.js").Page} Page */
/** @typedef {import("../store.js").Question} Question */

/**
 * The list; a tick is sent by `tick` and shown at once, `ticked` are those on their way.
 * @param {Page} page @param {Question[]} questions @param {Map<string, boolean>} ticked
 * @param {(question: Question, answered: boolean) => void} tick
 */
export function questionList(page, questions, ticked, tick) {
  if (questions.length === 0) return html`<p class="note">${t("Questions put to you, at the floor or in writing, come here by themselves.")}</p>`;
  return html`<ol class="questions">
    ${repeat(
      questions,
      ({ id }) => id,
      (question, index) => row(page, question, index, isAnswered(question, ticked), tick),
    )}
  </ol>`;
}

/** @param {Page} page @param {Question} question @param {number} index @param {boolean} answered @param {(question: Question, answered: boolean) => void} tick */
function row({ programme, texts }, question, index, answered, tick) {
  const { name, initials, picture, group } = programme.voice(question);
  const words = texts.of(question.words);
  const time = programme.timeOfDay(question.at);
  return html`<li class=${answered ? "answered" : nothing}>
    <label>
      <input type="checkbox" .checked=${live(answered)} @change=${(/** @type {Event} */ event) => tick(question, /** @type {HTMLInputElement} */ (event.target).checked)} />
      <span class="question">
        <span class="asker"><span class="num">${num(index + 1)}</span>${flag(initials, picture)}<strong>${name}</strong></span>
        ${group ? html`<small>${t("on behalf of the {group}", { group })}</small>` : nothing}
        ${words ? html`<span class="words" dir="auto" lang="">${words}</span>` : nothing}
        <small>${question.written ? fill(t("In writing, {time}"), { time }) : fill(t("At the floor, {time}"), { time })}${answered ? html` <span class="done">${shape("disc")}${t("Answered")}</span>` : nothing}</small>
      </span>
    </label>
  </li>`;
}
