// @ts-check
/** The choice of a language for this screen, as a list that opens or as six names beside each other. */

import { html, live } from "../vendor/lit.js";
import { chooseLanguage, LANGUAGES } from "./i18n.js";

/** @typedef {import("./api.js").Boot} Boot */

/** @param {Boot} boot @param {string} label what it is, for whoever does not see it */
export function languageList({ lang, seat }, label) {
  return html`<select
    class="button quiet"
    aria-label=${label}
    @change=${(/** @type {Event} */ event) => chooseLanguage(/** @type {HTMLSelectElement} */ (event.target).value, seat)}
  >
    ${LANGUAGES.map(([code, name]) => html`<option value=${code} lang=${code} ?selected=${code === lang}>${name}</option>`)}
  </select>`;
}

/** @param {Boot} boot */
export function languageNames({ lang, seat }) {
  return LANGUAGES.map(
    ([code, name]) =>
      html`<label lang=${code}
        ><input type="radio" name="language" .checked=${live(lang === code)} @change=${() => chooseLanguage(code, seat)} />${name}</label
      >`,
  );
}
