// @ts-check
/** Whose text lies open in the booth. */

/** @typedef {import("../store.js").Booth} Booth */
/** @typedef {import("../store.js").Heard} Heard */

/**
 * The one whose text lies open: whoever was chosen by hand while among those told of, else whoever speaks.
 * @param {Booth} booth @param {string | null} chosen @returns {Heard | null}
 */
export function opened({ floor, next }, chosen) {
  return next.find(({ id }) => id === chosen) ?? floor;
}

/**
 * What is left of a choice after a change: who was chosen and speaks now, or has gone, is followed like all others.
 * @param {Booth} booth @param {string | null} chosen
 */
export function stillChosen({ next }, chosen) {
  return next.some(({ id }) => id === chosen) ? chosen : null;
}
