// @ts-check
/** A list that closes at a time. Instants are milliseconds. */

/** @typedef {import("./store.js").View} View */

/** When the open list closes by itself; null when no time is set for it. @param {View | null} view */
export function closesAt(view) {
  return (view?.dialogue.phase === "open" && view.list.open && view.list.closes_at) || null;
}

/** When the count to its closing shows another second; null when nothing is counted. @param {View | null} view @param {number} now */
export function nextSecond(view, now) {
  const left = (closesAt(view) ?? now) - now;
  return left > 0 ? now + (left % 1_000 || 1_000) : null;
}
