// @ts-check
/** Who has been heard in this segment and who waits, by region and by kind of voice: the server counts it, the screen asks for it. */

/**
 * A row of a balance; `used` in milliseconds, shares in thousandths.
 * @typedef {{key: string, present: number, waiting: number, heard: number, turns: number, used: number,
 *            of_present: number, of_turns: number, of_used: number}} Row
 * @typedef {{turns: number, used: number, first_time: number, regions: Row[], kinds: Row[]}} Balance
 * @typedef {{reason: string, requests: string[], region: string | null, other: string | null, count: number, words: string}} Hint
 * @typedef {{version: number, segment: Balance, dialogue: Balance, hints: Hint[]}} Fairness
 */

/** Requests come in bursts: the figures are asked for at most this often. */
const PAUSE = 1_000;

export class Fairly {
  /** The last figures that came. @type {Fairness | null} */
  figures = null;

  #page;
  #askedFor = "";
  #asking = false;

  /** @param {import("../page.js").Page} page */
  constructor(page) {
    this.#page = page;
  }

  /** The figures, as new as they are; asks for newer ones when who was heard, waits or speaks has changed. */
  follow() {
    const view = /** @type {import("./next.js").BureauView | null} */ (this.#page.store.view);
    if (!view?.segment) return null;
    const now = JSON.stringify([view.segment.id, view.heard, view.floor?.id, view.last?.used, view.list.entries.map(({ id }) => id), view.revision]);
    if (now !== this.#askedFor && !this.#asking) this.#ask(now);
    return this.figures;
  }

  async #ask(/** @type {string} */ what) {
    this.#asking = true;
    try {
      const figures = await this.#page.api.getJson(this.#page.boot.urls.balance);
      if (figures) this.figures = figures;
      this.#askedFor = what;
    } catch {
      // Asked for again with the next drawing after the pause.
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    this.#asking = false;
    this.#page.redraw();
  }
}
