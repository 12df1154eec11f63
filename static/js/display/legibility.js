// @ts-check
/** What the last row of a room can read of a picture, and how high the picture would have to be. Lengths are metres. */

import { CAPITAL, GOOD, heightFor, layoutFor, LEAST, MOST_HEIGHT, unitOf } from "./room.js";

/**
 * @typedef {import("./room.js").Room} Room
 * @typedef {"digits" | "name" | "long-name" | "state" | "next" | "foot" | "small"} Text
 * @typedef {{text: Text, share: number, height: number, to: number, verdict: "good" | "least" | "too-small" | "near"}} Legibility
 *   `share` of the height of the picture, `height` on the wall, `to` which distance it is read; "near" is meant for the near seats alone
 */

/** The digits, of the height of any picture, by the style sheet: where captions take room they are smallest. */
const DIGITS = 51;
const DIGITS_BESIDE_CAPTIONS = 49.2;

/** The size of texts by which nothing is decided: title, time of day, second lines. */
const SMALL = 3.4;

/** By how much the longest names are set smaller, on three lines. */
const LONGEST = 0.44;

/** How far off something of this height is seen under so many minutes of arc. */
export function distanceFor(/** @type {number} */ minutes, /** @type {number} */ height) {
  return height / (2 * Math.tan((minutes / 120 / 180) * Math.PI));
}

/** What of it can be read from the last row; null when the room is not known. @param {Room} room @returns {Legibility[] | null} */
export function legibility(room) {
  const { depth, height, width, high, captions, letter = CAPITAL } = room;
  if (depth === null || height === null) return null;
  const { sizes } = layoutFor(room);
  const unit = unitOf(width, high);
  const text = (/** @type {Text} */ name, /** @type {number} */ size, share = size * unit * letter) => {
    const tall = share * height;
    return { text: name, share, height: tall, to: distanceFor(LEAST, tall), verdict: verdict(name, tall, depth) };
  };
  return [
    text("digits", 0, ((captions ? DIGITS_BESIDE_CAPTIONS : DIGITS) / 100) * CAPITAL),
    text("name", sizes.name),
    text("long-name", sizes.name * LONGEST),
    text("state", sizes.state),
    text("next", captions ? sizes.foot : sizes.next),
    text("foot", sizes.foot),
    text("small", SMALL),
  ];
}

/** How high the picture would have to be for all that is needed to be read from the last row; null when it is high enough. */
export function heightNeeded(/** @type {Room} */ room) {
  const read = legibility(room);
  if (!read || room.depth === null || room.height === null) return null;
  if (read.every(({ verdict }) => verdict !== "too-small")) return null;
  // A higher picture lets the texts be set smaller again, so it is looked for from below.
  for (let height = room.height; height <= MOST_HEIGHT; height += 0.1) {
    const there = legibility({ ...room, height });
    if (there?.every(({ verdict }) => verdict !== "too-small")) return Math.round(height * 10) / 10;
  }
  return MOST_HEIGHT;
}

/** @param {Text} text @param {number} tall @param {number} depth @returns {Legibility["verdict"]} */
function verdict(text, tall, depth) {
  if (tall >= heightFor(GOOD, depth)) return "good";
  if (tall >= heightFor(LEAST, depth)) return "least";
  return text === "foot" || text === "small" || text === "long-name" ? "near" : "too-small";
}
