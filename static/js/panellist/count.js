// @ts-check
/** How many questions are still to be answered. */

import { t, tn } from "../i18n.js";

/** @typedef {import("../store.js").Question} Question */

/** Whether a question counts as answered: what was ticked here goes before what the server has said. @param {Question} question @param {Map<string, boolean>} ticked */
export function isAnswered({ id, answered }, ticked) {
  return ticked.get(id) ?? answered;
}

/** How many are not answered yet. @param {Question[]} questions @param {Map<string, boolean>} ticked */
export function openOnes(questions, ticked) {
  return questions.filter((question) => !isAnswered(question, ticked)).length;
}

/** How many are open, in a sentence. @param {Question[]} questions @param {Map<string, boolean>} ticked */
export function countWords(questions, ticked) {
  if (questions.length === 0) return t("No question yet");
  const open = openOnes(questions, ticked);
  return open === 0 ? t("All questions are answered") : tn("{n} open question", "{n} open questions", open);
}
