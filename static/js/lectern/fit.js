// @ts-check
/** Sets words as large as the room for them lets them be, and no smaller than they are read from a metre. */

/** Sizes in hundredths of the height, from large to small: on seven inches the last is read at a metre under sixteen minutes of arc. */
const SIZES = [14, 12, 10.5, 9.4, 8.4, 7.6];

/** @param {Element | null} words whose style sheet sets them by `--size`, in a box that cuts what it has no room for */
export function fitWords(words) {
  const box = words?.parentElement;
  if (!(words instanceof HTMLElement) || !box) return;
  for (const size of SIZES) {
    words.style.setProperty("--size", String(size));
    if (words.offsetHeight <= box.clientHeight && words.scrollWidth <= words.clientWidth) return;
  }
}
