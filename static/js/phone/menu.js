// @ts-check
/** The menu in the header of a phone: language, and light or dark. */

import { html } from "../../vendor/lit.js";
import { chooseLanguage, LANGUAGES, t } from "../i18n.js";
import { chooseTheme, chosenTheme } from "../page.js";

export { menuButton } from "./menu-button.js";

/**
 * The open menu of a seat's page; `redraw` shows what was chosen.
 * @param {import("../api.js").Boot} boot @param {() => void} redraw
 */
export function menu({ lang, seat }, redraw) {
  const themes = [
    { code: null, name: t("As the device") },
    { code: "light", name: t("Light") },
    { code: "dark", name: t("Dark") },
  ];
  return html`<section class="menu" id="menu" aria-label=${t("Language and appearance")}>
    <fieldset class="tongues">
      <legend>${t("Language of this screen")}</legend>
      ${LANGUAGES.map(
        ([code, name]) => html`<label lang=${code} dir=${code === "ar" ? "rtl" : "ltr"}>
          <input type="radio" name="lang" value=${code} .checked=${code === lang} @change=${() => chooseLanguage(code, seat)} />${name}
        </label>`,
      )}
    </fieldset>
    <fieldset class="tongues three">
      <legend>${t("Appearance")}</legend>
      ${themes.map(
        ({ code, name }) => html`<label>
          <input
            type="radio"
            name="theme"
            .checked=${code === chosenTheme()}
            @change=${() => {
              chooseTheme(code);
              redraw();
            }}
          />${name}
        </label>`,
      )}
    </fieldset>
  </section>`;
}
