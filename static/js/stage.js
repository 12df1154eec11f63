// @ts-check
/** What the chair asks of the displays: darkness, and a message for the hall whose words stand beside the view. */

import { Refused } from "./api.js";

/** @typedef {import("./page.js").Page} Page */

/** A message that did not come is asked for again after this time. */
const PAUSE = 2_000;

export class StageMessage {
  /** @type {string | null} */
  #id = null;
  /** @type {string | null} */
  #words = null;

  /** The words of the message that the view names; null without one. Until new words have come the old ones stand. */
  of(/** @type {Page} */ page) {
    const id = page.store.view?.stage?.message ?? null;
    if (id !== this.#id) {
      this.#id = id;
      if (id === null) this.#words = null;
      else this.#fetch(page, id);
    }
    return this.#words;
  }

  /** @param {Page} page @param {string} id */
  async #fetch(page, id) {
    while (this.#id === id) {
      try {
        const { text } = await page.api.getJson(`${page.boot.urls.texts}/${id}`);
        if (this.#id !== id) return;
        this.#words = text;
        page.redraw();
        return;
      } catch (failure) {
        if (failure instanceof Refused && failure.status < 500 && failure.status !== 429) {
          // Taken away or erased since: the next view says so.
          if (this.#id === id) this.#words = null;
          page.redraw();
          return;
        }
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
}
