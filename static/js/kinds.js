// @ts-check
/** What kind of turn or request it is, in a word. */

import { t } from "./i18n.js";

export function kindOfRequest(/** @type {string} */ kind) {
  switch (kind) {
    case "question":
      return t("Question");
    case "right-of-reply":
      return t("Right of reply");
    case "point-of-order":
      return t("Point of order");
    default:
      return t("Statement");
  }
}
