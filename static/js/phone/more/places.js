// @ts-check
/** A place on the list, in words. */

import { t } from "../../i18n.js";

/** The sentence that tells a delegation its place on the list, counted from 1. */
export function placeSentence(/** @type {number} */ place) {
  switch (place) {
    case 1:
      return t("You are next");
    case 2:
      return t("You are second");
    case 3:
      return t("You are third");
    case 4:
      return t("You are fourth");
    case 5:
      return t("You are fifth");
    case 6:
      return t("You are sixth");
    case 7:
      return t("You are seventh");
    case 8:
      return t("You are eighth");
    case 9:
      return t("You are ninth");
    case 10:
      return t("You are tenth");
    default:
      return t("You are number {place}", { place });
  }
}
