// @ts-check
/** Pieces that several screens draw: flag, state, digits, bar, connection, who has the floor. */

import { html, nothing, ref, repeat } from "../vendor/lit.js";
import { mss } from "./clock.js";
import { durationInWords, t } from "./i18n.js";
import { shape, shapeOf } from "./shapes.js";

/** @typedef {import("./clock.js").Reading} Reading */

/** A name longer than this is set smaller, so that it keeps to two lines. */
export const LONG_NAME = 18;

/** Figures, times of day and the like: never turned round by the script they stand in. */
const FIGURES = /^[+−\d][\d:.,/–-]*$/;

/** Whether a name is set smaller. A Chinese sign takes the room of two letters. */
export function isLong(/** @type {string} */ name) {
  return name.replace(/[\u2e80-\uffef]/g, "00").length > LONG_NAME;
}

/** A figure in running text. */
export function num(/** @type {string | number} */ value) {
  return html`<bdi class="n" dir="ltr">${value}</bdi>`;
}

/**
 * A translated text whose `{places}` are filled with templates; figures are isolated by themselves.
 * @param {string} text @param {Record<string, unknown>} values
 */
export function fill(text, values) {
  return text.split(/\{(\w+)\}/).map((piece, index) => {
    if (index % 2 === 0) return piece;
    const value = values[piece];
    return FIGURES.test(String(value)) ? num(String(value)) : value;
  });
}

/**
 * The box of a flag: always the same size, always beside the name. Without the address of a flag the initials stand
 * in it. Another flag is another element: a browser keeps an old picture until the new one has come.
 */
export function flag(/** @type {string} */ initials, address = "") {
  return address
    ? html`<span class="flag pictured" aria-hidden="true"
        >${repeat([address], (its) => its, (its) => html`<img alt="" loading="lazy" decoding="async" src=${its} />`)}</span
      >`
    : html`<span class="flag" aria-hidden="true"><span>${initials}</span></span>`;
}

/** The word of a state of the clock, for everybody to read; the warning names how long it is. */
export function stateWord(/** @type {string} */ state, warning = 0) {
  switch (state) {
    case "ready":
    case "next":
      return t("Get ready");
    case "speaking":
      return t("Speaking");
    case "warning":
      return durationInWords(warning);
    case "time":
      return t("Time");
    case "overtime":
      return t("Overtime");
    case "paused":
      return t("Paused");
    case "ended":
      return t("Thank you");
    case "open":
      return t("Open");
    case "lost":
      return t("Reconnecting");
    default:
      return t("Closed");
  }
}

/** What a state is made of: its shape, then its word. */
export function stateMark(/** @type {string} */ state, warning = 0) {
  return html`${shapeOf(state)}${stateWord(state, warning)}`;
}

/** The digits of a clock, read out only when somebody asks for them. The sign of an overrun stands apart; more than four figures are set smaller. */
export function digits(/** @type {number} */ duration, label = t("Remaining speaking time")) {
  const text = mss(duration);
  const plus = text.startsWith("+");
  return html`<span class="digits" role="timer" aria-label=${label} data-figures=${text.length}
    >${plus ? html`<span class="plus">+</span>` : nothing}${plus ? text.slice(1) : text}</span
  >`;
}

/** The bar under a clock: what is left of the allowance, and a notch where the warning begins. */
export function bar(/** @type {Pick<Reading, "fraction" | "warnAt">} */ { fraction, warnAt }) {
  return html`<span
    class="bar"
    ${ref((/** @type {Element | undefined} */ element) => {
      if (!(element instanceof HTMLElement)) return;
      element.style.setProperty("--left", fraction.toFixed(4));
      element.style.setProperty("--warn-at", warnAt.toFixed(4));
    })}
  ></span>`;
}

/** How contact with the server stands, in a word. */
export function connectionChip(/** @type {import("./store.js").Connection} */ connection) {
  switch (connection) {
    case "connected":
      return html`<span class="chip">${shape("disc")}<span>${t("Connected")}</span></span>`;
    case "connecting":
      return html`<span class="chip">${shape("brokenRing")}<span>${t("Connecting")}</span></span>`;
    case "refused":
      return html`<span class="chip">${shape("dash")}<span>${t("Closed")}</span></span>`;
    default:
      return html`<span class="chip">${shape("brokenRing")}<strong>${t("No contact")}</strong></span>`;
  }
}

/**
 * Who has the floor, in one row. `lost` says that the clock counts without the server; `offset` is that of the
 * server's clock.
 * @param {Reading} reading @param {import("./programme.js").Programme} programme
 */
export function nowLine(reading, programme, { lost = false, offset = 0 } = {}) {
  const { state, turn } = reading;
  if (!turn) {
    return html`<section class="now-line" data-state=${lost ? "lost" : "closed"} aria-label=${t("Who has the floor")}>
      <p class="nobody">${t("Nobody has the floor")}</p>
    </section>`;
  }
  const { name, initials, picture } = programme.voice(turn);
  return html`<section class="now-line" data-state=${lost ? "lost" : state} aria-label=${t("Who has the floor")} ${deadlineMark(reading, offset)}>
    ${flag(initials, picture)}
    <p><strong>${name}</strong><small>${floorLine(state, lost)}</small></p>
    ${digits(reading.remaining)} ${bar(reading)}
  </section>`;
}

/**
 * Marks the element that holds a clock, so that pages can be compared: with the deadline in server time,
 * and as an instant of this device. Both are empty while no clock runs.
 * @param {Reading | null} reading @param {number} offset of the server's clock
 */
export function deadlineMark(reading, offset) {
  return ref((/** @type {Element | undefined} */ element) => markDeadline(element, reading, offset));
}

/** The same for an element at hand. @param {Element | undefined} element @param {Reading | null} reading @param {number} offset */
export function markDeadline(element, reading, offset) {
  if (!(element instanceof HTMLElement)) return;
  const deadline = reading?.deadline ?? null;
  element.dataset.deadline = deadline === null ? "" : String(deadline);
  element.dataset.deadlineLocal = deadline === null ? "" : String(deadline - offset);
}

function floorLine(/** @type {string} */ state, /** @type {boolean} */ lost) {
  if (lost) return t("clock still counting");
  switch (state) {
    case "ready":
      return t("gets ready");
    case "time":
      return t("time is up");
    case "overtime":
      return t("over the limit");
    case "paused":
      return t("paused");
    case "ended":
      return t("has finished");
    default:
      return t("has the floor");
  }
}

/**
 * Figures that the style sheet draws with. Set as properties: a strict content policy allows no style attribute.
 * @param {Record<string, number>} values custom properties of the element it stands on
 */
export function vars(values) {
  return ref((/** @type {Element | undefined} */ element) => {
    if (!(element instanceof HTMLElement)) return;
    for (const [name, value] of Object.entries(values)) element.style.setProperty(name, String(Number(value.toFixed(4))));
  });
}
