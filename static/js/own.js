// @ts-check
/** One's own turn at the floor: the clock as its speaker has it, and what is for the speaker alone. */

import { html, nothing } from "../vendor/lit.js";
import { mss, warningOf } from "./clock.js";
import { t } from "./i18n.js";
import { bar, deadlineMark, digits, fill, stateMark } from "./parts.js";
import { icon, shape } from "./shapes.js";
import { isSlowedDown } from "./slow-down.js";

/** @typedef {import("./page.js").Page} Page */
/** @typedef {import("./clock.js").Reading} Reading */
/** @typedef {import("./store.js").OwnTurn} OwnTurn */

/** The own clock, large, and what happens at the limit. @param {Page} page @param {Reading} reading */
export function ownClock(page, reading) {
  const { state, turn, remaining, deadline, startsIn } = reading;
  const { view } = page.store;
  const enforcement = view?.floor?.enforcement ?? view?.segment?.rules.enforcement;
  const group = turn?.group ?? null;
  const running = state === "speaking" ? t("You have the floor") : null;
  return html`
    <div class="own" data-state=${state} ${deadlineMark(reading, page.clock.offset)}>
      <h1 class="state">${running ? html`${shape("disc")}<span>${running}</span>` : stateMark(state, warningOf(view))}</h1>
      ${digits(remaining, t("Your remaining speaking time"))} ${bar(reading)}
      <p class="meta">
        <span>${fill(t("Limit {limit}"), { limit: mss(turn?.allowance ?? 0) })}</span>
        ${startsIn !== null ? html`<span>${fill(t("Starts in {time}"), { time: mss(Math.max(0, startsIn)) })}</span>` : nothing}
        ${deadline !== null && remaining > 0
          ? html`<span>${fill(t("Ends at {time}"), { time: page.programme.timeOfDay(deadline, { seconds: true }) })}</span>`
          : nothing}
      </p>
      ${group ? html`<p class="note">${t("on behalf of the {group}", { group: page.programme.group(group) })}</p>` : nothing}
    </div>
    <p class="label">${fill(atTheLimit(state, enforcement), { zero: "0:00" })}</p>
  `;
}

/** What interpreters and the chair tell whoever speaks, and nobody else. @param {Page} page @param {OwnTurn | null} turn @param {number} now */
export function forTheSpeaker({ texts }, turn, now) {
  const note = texts.of(turn?.note);
  return html`
    ${isSlowedDown(turn, now) ? html`<p class="slower">${shape("steps")}<strong>${t("Please slow down")}</strong></p>` : nothing}
    ${note
      ? html`<section class="from-chair" aria-label=${t("From the chair")}>${icon("note")}<div><small>${t("From the chair")}</small><p dir="auto" lang="">${note}</p></div></section>`
      : nothing}
  `;
}

/** @param {string} state @param {string | undefined} enforcement */
function atTheLimit(state, enforcement) {
  if (state === "paused") return t("Your time stands still until the chair starts it again. This clock is the one on the wall.");
  if (state === "overtime") return t("Your time is over. Please conclude. This clock is the one on the wall.");
  if (enforcement === "automatic") return t("At {zero} the floor goes back to the chair. This clock is the one on the wall.");
  return t("At {zero} please conclude. This clock is the one on the wall.");
}
