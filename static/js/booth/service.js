// @ts-check
/** Until when there is interpretation. Instants and durations are milliseconds. */

/**
 * `none`: the programme does not say; `running`; `soon`: little is left; `over`: the meeting goes on without.
 * `at` is the end that is meant, `left` what is left until then.
 * @typedef {{state: "none" | "running" | "soon" | "over", at: number, left: number}} Service
 */

/** From here on the end is near: the last speaker and the closing words take no less. */
export const SOON = 15 * 60_000;

/**
 * How the service stands at `now`. An end that has passed stays the one that is meant while the same sitting goes on beyond it;
 * after a suspension the next one counts.
 * @param {number[]} ends in any order @param {{phase: string, since: number | null}} dialogue @param {number} now @returns {Service}
 */
export function serviceAt(ends, { phase, since }, now) {
  const inOrder = [...ends].sort((one, other) => one - other);
  const passed = inOrder.filter((end) => end <= now).at(-1);
  if (passed !== undefined && phase === "open" && since !== null && since < passed) return { state: "over", at: passed, left: 0 };
  const next = inOrder.find((end) => end > now);
  if (next === undefined) return passed === undefined ? { state: "none", at: 0, left: 0 } : { state: "over", at: passed, left: 0 };
  const left = next - now;
  return { state: left <= SOON ? "soon" : "running", at: next, left };
}
