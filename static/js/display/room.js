// @ts-check
/** What a room can read of a picture: how large each text is set, and how many names. Lengths are metres, sizes are units. */

/**
 * A unit is 1 % of the height of a picture of 16:9. `next` says whether the next speakers stand in a column beside the clock or in
 * a line below it; `rows` is how many of them are named at most.
 * @typedef {"digits" | "name" | "long-name" | "state" | "next" | "foot" | "small"} Text
 * @typedef {{name: number, state: number, next: number, foot: number}} Sizes
 * @typedef {{depth: number | null, height: number | null, width: number, high: number, captions: boolean, letter?: number}} Room
 *   `depth` from the picture to the last row and `height` of the picture, null when not told; `width` and `high` of the picture in
 *   pixels; `letter` is how high a capital (in Arabic an alef) is, of its size
 * @typedef {{text: Text, share: number, height: number, to: number, verdict: "good" | "least" | "too-small" | "near"}} Legibility
 *   `share` of the height of the picture, `height` on the wall, `to` which distance it is read; "near" is meant for the near seats alone
 * @typedef {{sizes: Sizes, next: "column" | "line", rows: number, flags: boolean}} Layout
 */

/** Visual angles in minutes of arc: below the first nothing should be, from the second on reading is easy (ISO 9241, FAA). */
export const LEAST = 16;
export const GOOD = 22;

/** How high a capital of Noto Sans is, of its size. */
const CAPITAL = 0.714;

/** The digits, of the height of any picture, by the style sheet: where captions take room they are smallest. */
const DIGITS = 51;
const DIGITS_BESIDE_CAPTIONS = 49.2;

/** The size of texts by which nothing is decided: title, time of day, second lines. */
const SMALL = 3.4;

/** By how much the longest names are set smaller, on three lines. */
export const LONGEST = 0.44;

/** Sizes where nothing is known of the room, and the largest that the picture has room for. @type {Record<string, Sizes>} */
const USUAL = { column: { name: 10.4, state: 8.4, next: 5.6, foot: 4.4 }, line: { name: 10.4, state: 8.4, next: 4.4, foot: 4.4 } };
/** @type {Record<string, Sizes>} */
const LARGEST = { column: { name: 12.4, state: 10.4, next: 7.4, foot: 6.6 }, line: { name: 10.4, state: 9.9, next: 10, foot: 6.6 } };
/** @type {Sizes} */
const BESIDE_CAPTIONS = { name: 7.6, state: 5.4, next: 4, foot: 4 };

/** A near room reads more names, set smaller than usual, but no smaller than this. */
const SMALLEST_NEXT = 4.4;

/** A column is so high, and a name of it takes two lines and the space around them. */
const COLUMN = 70;
const LINES = 2.16;
const AROUND = 4.4;
const MOST_ROWS = 5;

/** Beyond this size the room of the flags goes to the names. */
const LAST_WITH_FLAGS = 6;

/** How high something must be to be seen under so many minutes of arc. */
export function heightFor(/** @type {number} */ minutes, /** @type {number} */ distance) {
  return 2 * distance * Math.tan((minutes / 120 / 180) * Math.PI);
}

/** How far off something of this height is seen under so many minutes of arc. */
export function distanceFor(/** @type {number} */ minutes, /** @type {number} */ height) {
  return height / (2 * Math.tan((minutes / 120 / 180) * Math.PI));
}

/** A unit as a share of the height of a picture of this shape: as `--u` of the style sheet. */
export function unitOf(/** @type {number} */ width, /** @type {number} */ high) {
  const shape = width / high;
  return Math.min(1, shape * (shape < 1.5 ? 0.62 : 0.5625)) / 100;
}

/** How the picture is set for a room. @param {Room} room @returns {Layout} */
export function layoutFor(room) {
  const { depth, height, width, high, captions, letter = CAPITAL } = room;
  if (captions) return { sizes: BESIDE_CAPTIONS, next: "line", rows: 1, flags: false };
  const square = width / high < 1.5;
  if (depth === null || height === null) {
    return square ? line(USUAL.line, 2) : { sizes: USUAL.column, next: "column", rows: rowsOf(USUAL.column.next), flags: true };
  }
  const sizeFor = (/** @type {number} */ minutes) => heightFor(minutes, depth) / height / unitOf(width, high) / letter;
  const good = sizeFor(GOOD);
  const least = sizeFor(LEAST);
  const way = square || least > LARGEST.column.next ? "line" : "column";
  const usual = USUAL[way];
  const most = LARGEST[way];
  const sizes = {
    name: between(usual.name, good, most.name),
    state: between(usual.state, good, most.state),
    next: between(SMALLEST_NEXT, good, most.next),
    foot: between(usual.foot, least, most.foot),
  };
  if (way === "line") return line(sizes, sizes.next > LAST_WITH_FLAGS ? 1 : 2);
  return { sizes, next: way, rows: rowsOf(sizes.next), flags: sizes.next <= LAST_WITH_FLAGS };
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

/** The highest picture that anybody may name. */
export const MOST_HEIGHT = 30;

/** @param {Sizes} sizes @param {number} rows @returns {Layout} */
function line(sizes, rows) {
  return { sizes, next: "line", rows, flags: false };
}

function rowsOf(/** @type {number} */ size) {
  return Math.min(MOST_ROWS, Math.floor(COLUMN / (LINES * size + AROUND)));
}

/** @param {Text} text @param {number} tall @param {number} depth @returns {Legibility["verdict"]} */
function verdict(text, tall, depth) {
  if (tall >= heightFor(GOOD, depth)) return "good";
  if (tall >= heightFor(LEAST, depth)) return "least";
  return text === "foot" || text === "small" || text === "long-name" ? "near" : "too-small";
}

function between(/** @type {number} */ least, /** @type {number} */ wanted, /** @type {number} */ most) {
  return Math.round(Math.min(most, Math.max(least, wanted)) * 100) / 100;
}
