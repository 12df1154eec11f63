// @ts-check
/** Follows the view from one drawing to the next and says what changed; requests are gathered first. */

import { GATHER, newRequests, requestsSentence, sentences } from "./said.js";

/** @typedef {import("./ui.js").Scene} Scene */
/** @typedef {import("./said.js").Moment} Moment */

/** Sentences that come close together are said together: the region holds one text at a time. */
const TOGETHER = 300;

export class Reporter {
  #say;
  /** @type {Moment | null} */
  #before = null;
  /** @type {string[]} */
  #waiting = [];
  /** @type {import("../store.js").Entry[]} */
  #requests = [];
  /** @type {Scene | null} */
  #scene = null;

  /** @param {(text: string) => void} say */
  constructor(say) {
    this.#say = say;
  }

  /** Takes in what is on the screen now. */
  follow(/** @type {Scene} */ scene) {
    const { view, now, page, programme } = scene;
    const after = { view, now, connection: page.store.connection };
    const before = this.#before;
    this.#before = after;
    this.#scene = scene;
    if (!before) return;
    for (const sentence of sentences(before, after, programme)) this.now(sentence);
    this.#gather(newRequests(before.view, view));
  }

  /** Says something now, once, with what else has just happened. */
  now(/** @type {string} */ text) {
    if (this.#waiting.includes(text)) return;
    this.#waiting.push(text);
    if (this.#waiting.length > 1) return;
    setTimeout(() => {
      this.#say(this.#waiting.join(". "));
      this.#waiting = [];
    }, TOGETHER);
  }

  #gather(/** @type {import("../store.js").Entry[]} */ requests) {
    if (requests.length === 0) return;
    this.#requests.push(...requests);
    if (this.#requests.length > requests.length) return;
    setTimeout(() => {
      if (this.#scene) this.now(requestsSentence(this.#requests, this.#scene.view.list.length, this.#scene.programme));
      this.#requests = [];
    }, GATHER);
  }
}
