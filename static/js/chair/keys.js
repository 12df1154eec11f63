// @ts-check
/** All keys in one sheet, and how this screen is set. */

import { html, live } from "../../vendor/lit.js";
import { t } from "../i18n.js";
import { languageNames } from "../languages.js";
import { chosenTheme, chooseTheme } from "../page.js";
import { sheet } from "./sheet.js";

/** @typedef {import("./ui.js").Scene} Scene */

/** Every key, and how this screen is set: keys, side, language. */
export function keysSheet(/** @type {Scene} */ scene) {
  const { ui, directs } = scene;
  return sheet(
    ui,
    "keys",
    t("All keys, and this screen"),
    () =>
      html`<div class="body">
        <dl class="keyed">
          ${(directs ? directing() : assisting()).map(
            ([keys, words]) =>
              html`<dt>${keys.map((key) => html`<kbd>${key}</kbd>`)}</dt>
                <dd>${words}</dd>`,
          )}
        </dl>
        <fieldset class="choices">
          <legend class="hidden">${t("This screen")}</legend>
          <label
            ><input
              type="checkbox"
              .checked=${live(ui.keys)}
              @change=${(/** @type {Event} */ event) => (ui.keys = /** @type {HTMLInputElement} */ (event.target).checked)}
            />${t("Single keys act (switch off for dictation)")}</label
          >
          ${theme(scene)} ${language(scene)}
        </fieldset>
      </div>`,
  );
}

/** @returns {[string[], string][]} */
function directing() {
  return [
    [["N"], t("The next action, as the filled button says")],
    [[t("Space")], t("Start the clock, or stop it")],
    [["E"], t("End the turn")],
    [["+"], t("30 seconds more")],
    [["T"], t("Set the limit of this turn")],
    [["O"], t("Give the floor to whoever raised a point of order")],
    [["1", "2", "3"], t("Ruling: noted, upheld, not upheld; N records it")],
    [["A"], t("Add a request")],
    [["↑", "↓"], t("Move the entry that has the focus")],
    [["↵"], t("All that can be done with the entry")],
    [["V"], t("Propose an order")],
    [["C"], t("Close the list: now, in some minutes, at a time")],
    [["R"], t("Limits, from the next speaker on")],
    [["Q"], t("Questions to the panel")],
    [["U"], t("Undo")],
    [["G"], t("Take the gavel")],
    [["P"], t("Programme: parts, persons, suspend, close")],
    [["L"], t("Print list and record")],
    [["D"], t("Displays in the hall: dark, a message")],
    [["?"], t("This sheet")],
  ];
}

/** @returns {[string[], string][]} */
function assisting() {
  return [
    [["A"], t("Add a request")],
    [["↵"], t("All that can be done with the entry")],
    [["Q"], t("Questions to the panel")],
    [["U"], t("Undo")],
    [["P"], t("Programme")],
    [["L"], t("Print list and record")],
    [["?"], t("This sheet")],
  ];
}

function theme(/** @type {Scene} */ { page }) {
  const chosen = chosenTheme();
  /** @type {[string | null, string][]} */
  const sides = [
    [null, t("As this device")],
    ["light", t("Light")],
    ["dark", t("Dark")],
  ];
  return html`<div>
    ${sides.map(
      ([side, words]) =>
        html`<label
          ><input
            type="radio"
            name="side"
            .checked=${live(chosen === side)}
            @change=${() => {
              chooseTheme(side);
              page.redraw();
            }}
          />${words}</label
        >`,
    )}
  </div>`;
}

function language(/** @type {Scene} */ { page }) {
  return html`<div>${languageNames(page.boot)}</div>`;
}
