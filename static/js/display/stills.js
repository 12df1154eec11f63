// @ts-check
/** What the display shows before the first gavel and after the last, and what may stand there at any time: darkness, a message. */

import { html, nothing } from "../../vendor/lit.js";
import { t } from "../i18n.js";
import { fill, num, stateMark } from "../parts.js";
import { shortTitle } from "../programme.js";
import { shape } from "../shapes.js";

/** @typedef {import("../page.js").Page} Page */
/** @typedef {import("../store.js").View} View */
/** A picture; `band` is whether a message stands below a clock. @typedef {{state: string, body: unknown, band?: boolean}} Picture */

const qr = /** @type {HTMLTemplateElement} */ (document.getElementById("qr")).content.firstElementChild;

/** Nothing but a sign of life: whoever knows where it is sees that the screen is on, and whether it is in contact. */
export function dark(/** @type {string} */ connection) {
  return { state: "dark", body: html`<p class="alive">${shape(connection === "lost" ? "brokenRing" : "disc")}<span class="hidden">${t("The display is dark")}</span></p>` };
}

/** A message for the hall in place of what stands where nobody speaks. @param {string} state @param {View} view @param {string} words */
export function announcement(state, { dialogue }, words) {
  return html`<section class="announcement">
    ${dialogue.phase === "suspended"
      ? html`<p class="state">${shape("bars")}${t("Suspended")}</p>`
      : state === "open"
        ? html`<p class="state">${stateMark("open")}</p>`
        : nothing}
    <h1 dir="auto" lang="">${words}</h1>
  </section>`;
}

/** How to join: the code drawn by the server. @param {Page} page */
export function join({ boot }) {
  if (!qr || !boot.join_url) return nothing;
  const address = boot.join_url.replace(/^https?:\/\//, "");
  return html`<aside class="join" aria-label=${t("How to join")}>
    <div class="qr" role="img" aria-label=${t("QR code to join")}>${qr}</div>
    <p class="address"><bdi class="n" dir="ltr">${address}</bdi></p>
    <p>${t("or type the code on your place card")}</p>
  </aside>`;
}

/** @param {Page} page */
export function notOpen(page) {
  const { title, place, starts, segments } = page.programme.document;
  return {
    state: "closed",
    body: html`
      <section class="invite before-opening">
        <p class="state">${shape("dash")}${t("Not open yet")}</p>
        <h1 class="title">${title}</h1>
        <p>${fill(t("Begins at {time}, {place}"), { time: html`<strong>${num(page.programme.timeOfDay(starts))}</strong>`, place })}</p>
        <ol class="parts">
          ${segments.map(
            (segment) => html`<li>
              <span class="at">${segment.starts === null ? nothing : num(page.programme.timeOfDay(segment.starts))}</span>
              <span>${shortTitle(segment.title)}</span>
            </li>`,
          )}
        </ol>
      </section>
      ${join(page)}
    `,
  };
}

/** @param {string} state @param {unknown} mark @param {string} word @param {string} sentence @param {string} more */
export function still(state, mark, word, sentence, more) {
  return {
    state,
    body: html`<section class="invite">
      <p class="state">${mark}${word}</p>
      <h1>${sentence}</h1>
      ${more ? html`<p>${more}</p>` : nothing}
    </section>`,
  };
}

/** @param {Page} page */
export function lostLine({ store, programme }) {
  const since = store.heardAt === null ? "" : programme.timeOfDay(store.heardAt, { seconds: true });
  return html`<p class="lost-line" role="status">
    ${shape("brokenRing")}${t("Reconnecting")} ${since ? html`<span>${fill(t("clock on its own since {time}"), { time: since })}</span>` : nothing}
  </p>`;
}
