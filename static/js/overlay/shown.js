// @ts-check
/** What the webcast shows at a moment. Instants and durations are milliseconds. */

/** @typedef {import("../store.js").View} View */

/** So long a turn stays after its end, that its last word is seen. */
export const LINGERS = 4_000;

/** So long a clock goes on without contact: after that a webcast shows nothing, since nobody there can ask. */
export const LONGEST_ALONE = 60_000;

/**
 * A turn, the title of what goes on where it is asked for, or nothing; and until when, null without an end that is known.
 * `away` is how long there has been no contact, 0 while there is.
 * @param {View} view @param {number} now @param {{away: number, withTitle: boolean}} how
 * @returns {{what: "turn" | "title" | "nothing", until: number | null}}
 */
export function shownAt({ dialogue, floor, last, segment, stage }, now, { away, withTitle }) {
  const otherwise = withTitle && segment ? "title" : "nothing";
  if (dialogue.phase !== "open" || stage?.blackout || away > LONGEST_ALONE) return { what: "nothing", until: null };
  if (floor) return { what: "turn", until: null };
  const until = last && last.outcome !== "not-present" ? last.ended_at + LINGERS : -Infinity;
  return now < until ? { what: "turn", until } : { what: otherwise, until: null };
}
