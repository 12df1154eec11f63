// @ts-check
/** Pieces that several screens of the phone have: the buttons, who has the floor, what was last known. */

import { html, nothing } from "../../vendor/lit.js";
import { t } from "../i18n.js";
import { fill, nowLine } from "../parts.js";
import { mayRaise } from "./choices.js";

/** @typedef {import("../page.js").Page} Page */
/** @typedef {import("./screens.js").Frame} Frame */
/** @typedef {import("./screens.js").Intent} Intent */
/** @typedef {import("./screens.js").Actions} Actions */

/** Who has the floor while this delegation has not. */
export function floorLine(/** @type {Frame} */ { page, situation }) {
  const { programme, store, clock } = page;
  return situation.reading && nowLine(situation.reading, programme, { lost: store.connection === "lost", offset: clock.offset });
}

/** Since when nothing was heard, while there is no contact. */
export function lastKnown(/** @type {Page} */ { store, programme }) {
  if (store.connection !== "lost" || store.heardAt === null) return nothing;
  const time = programme.timeOfDay(store.heardAt, { seconds: true });
  return html`<p class="label">${fill(t("Last known, at {time}"), { time })}</p>`;
}

/** What can be done without contact. */
export function reconnectActions(/** @type {Actions} */ actions) {
  return html`
    <button type="button" class="button" @click=${actions.reconnect}>${t("Try again now")}</button>
    <p class="note">${t("If your phone does not come back, raise your nameplate.")}</p>
  `;
}

/** The one filled button; on its way it stays where it is and says so. @param {Intent} intent @param {string} what @param {string} words @param {() => void} act @param {boolean} [rests] while there is nothing to be sent */
export function sendButton(intent, what, words, act, rests) {
  return actionButton("button primary", intent, what, words, act, rests);
}

/** The same for an action that is not the main one. @param {Intent} intent @param {string} what @param {string} words @param {() => void} act */
export function plainButton(intent, what, words, act) {
  return actionButton("button", intent, what, words, act);
}

/** @param {string} kind @param {Intent} intent @param {string} what @param {string} words @param {() => void} act @param {boolean} [rests] */
function actionButton(kind, { sending }, what, words, act, rests = false) {
  const busy = rests || sending !== null;
  return html`<button type="button" class=${kind} aria-disabled=${busy ? "true" : nothing} @click=${() => busy || act()}>
    ${sending?.what === what ? t("Sending…") : words}
  </button>`;
}

/** A button of the second rank. */
export function quietButton(/** @type {string} */ words, /** @type {() => void} */ act) {
  return html`<button type="button" class="button quiet" @click=${act}>${words}</button>`;
}

/** The name in which a delegation speaks: its own, or a group's. @param {Page} page @param {string | null} group */
export function nameOf({ boot, programme }, group) {
  return group === null ? boot.name : programme.group(group);
}

/** Two buttons for a second thought: the safe one first. @param {Intent} intent @param {string} what @param {{keep: string, go: string, act: () => void, back: () => void}} words */
export function secondThought(intent, what, { keep, go, act, back }) {
  return html`<div class="pair">
    <button type="button" class="button" @click=${back}>${keep}</button>
    ${plainButton(intent, what, go, act)}
  </div>`;
}

/** A point of order: one press, and one more to be sure. */
export function raise(/** @type {Frame} */ { intent, actions }) {
  return html`
    <p class="note">${t("The chair alone sees it, and decides when you are heard.")}</p>
    ${secondThought(intent, "raise", {
      keep: t("Do not raise it"),
      go: t("Raise a point of order"),
      back: () => actions.intend({ raising: false }),
      act: actions.raise,
    })}
  `;
}

/** The way to a point of order, for those who may raise one. */
export function raiseButton(/** @type {Frame} */ { page, actions }) {
  if (page.store.connection === "lost" || !mayRaise(page)) return nothing;
  return quietButton(t("Point of order"), () => actions.intend({ raising: true }));
}
