// @ts-check
/** What has become of a delegation's requests without its doing: told plainly, until it is seen. */

/** @typedef {import("../../store.js").Own} Own */
/** @typedef {{what: "reinstated" | "withdrawn" | "not-present" | "not-reached", id: string, segment: string}} Change */

/** Requests that this phone withdrew itself. @type {Set<string>} */
const byUs = new Set();

/** This phone withdraws a request itself. */
export function withdrawnHere(/** @type {string} */ request) {
  byUs.add(request);
}

export class Changes {
  /** Requests that waited, and those that had left unheard, when last looked at; null before. @type {{waiting: Set<string>, gone: Set<string>} | null} */
  #before = null;
  /** @type {Map<string, Change>} */
  #told = new Map();

  /** Takes in what is known of the own requests, and tells what is to be told now. @param {Own | null} own @returns {Change[]} */
  follow(own) {
    if (!own) return [];
    const waiting = new Set([...own.requests, ...(own.replies ?? []), ...(own.points ?? [])].map(({ id }) => id));
    const unheard = own.unheard ?? [];
    const before = this.#before;
    for (const { id, standing, segment } of unheard) {
      const what = /** @type {Change["what"]} */ (standing);
      // Withdrawn is news only to whoever saw it wait, and did not withdraw it.
      const isNews = what === "withdrawn" ? !!before?.waiting.has(id) && !byUs.has(id) : !before?.gone.has(id);
      if (isNews) this.#told.set(id, { what, id, segment });
    }
    for (const id of waiting) {
      if (before?.gone.has(id)) this.#told.set(id, { what: "reinstated", id, segment: "" });
    }
    const gone = new Set(unheard.map(({ id }) => id));
    for (const [id, { what }] of this.#told) {
      // Asked for again since, or taken off again: it is no news any more.
      if (what === "reinstated" ? !waiting.has(id) : !gone.has(id)) this.#told.delete(id);
    }
    this.#before = { waiting, gone };
    return [...this.#told.values()];
  }

  /** It has been seen. */
  seen(/** @type {string} */ id) {
    this.#told.delete(id);
  }
}
