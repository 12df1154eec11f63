// @ts-check
/** The button of the menu, which is on a page before its menu is. */

import { html } from "../../vendor/lit.js";
import { t } from "../i18n.js";
import { icon } from "../shapes.js";

/** The button that opens and closes the menu. */
export function menuButton(/** @type {boolean} */ open, /** @type {() => void} */ toggle) {
  return html`<button
    type="button"
    class="icon-button"
    aria-expanded=${open ? "true" : "false"}
    aria-controls="menu"
    aria-label=${t("Language and appearance")}
    @click=${toggle}
  >
    ${icon(open ? "close" : "globe")}
  </button>`;
}
