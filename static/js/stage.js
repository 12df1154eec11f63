// @ts-check
/** What the chair asks of the displays: darkness, and a message for the hall whose words stand beside the view. */

/** @typedef {import("./page.js").Page} Page */

export class StageMessage {
  /** @type {string | null} */
  #words = null;

  /** The words of the message that the view names; null without one. Until new words have come the old ones stand. */
  of(/** @type {Page} */ { store, texts }) {
    const words = texts.of(store.view?.stage?.message);
    if (words !== undefined) this.#words = words;
    return this.#words;
  }
}
