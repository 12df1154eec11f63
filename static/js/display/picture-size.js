// @ts-check
/** What the picture is like on this device: its shape, and how high its letters are. */

/** @typedef {import("./settings.js").Settings} Settings */

/** The size at which letters are measured; any would do. */
const SIZE = 200;

/** @type {number | undefined} */
let letter;

/** The settings, together with the picture they are for. @param {Settings} settings @param {number} [letter] @returns {import("./room.js").Room} */
export function roomOf({ depth, height, captions }, letter) {
  return { depth, height, captions, width: innerWidth, high: innerHeight, letter };
}

/** How high a capital is of its size, in Arabic an alef; undefined where that cannot be measured. */
export function letterHeight() {
  return (letter ??= measured());
}

/** Measures anew: other letters have come. */
export function forgetLetters() {
  letter = undefined;
}

function measured() {
  const pen = document.createElement("canvas").getContext("2d");
  if (!pen) return undefined;
  pen.font = `700 ${SIZE}px ${getComputedStyle(document.body).fontFamily}`;
  const high = pen.measureText(document.documentElement.lang === "ar" ? "ا" : "H").actualBoundingBoxAscent / SIZE;
  return high > 0.4 && high < 1 ? high : undefined;
}
