// @ts-check
/** Why a paragraph wants a second look, and the sum behind a quantifier, in words. */

import { t, tn } from "../i18n.js";

/** @typedef {import("./book.js").Flag} Flag */
/** @typedef {import("./book.js").Evidence} Evidence */

/** What is the matter with some words; empty for a slot, which is seen in the text itself. */
export function flagWords(/** @type {Flag} */ { fault, words, supported }) {
  switch (fault) {
    case "outruns":
      return t("“{words}” is more than the record holds, or another number: it holds “{supported}”.", { words, supported: supported ?? "" });
    case "without-evidence":
      return t("Nothing in the record is behind “{words}”.", { words });
    case "named":
      return t("“{words}” is named: views are not attributed to delegations.", { words });
    case "agreement":
      return t("“{words}” claims agreement: nobody has agreed to anything here.", { words });
    default:
      return "";
  }
}

/** The rule of the table by which so many voices get their word. */
export function ruleWords(/** @type {Evidence} */ { n, of, voices }) {
  if (voices.every(({ kind }) => kind === "group")) return t("Groups are counted, each as one voice.");
  if (n <= 4) return t("Up to four are counted: one, two, some.");
  if (n > of / 2) return t("Five or more, and more than half: most.");
  if (n >= of / 4) return t("Five or more, a quarter to a half: many.");
  return t("Five or more, less than a quarter: several.");
}

/** How many members a group has, which the drafter alone is told. */
export function membersWords(/** @type {number} */ members) {
  return tn("{n} member", "{n} members", members);
}
