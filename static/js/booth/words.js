// @ts-check
/** What interpreters are told about a speaker, in words. */

import { t } from "../i18n.js";

/** What is none of the six: it has no code that says more, and an interpreter of the delegation's own. */
export const OTHER = "other";

/** The name of a language in the language of the page; its code where the browser knows no better. @param {string} code @param {string} lang */
export function languageName(code, lang) {
  if (code === OTHER) return t("Another language");
  try {
    return new Intl.DisplayNames([lang], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** Who speaks for a delegation; empty where nothing was said of it, or nothing that matters to a booth. */
export function levelWord(/** @type {string | null | undefined} */ level) {
  switch (level) {
    case "head":
      return t("Head of State or Government");
    case "minister":
      return t("Minister");
    default:
      return "";
  }
}

/** How the text relates to what will be said; empty where nothing was said of it. */
export function deliveryWord(/** @type {string | null | undefined} */ delivery) {
  switch (delivery) {
    case "verbatim":
      return t("Read out verbatim");
    case "check-against-delivery":
      return t("Check against delivery");
    default:
      return "";
  }
}
