// @ts-check
/** How a picture is set for its room: how large each text is, and how many names. Lengths are metres, sizes are units. */

/**
 * A unit is 1 % of the height of a picture of 16:9. `next` says whether the next speakers stand in a column beside the clock or in
 * a line below it; `rows` is how many of them are named at most.
 * @typedef {{name: number, state: number, next: number, foot: number}} Sizes
 * @typedef {{depth: number | null, height: number | null, width: number, high: number, captions: boolean, letter?: number}} Room
 *   `depth` from the picture to the last row and `height` of the picture, null when not told; `width` and `high` of the picture in
 *   pixels; `letter` is how high a capital (in Arabic an alef) is, of its size
 * @typedef {{sizes: Sizes, next: "column" | "line", rows: number, flags: boolean}} Layout
 */

/** The highest picture that anybody may name, in metres. */
export const MOST_HEIGHT = 30;

/** Visual angles in minutes of arc: below the first nothing should be, from the second on reading is easy (ISO 9241, FAA). */
export const LEAST = 16;
export const GOOD = 22;

/** How high a capital of Noto Sans is, of its size. */
export const CAPITAL = 0.714;

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

/** @param {Sizes} sizes @param {number} rows @returns {Layout} */
function line(sizes, rows) {
  return { sizes, next: "line", rows, flags: false };
}

function rowsOf(/** @type {number} */ size) {
  return Math.min(MOST_ROWS, Math.floor(COLUMN / (LINES * size + AROUND)));
}

function between(/** @type {number} */ least, /** @type {number} */ wanted, /** @type {number} */ most) {
  return Math.round(Math.min(most, Math.max(least, wanted)) * 100) / 100;
}
