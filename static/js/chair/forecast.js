// @ts-check
/** The server's forecast as it stands now: from where it no longer holds, each moment that passes moves it by as much. Pure. */

/**
 * The section of the bureau's view; instants and durations in milliseconds, places counted from 0.
 * @typedef {{handover: number, pace: number, floor_ends: number | null, starts: number[], ends: number | null, holds_until: number | null,
 *            planned_end: number | null, cut: number | null, interpretation_end: number | null, interpretation_cut: number | null,
 *            drift: number | null, next_at: number | null, slot: number | null, fits: number | null, rights_of_reply: number}} Section
 *
 * `starts`: when each entry of the list probably begins; `ends`: when all is over (null outside a segment); `end`: when it should be;
 * `cut` and `interpretationCut`: the first entry that is not reached before the end, and before that of interpretation.
 * @typedef {{starts: number[], ends: number | null, end: number | null, cut: number | null, interpretationEnd: number | null,
 *            interpretationCut: number | null, drift: number | null, slot: number | null, fits: number | null}} Forecast
 */

/** @param {Section} section @param {number} now @returns {Forecast} */
export function expectedAt(section, now) {
  const { holds_until, starts, ends, planned_end: end, interpretation_end, slot, fits, rights_of_reply: replies } = section;
  const passed = passedSince(holds_until, now);
  const moved = starts.map((start) => start + passed);
  const over = ends === null ? null : Math.max(ends + passed, now);
  return {
    starts: moved,
    ends: over,
    end,
    cut: cutAt(moved, end, replies, now),
    interpretationEnd: interpretation_end,
    interpretationCut: cutAt(moved, interpretation_end, replies, now),
    drift: driftAt(section, now),
    slot,
    fits,
  };
}

/**
 * The first entry that does not begin before `end`, less the time of the rights of reply, which are heard last; null when all do, or
 * `end` has passed: a line that nobody can be on the right side of says nothing.
 * @param {number[]} starts @param {number | null} end @param {number} replies @param {number} now
 */
function cutAt(starts, end, replies, now) {
  if (end === null || end <= now) return null;
  const cut = starts.findIndex((start) => start >= end - replies);
  return cut === -1 ? null : cut;
}

/**
 * By how much the segment will end late, now; null without a plan.
 * @param {{drift: number | null, ends: number | null, planned_end: number | null, holds_until: number | null}} section @param {number} now
 */
export function driftAt({ drift, ends, planned_end: end, holds_until }, now) {
  const passed = passedSince(holds_until, now);
  if (drift === null || passed === 0 || ends === null || end === null) return drift;
  return Math.max(drift, Math.max(ends + passed, now) - end);
}

/** How long nothing has happened although it was expected to. @param {number | null} until @param {number} now */
function passedSince(until, now) {
  return until === null ? 0 : Math.max(0, now - until);
}

/** How many more national statements fit before the end, after all that is expected. @param {Forecast} expected */
export function roomFor({ ends, end, slot }) {
  if (ends === null || end === null || !slot) return 0;
  return Math.max(0, Math.floor((end - ends) / slot));
}
