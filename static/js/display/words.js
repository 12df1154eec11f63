// @ts-check
/** What the technician is told of the texts of the display, and how far they are read. */

import { html } from "../../vendor/lit.js";
import { t } from "../i18n.js";
import { num } from "../parts.js";
import { shape } from "../shapes.js";

/** @typedef {import("./legibility.js").Text} Text */
/** @typedef {import("./legibility.js").Legibility} Legibility */

/** The name of a text of the picture. */
export function textWord(/** @type {Text} */ text) {
  switch (text) {
    case "digits":
      return t("Digits");
    case "name":
      return t("Name of the speaker");
    case "long-name":
      return t("The longest names");
    case "state":
      return t("State of the clock");
    case "next":
      return t("Next speakers");
    case "foot":
      return t("Limit");
    default:
      return t("Title, time of day");
  }
}

/** Whether it is read from the last row: a shape and a word. */
export function verdictMark(/** @type {Legibility["verdict"]} */ verdict) {
  switch (verdict) {
    case "good":
      return html`<span class="verdict" data-state="open">${shape("disc")}${t("good")}</span>`;
    case "least":
      return html`<span class="verdict" data-state="open">${shape("ring")}${t("just enough")}</span>`;
    case "near":
      return html`<span class="verdict" data-state="closed">${shape("dash")}${t("near seats only")}</span>`;
    default:
      return html`<span class="verdict" data-state="warning">${shape("triangle")}${t("too small")}</span>`;
  }
}

/** The texts one by one: how high, how far they are read, and whether that is far enough. @param {Legibility[]} read */
export function legibilityTable(read) {
  return html`<table class="legibility">
    <thead>
      <tr>
        <th scope="col">${t("Text")}</th>
        <th scope="col">${t("Height")}</th>
        <th scope="col">${t("Read to")}</th>
        <th scope="col">${t("From the last row")}</th>
      </tr>
    </thead>
    <tbody>
      ${read.map(
        ({ text, share, height, to, verdict }) =>
          html`<tr>
            <th scope="row">${textWord(text)}</th>
            <td>${num(`${Math.round(height * 1000)} mm`)} <small>${num(`${(share * 100).toFixed(1)} %`)}</small></td>
            <td>${num(`${Math.floor(to)} m`)}</td>
            <td>${verdictMark(verdict)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
