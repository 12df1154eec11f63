// @ts-check
/** How long a speaker is asked to slow down. Instants and durations are milliseconds. */

/** @typedef {{slow_down?: number | null} | null | undefined} Asked what is told of a turn: when interpreters asked last */

/** So long a speaker is asked to slow down: read at a glance, and gone before it is stale. */
export const SLOW_DOWN_FOR = 10_000;

/** Whether interpreters asked a moment ago. @param {Asked} turn @param {number} now */
export function isSlowedDown(turn, now) {
  return now < (slowedUntil(turn) ?? -Infinity);
}

/** When the speaker is no longer asked to slow down; null when nobody asked. @param {Asked} turn */
export function slowedUntil(turn) {
  const asked = turn?.slow_down ?? null;
  return asked === null ? null : asked + SLOW_DOWN_FOR;
}
