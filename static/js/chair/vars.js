// @ts-check
/** Figures that the style sheet draws with. Set as properties: a strict content policy allows no style attribute. */

import { ref } from "../../vendor/lit.js";

/** @param {Record<string, number>} values custom properties of the element it stands on */
export function vars(values) {
  return ref((/** @type {Element | undefined} */ element) => {
    if (!(element instanceof HTMLElement)) return;
    for (const [name, value] of Object.entries(values)) element.style.setProperty(name, String(Number(value.toFixed(4))));
  });
}
