// @ts-check
/** Sets words as large as the room for them lets them be, and no smaller than they are read from a metre. */

/** Sizes in hundredths of the height, from large to small: on seven inches the last is read at a metre under sixteen minutes of arc. */
const SIZES = [14, 12, 10.5, 9.2, 8.2, 7.4];

/** @param {Element | null} words whose style sheet sets them by `--size` */
export function fitWords(words) {
  if (!(words instanceof HTMLElement)) return;
  const room = /** @type {HTMLElement} */ (words.parentElement?.matches("main") ? words : words.parentElement);
  for (const size of SIZES) {
    words.style.setProperty("--size", String(size));
    if (room.scrollHeight <= room.clientHeight + 1 && words.scrollWidth <= words.clientWidth + 1) return;
  }
}
