// @ts-check
/** What the display shows between two turns: the open floor with the way to ask for it, a suspension. */

import { html, nothing } from "../../vendor/lit.js";
import { closesAt, mss } from "../clock.js";
import { limitInWords, t, tn } from "../i18n.js";
import { fill, flag, num, stateMark } from "../parts.js";
import { shape } from "../shapes.js";
import { join } from "./stills.js";

/** @typedef {import("../page.js").Page} Page */
/** @typedef {import("../store.js").View} View */

/** @param {Page} page @param {View} view */
export function invitation(page, view) {
  const { list, segment } = view;
  const limit = segment?.rules.limits.national ?? 0;
  const first = list.first[0] && page.programme.delegation(list.first[0].delegation).name;
  const closes = closesAt(view);
  return {
    state: "open",
    body: html`
      <section class="invite">
        ${closes === null
          ? html`<p class="state">${stateMark("open")}</p>
              <h1>${t("The floor is open")}</h1>`
          : html`<p class="state" data-state="warning">${shape("triangle")}${t("Last call")}</p>
              <h1>${fill(t("The list closes at {time}"), { time: page.programme.timeOfDay(closes) })}</h1>`}
        <p>${fill(t("Ask for it from your phone. Each intervention is limited to {limit}."), { limit: html`<strong>${limitInWords(limit)}</strong>` })}</p>
        ${first
          ? html`<p>${fill(tn("{n} waiting, next: {name}", "{n} waiting, next: {name}", list.length, {}), { n: list.length, name: html`<strong>${first}</strong>` })}</p>`
          : nothing}
      </section>
      ${join(page)}
    `,
  };
}

/** @param {Page} page @param {import("../clock.js").Reading} reading */
export function suspended(page, { turn, remaining }) {
  const held = page.store.view?.floor ? turn : null;
  const voice = held && page.programme.voice(held);
  return {
    state: "paused",
    body: html`<section class="invite">
      <p class="state">${shape("bars")}${t("Suspended")}</p>
      <h1>${t("The meeting is suspended")}</h1>
      ${voice
        ? html`<p class="held">
            ${flag(voice.initials, voice.picture)}
            <span>${fill(t("{name} keeps the floor, with {time} left"), { name: html`<strong>${voice.name}</strong>`, time: html`<strong>${num(mss(remaining))}</strong>` })}</span>
          </p>`
        : html`<p>${t("The list of speakers is kept.")}</p>`}
    </section>`,
  };
}
