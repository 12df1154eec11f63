// @ts-check
/** After new limits or another order: which of those who wait see it on a phone of theirs, and whom somebody has to tell. */

import { t, tn } from "../i18n.js";

/** @typedef {import("./next.js").BureauView} BureauView */
/** @typedef {{reached: string[], byVoice: string[]}} Heard */

/** Phones come and go: the server is asked again after this time, in ms. */
const AGAIN = 5_000;

export class Told {
  /** What the server has said; null before. @type {Heard | null} */
  heard = null;
  /** Whether every name is shown. */
  isOpen = false;

  #page;
  #announce;
  /** Who had the floor when it was accepted; undefined: there is nothing to tell. @type {string | null | undefined} */
  #since = undefined;
  #isAsking = false;
  #askedAt = -Infinity;

  /** @param {import("../page.js").Page} page @param {(text: string) => void} announce says something to whoever listens */
  constructor(page, announce) {
    this.#page = page;
    this.#announce = announce;
  }

  /** Something was accepted that all who wait have to know. */
  begin() {
    const view = /** @type {BureauView} */ (this.#page.store.view);
    this.#since = speaking(view);
    this.heard = null;
    this.isOpen = false;
    this.#askedAt = -Infinity;
    this.#page.redraw();
  }

  /** It need not be told any more. */
  end() {
    this.#since = undefined;
    this.#page.redraw();
  }

  /** Shows every name, or the first of them. */
  toggle() {
    this.isOpen = !this.isOpen;
    this.#page.redraw();
  }

  /** Whether the line stands there: until the next speaker is given the floor. */
  get isShown() {
    return this.#since !== undefined;
  }

  /** Asks who hears the server now, while the line stands there. @param {BureauView} view @param {number} [now] of any clock, in ms */
  follow(view, now = performance.now()) {
    const turn = speaking(view);
    const isNext = turn !== null && turn !== this.#since;
    if (isNext || view.list.entries.length === 0) this.#since = undefined;
    if (this.isShown && !this.#isAsking && now >= this.#askedAt + AGAIN) this.#ask(now);
  }

  async #ask(/** @type {number} */ now) {
    this.#isAsking = true;
    this.#askedAt = now;
    try {
      const { delegations } = await this.#page.api.getJson(this.#page.boot.urls.reached);
      const view = /** @type {BureauView} */ (this.#page.store.view);
      const isFirst = this.heard === null;
      this.heard = heardOf(view, delegations);
      if (isFirst && this.isShown) this.#announce(sentence(this.heard, this.#page.programme, Infinity));
    } catch {
      // Asked again soon; what is not known is not said.
    }
    this.#isAsking = false;
    this.#page.redraw();
  }
}

/** Of those who wait, each once: whose phone is there and whose is not. Pure. @param {BureauView} view @param {string[]} connected @returns {Heard} */
export function heardOf(view, connected) {
  const there = new Set(connected);
  const waiting = [...new Set(view.list.entries.map(({ delegation }) => delegation))];
  return { reached: waiting.filter((code) => there.has(code)), byVoice: waiting.filter((code) => !there.has(code)) };
}

/**
 * How many were told, and the names of the others, `most` of them. Pure.
 * @param {Heard} heard @param {import("../programme.js").Programme} programme @param {number} most
 */
export function sentence({ reached, byVoice }, programme, most) {
  if (byVoice.length === 0) return tn("Told on their phones: the one who waits.", "Told on their phones: all {n}.", reached.length);
  const names = byVoice.slice(0, most).map((code) => programme.delegation(code).name);
  const told = reached.length === 0 ? t("Nobody who waits has a phone connected.") : t("Told on their phones: {n}.", { n: reached.length });
  return `${told} ${t("Tell by voice: {names}.", { names: names.join(t(", ")) })}`;
}

/** Whose turn it is; a point of order in between is nobody's turn. @param {BureauView} view */
function speaking({ floor, interrupted }) {
  return (interrupted ?? floor)?.id ?? null;
}
