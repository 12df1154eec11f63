// @ts-check
/** The screens of a delegation's phone: what is true on top, what can be done at the bottom. */

import { html, nothing } from "../../vendor/lit.js";
import { t } from "../i18n.js";
import { bar, deadlineMark, digits, fill, num, stateMark } from "../parts.js";
import { shape } from "../shapes.js";
import { ask, kindWord } from "./ask.js";
import { openKinds } from "./choices.js";
import { floorLine, lastKnown, raise, raiseButton, reconnectActions, sendButton } from "./controls.js";

/** @typedef {import("../page.js").Page} Page */
/** @typedef {import("./place.js").Situation} Situation */
/** @typedef {import("./place.js").Place} Place */

/**
 * What the person holding this phone is about to do: what to ask for; whether to ask again while waiting; the request to
 * withdraw, or to let another one pass before, if it is meant; whether a point of order is meant; whose speaker is
 * described (a request, "" for the next one, null for none); a tap on its way (and why it is still on it), and what
 * was refused.
 * @typedef {"ask" | "withdraw" | "pass" | "raise" | "describe" | "finish"} Tap
 * @typedef {{choice: import("./choices.js").Choice, again: boolean, leaving: string | null, passing: string | null, raising: boolean,
 *            about: string | null, sending: {what: Tap, held: string | null} | null, refused: string | null}} Intent
 * @typedef {{intend: (change: Partial<Intent>) => void, ask: (choice: import("./choices.js").Choice) => void, raise: () => void,
 *            withdraw: (request: string) => void, letPass: (request: string, place: number) => void,
 *            about: (request: string | null) => void, describe: (request: string | null) => void, finish: () => void,
 *            reconnect: () => void, second: (change: Partial<Intent>) => void}} Actions
 * @typedef {typeof import("./more.js")} More what is rare, once it was loaded
 * @typedef {{page: Page, situation: Situation, intent: Intent, actions: Actions, more: More | null, now: number}} Frame
 * @typedef {{call?: boolean, body: unknown, thumb: unknown}} Screen
 */

/** The screen that goes with a situation, and the second thought or the form that was opened on it. @returns {Screen} */
export function screenFor(/** @type {Frame} */ frame) {
  const { intent, more } = frame;
  if (intent.about !== null && more) return more.aboutSpeaker(frame);
  const screen = usual(frame);
  return intent.raising ? { ...screen, thumb: raise(frame) } : screen;
}

/** @returns {Screen} */
function usual(/** @type {Frame} */ frame) {
  const { situation, intent, more } = frame;
  switch (situation.screen) {
    case "floor":
      return more ? more.floor(frame) : plainClock(frame);
    case "ask":
      return openKinds(frame.page).length ? ask(frame) : closed(frame);
    case "closed":
      return intent.again ? ask(frame) : closed(frame);
    case "waiting":
    case "next":
      if (intent.again) return ask(frame);
      return more ? more[situation.screen](frame) : still(frame);
    case "interrupted":
    case "suspended":
    case "thanked":
      return more ? more[situation.screen](frame) : still(frame);
    default:
      return still(frame);
  }
}

/** The own clock while what belongs to it is still on its way. */
function plainClock(/** @type {Frame} */ { page, situation, intent, actions }) {
  const reading = /** @type {import("../clock.js").Reading} */ (situation.reading);
  return {
    body: html`<div class="own" data-state=${reading.state} ${deadlineMark(reading, page.clock.offset)}>
      <h1 class="state">${shape("disc")}<span>${t("You have the floor")}</span></h1>
      ${digits(reading.remaining, t("Your remaining speaking time"))} ${bar(reading)}
    </div>`,
    thumb: sendButton(intent, "finish", t("I have finished"), actions.finish),
  };
}

/** @returns {Screen} */
function closed(/** @type {Frame} */ frame) {
  const { page, actions } = frame;
  const lost = page.store.connection === "lost";
  const kinds = openKinds(page);
  return {
    body: html`
      <div class="mid">
        ${lastKnown(page)}
        <p class="state small" data-state="closed">${stateMark("closed")}</p>
        <h1>${t("The list of speakers is closed")}</h1>
        <p class="lead">${page.store.view?.list.length ? t("Those already on it will be heard. The chair may open it again; this screen will say so.") : t("This screen will say when you can ask for the floor.")}</p>
      </div>
      ${floorLine(frame)}
    `,
    thumb: lost
      ? reconnectActions(actions)
      : html`
          ${kinds.length ? html`<button type="button" class="button" @click=${() => actions.intend({ again: true })}>${kinds.length === 1 ? kindWord(kinds[0]) : t("Reply, or question in writing")}</button>` : nothing}
          ${raiseButton(frame)}
        `,
  };
}

/** The screens on which nothing can be done: before, between, after, and without a seat. */
function still(/** @type {Frame} */ { page, situation, actions }) {
  const { programme, store } = page;
  const words = stillWords(page, situation.screen);
  return {
    body: html`
      ${programme.document.title ? html`<p class="title">${programme.document.title}</p>` : nothing}
      <div class="mid">
        ${lastKnown(page)}
        ${words.state ? html`<p class="state small" data-state="closed">${shape("dash")}${words.state}</p>` : nothing}
        <h1>${words.sentence}</h1>
        <p class="lead">${words.lead}</p>
      </div>
    `,
    thumb: store.connection === "lost" ? reconnectActions(actions) : nothing,
  };
}

/** @param {Page} page @param {import("./place.js").Screen} screen */
function stillWords({ programme, store, boot }, screen) {
  const { starts, place } = programme.document;
  switch (screen) {
    case "refused":
      return { state: "", sentence: t("This phone is no longer connected"), lead: store.refusal?.message ?? "" };
    case "loading":
      return { state: "", sentence: boot.name, lead: t("Connecting…") };
    case "scheduled":
      return {
        state: t("Not open yet"),
        sentence: t("The dialogue has not begun"),
        lead: fill(t("It is planned for {time}, {place}. This screen will say when you can ask for the floor."), {
          time: html`<strong>${num(programme.timeOfDay(starts))}</strong>`,
          place,
        }),
      };
    case "thanked":
      return { state: "", sentence: t("Thank you"), lead: "" };
    case "waiting":
    case "next":
      return { state: "", sentence: t("On the list"), lead: "" };
    case "interrupted":
      return { state: "", sentence: t("Point of order"), lead: "" };
    case "suspended":
      return { state: "", sentence: t("Suspended"), lead: "" };
    case "between":
      return {
        state: t("Not open yet"),
        sentence: t("The dialogue is open"),
        lead: t("This screen will say when you can ask for the floor."),
      };
    default:
      return { state: t("Closed"), sentence: t("The dialogue is closed"), lead: t("Thank you for taking part.") };
  }
}
