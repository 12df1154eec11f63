// @ts-check
/** Kinds of points and the two sides: their words, and the one key of each. */

import { t } from "../i18n.js";

/**
 * The kinds, each with its key. None of the letters opens a menu of a browser when Alt is held.
 * @type {[string, string][]}
 */
export const KINDS = [
  ["concern", "C"],
  ["good-practice", "G"],
  ["recommendation", "R"],
  ["commitment", "M"],
  ["question", "Q"],
  ["reply", "Y"],
];

/** @type {[string, string][]} */
export const STANCES = [
  ["for", "+"],
  ["against", "−"],
];

/** @typedef {{theme: number} | {kind: string} | {stance: string}} Tag `theme` is counted from 1; 0 is none */

/**
 * The tag that a key stands for; null for other keys. By what the key says where that is Latin, and else by its place on the
 * keyboard: so it is the same key on an Arabic keyboard, and on one whose Alt makes other letters of it.
 * @param {{key: string, code: string}} event @returns {Tag | null}
 */
export function tagOf({ key, code }) {
  if (["+", "="].includes(key)) return { stance: "for" };
  if (["-", "−"].includes(key)) return { stance: "against" };
  if (/^[0-9]$/.test(key)) return { theme: Number(key) };
  if (/^[a-z]$/i.test(key)) return kindOf(key);
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(code);
  if (digit) return { theme: Number(digit[1]) };
  if (["Equal", "NumpadAdd"].includes(code)) return { stance: "for" };
  if (["Minus", "NumpadSubtract"].includes(code)) return { stance: "against" };
  const letter = /^Key([A-Z])$/.exec(code);
  return letter && kindOf(letter[1]);
}

function kindOf(/** @type {string} */ letter) {
  const found = KINDS.find(([, key]) => key === letter.toUpperCase());
  return found ? { kind: found[0] } : null;
}

/** What a kind of point is called. */
export function pointKindWord(/** @type {string} */ kind) {
  switch (kind) {
    case "concern":
      return t("Concern");
    case "good-practice":
      return t("Good practice");
    case "recommendation":
      return t("Recommendation");
    case "commitment":
      return t("Commitment");
    case "question":
      return t("Question");
    default:
      return t("Reply");
  }
}

/** What a side is called. */
export function stanceWord(/** @type {string} */ stance) {
  return stance === "for" ? t("In favour") : t("Against");
}
