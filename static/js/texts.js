// @ts-check
/** Free texts, which views name by their ids: each is fetched once, when it is first wanted. */

import { Refused } from "./api.js";

/** A text that did not come is asked for again after this time. */
const PAUSE = 2_000;

export class Texts {
  #api;
  #url;
  #changed;
  /** Null for one that is not to be had; undefined while it is on its way. @type {Map<string, string | null | undefined>} */
  #known = new Map();

  /** @param {import("./api.js").Api} api @param {string} url of all texts @param {() => void} changed hears that one has come */
  constructor(api, url, changed) {
    this.#api = api;
    this.#url = url;
    this.#changed = changed;
  }

  /** The words of a text; null where there are none, undefined while they are on their way. @param {string | null | undefined} id */
  of(id) {
    if (!id) return null;
    if (!this.#known.has(id)) {
      this.#known.set(id, undefined);
      this.#fetch(id);
    }
    return this.#known.get(id);
  }

  async #fetch(/** @type {string} */ id) {
    const words = await this.#words(id);
    this.#known.set(id, words);
    // What was not for this seat a moment ago may be again: it is asked for anew while it is wanted.
    if (words === null) setTimeout(() => this.#known.delete(id), PAUSE);
    this.#changed();
  }

  /** Asks until the server has answered; null when it says no. @param {string} id @returns {Promise<string | null>} */
  async #words(id) {
    for (;;) {
      try {
        return (await this.#api.getJson(`${this.#url}/${id}`))?.text ?? null;
      } catch (failure) {
        if (failure instanceof Refused && failure.status < 500 && failure.status !== 429) return null;
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
}
