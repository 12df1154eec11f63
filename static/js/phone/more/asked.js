// @ts-check
/** What a delegation has asked for that is on no list of the hall: a point of order, replies, questions in writing. */

import { html, nothing } from "../../../vendor/lit.js";
import { t } from "../../i18n.js";
import { shape } from "../../shapes.js";
import { withdrawnHere } from "./changes.js";

/** @typedef {import("../screens.js").Frame} Frame */

/** This phone has taken a request back itself, so nobody need be told of it. */
export function withdrawn(/** @type {string} */ request) {
  withdrawnHere(request);
}

/** One row each, with the way to take it back. */
export function asked(/** @type {Frame} */ { page, intent, actions }) {
  const { own, view } = page.store;
  if (!own || view?.dialogue.phase === "closed" || intent.about !== null) return nothing;
  const { points = [], replies = [], questions = [] } = own;
  if (points.length + replies.length + questions.length === 0) return nothing;
  const back = (/** @type {string} */ id) =>
    html`<button type="button" class="button" aria-disabled=${intent.sending ? "true" : nothing} @click=${() => intent.sending || actions.withdraw(id)}>${t("Take it back")}</button>`;
  return html`<section class="asked" aria-label=${t("What you have asked for besides")}>
    ${points.map(({ id }) => row("diamond", t("Point of order"), t("The chair alone sees it."), back(id), "order"))}
    ${replies.map(({ id, in_reply_to, place = 0 }) =>
      row("ring", in_reply_to ? t("Right of reply to {name}", { name: page.programme.voice(in_reply_to).name }) : t("Right of reply"), t("Place {place} on the list of replies", { place: place + 1 }), back(id), "open"))}
    ${questions.map(({ to, words, answered }) =>
      row(answered ? "disc" : "ring", t("Written question to {name}", { name: page.programme.person(to).name }), html`${answered ? t("answered") : t("not answered yet")} · <span dir="auto" lang="">${page.texts.of(words) ?? ""}</span>`, nothing, "open"))}
  </section>`;
}

/** @param {"diamond" | "ring" | "disc"} mark @param {string} words @param {unknown} more @param {unknown} act @param {string} state */
function row(mark, words, more, act, state) {
  return html`<div data-state=${state}>${shape(mark)}<p><strong>${words}</strong><small>${more}</small></p>${act}</div>`;
}
