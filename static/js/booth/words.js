// @ts-check
/** What interpreters are told about a speaker, in words. */

import { t } from "../i18n.js";

/** The name of a language in the language of the page; its code where the browser knows no better. @param {string} code @param {string} lang */
export function languageName(code, lang) {
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

/** What kind of turn it is; empty for a statement. */
export function turnWord(/** @type {string} */ kind) {
  switch (kind) {
    case "question":
      return t("Question");
    case "right-of-reply":
      return t("Right of reply");
    case "point-of-order":
      return t("Point of order");
    default:
      return "";
  }
}
