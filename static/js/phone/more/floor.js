// @ts-check
/** The own turn: the clock, what is for the speaker alone, and what has become of it. */

import { html, nothing } from "../../../vendor/lit.js";
import { mss, remaining } from "../../clock.js";
import { t } from "../../i18n.js";
import { forTheSpeaker, ownClock } from "../../own.js";
import { bar, digits, fill, num } from "../../parts.js";
import { pauseWord, turnWords } from "../../said.js";
import { shape } from "../../shapes.js";
import { floorLine, sendButton } from "../controls.js";

/** @typedef {import("../screens.js").Frame} Frame */
/** @typedef {import("../screens.js").Screen} Screen */

/** The floor is ours. @returns {Screen} */
export function floor(/** @type {Frame} */ { page, situation, intent, actions, now }) {
  const { own, view } = page.store;
  const reading = /** @type {import("../../clock.js").Reading} */ (situation.reading);
  const why = reading.state === "paused" ? pauseWord(view?.floor?.paused) : "";
  const kind = reading.turn && turnWords(page.programme, { ...reading.turn, group: null });
  return {
    body: html`
      ${forTheSpeaker(page, own?.turn?.id === view?.floor?.id ? (own?.turn ?? null) : null, now)} ${ownClock(page, reading)}
      ${why ? html`<p class="why" data-state="paused">${shape("bars")}<strong>${fill(t("Paused: {reason}"), { reason: why })}</strong></p>` : nothing}
      ${kind ? html`<p class="note">${kind}</p>` : nothing}
    `,
    thumb: sendButton(intent, "finish", t("I have finished"), actions.finish),
  };
}

/** The own turn waits behind a point of order. @returns {Screen} */
export function interrupted(/** @type {Frame} */ frame) {
  const { page } = frame;
  const { floor: point = null, interrupted: waits = null } = page.store.view ?? {};
  const left = waits ? remaining(waits, 0) : 0;
  const name = point ? page.programme.voice(point).name : "";
  return {
    body: html`
      <div class="own waits" data-state="order">
        <h1 class="state">${shape("diamond")}${t("Point of order")}</h1>
        <p class="lead">${t("{name} has raised it. Your time stands still, and the floor comes back to you.", { name })}</p>
        ${digits(left, t("Your remaining speaking time"))}
        <p class="meta"><span>${fill(t("Limit {limit}"), { limit: mss(waits?.allowance ?? 0) })}</span></p>
      </div>
      ${floorLine(frame)}
    `,
    thumb: nothing,
  };
}

/** The own turn has just ended. @returns {Screen} */
export function thanked(/** @type {Frame} */ { page, situation }) {
  const last = /** @type {import("../../store.js").Last} */ (page.store.view?.last);
  const expired = last.outcome === "time-expired";
  const used = Math.min(last.used, last.allowance);
  return {
    body: html`
      <div class="own" data-state=${expired ? "time" : "ended"}>
        <h1 class="state">${expired ? html`${shape("square")}${t("Time")}` : html`${shape("dash")}${t("Thank you")}`}</h1>
        ${expired ? html`${digits(0, t("Your remaining speaking time"))} ${situation.reading && bar(situation.reading)}` : nothing}
        <p class="lead">
          ${fill(t("You spoke for {used} of {limit}."), { used: num(mss(used)), limit: num(mss(last.allowance)) })}
          ${t("The floor is with the chair again.")}
        </p>
      </div>
    `,
    thumb: nothing,
  };
}
