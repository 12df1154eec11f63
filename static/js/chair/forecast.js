// @ts-check
/** When each on the list will probably speak, how many will not be reached, and what limit would reach all. */

import { clockState } from "../clock.js";
import { discussionBegun, unheardSpeakers } from "./next.js";

/** From one speaker to the next: thanks, walking, the microphone. */
export const HAND_OVER = 35_000;

/** A limit that would reach everyone is rounded down to what can be announced, and below a minute is not offered. */
const LIMIT_STEP = 10_000;
const LEAST_LIMIT = 60_000;

/**
 * `starts`: when each entry of the list probably begins; `ends`: when the last of them ends (or the
 * present turn, when nobody waits).
 * @typedef {{starts: number[], ends: number}} Forecast
 * @typedef {import("./next.js").BureauView} BureauView
 * @typedef {import("./next.js").ProgrammeDocument} ProgrammeDocument
 */

/**
 * Forecast of the whole list: what remains of the present turn, then every limit with its hand-over.
 * @param {BureauView} view @param {ProgrammeDocument} programme @param {number} now
 * @returns {Forecast}
 */
export function forecast(view, programme, now) {
  let at = now + remainingTurn(view, now);
  if (!discussionBegun(view)) {
    const panel = unheardSpeakers(view, programme).length;
    at += panel * (HAND_OVER + (view.segment?.rules.limits.panellist ?? 0));
  }
  const starts = [];
  for (const entry of view.list.entries) {
    starts.push(at + HAND_OVER);
    at += HAND_OVER + entry.limit;
  }
  return { starts, ends: at };
}

/**
 * How many of the first entries begin before `end`; all of them when `end` is null or already past,
 * because a line that nobody can be on the right side of says nothing.
 * @param {Forecast} expected @param {number | null} end @param {number} now
 */
export function reached(expected, end, now) {
  if (end === null || end <= now) return expected.starts.length;
  return expected.starts.filter((start) => start < end).length;
}

/**
 * The longest limit under which everyone on the list ends before `end`; null when even a minute each is too long.
 * @param {import("../store.js").Entry[]} entries @param {Forecast} expected @param {number} end
 */
export function limitForAll(entries, expected, end) {
  const begin = expected.ends - entries.reduce((sum, entry) => sum + entry.limit + HAND_OVER, 0);
  const available = end - begin - entries.length * HAND_OVER;
  const longest = Math.max(0, ...entries.map((entry) => entry.limit));
  for (let limit = longest - (longest % LIMIT_STEP); limit >= LEAST_LIMIT; limit -= LIMIT_STEP) {
    const needed = entries.reduce((sum, entry) => sum + Math.min(entry.limit, limit), 0);
    if (needed <= available) return limit;
  }
  return null;
}

/**
 * How many more national statements fit before `end`, after the present turn and the list.
 * @param {BureauView} view @param {ProgrammeDocument} programme @param {number} end @param {number} now
 */
export function roomFor(view, programme, end, now) {
  const limit = view.segment?.rules.limits.national ?? 0;
  if (limit === 0) return 0;
  const { ends } = forecast(view, programme, now);
  return Math.max(0, Math.floor((end - ends) / (limit + HAND_OVER)));
}

function remainingTurn(/** @type {BureauView} */ view, /** @type {number} */ now) {
  if (!view.floor) return 0;
  const { remaining, startsIn } = clockState(view, now);
  return (startsIn ?? 0) + Math.max(0, remaining);
}
