// @ts-check
/** The shapes that say a state without colour, and the icons of the controls: drawn in the ink of their place. */

import { html } from "../vendor/lit.js";

const SHAPES = {
  disc: "M12 1.5a10.5 10.5 0 1 1 0 21 10.5 10.5 0 0 1 0-21z",
  ring: "M12 1.5a10.5 10.5 0 1 1 0 21 10.5 10.5 0 0 1 0-21zM12 5.7a6.3 6.3 0 1 0 0 12.6 6.3 6.3 0 0 0 0-12.6z",
  triangle: "M12 1.5 23.5 22H.5z",
  square: "M2 2h20v20H2z",
  squareCross: "M1 1h22v22H1zM10.2 5.5v4.7H5.5v3.6h4.7v4.7h3.6v-4.7h4.7v-3.6h-4.7V5.5z",
  bars: "M3.5 2H10v20H3.5zM14 2h6.5v20H14z",
  diamond: "M12 .5 23.5 12 12 23.5.5 12z",
  pointer: "M4 1.5 22 12 4 22.5z",
  dash: "M1.5 9.5h21v5h-21z",
  steps: "M1.5 3h5.4v18H1.5zM9.3 9h5.4v12H9.3zM17.1 15h5.4v6h-5.4z",
  brokenRing:
    "M3.7 5.3A10.5 10.5 0 0 1 10 1.7l.7 4.1a6.4 6.4 0 0 0-3.8 2.1zM14 1.7a10.5 10.5 0 0 1 6.3 3.6l-3.2 2.6a6.4 6.4 0 0 0-3.8-2.1z" +
    "M22.5 11.2a10.5 10.5 0 0 1-2.5 7.2l-3.1-2.7a6.4 6.4 0 0 0 1.5-4.3zM16.5 21.5a10.5 10.5 0 0 1-7.3.6l1.3-3.9a6.4 6.4 0 0 0 4.3-.4z" +
    "M5.3 20.1a10.5 10.5 0 0 1-3.8-7.1l4.1-.4a6.4 6.4 0 0 0 2.3 4.3z",
};

const ICONS = {
  up: "m6 15 6-6 6 6",
  down: "m6 9 6 6 6-6",
  forward: "m9 6 6 6-6 6",
  check: "m4 12.5 5.5 5.5L20 6.5",
  close: "M6 6l12 12M18 6 6 18",
  plus: "M12 5v14M5 12h14",
  undo: "M8 5 4 9l4 4M4 9h10a6 6 0 0 1 0 12h-3",
  order: "M4 7h12M4 12h8M4 17h5M18 9v10M15 16l3 3 3-3",
  note: "M6 3h9l4 4v14H6zM9 11h7M9 15h7",
  speech: "M4 5h16v11H11l-4 4v-4H4z",
  pen: "M4 20h4L20 8l-4-4L4 16z",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  gavel: "m13 4 6.5 6.5M15.5 2 21 7.5M8.5 8 14 13.5M10.5 5.5l8 8M11.5 11 4 18.5l1.8 1.8L13.3 12.8M13 21h8",
  printer: "M7 8V3h10v5M7 17H4V8h16v9h-3M7 14h10v7H7z",
  globe: "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18",
};

/** The shape of each state of the clock and of the connection. */
export const SHAPE_OF = {
  ready: "pointer",
  next: "pointer",
  speaking: "disc",
  warning: "triangle",
  time: "square",
  overtime: "squareCross",
  paused: "bars",
  ended: "dash",
  order: "diamond",
  open: "ring",
  closed: "dash",
  lost: "brokenRing",
};

/** Drawings that point the way of reading, and so the other way in Arabic. */
const TURNS = new Set(["pointer", "forward", "undo", "steps"]);

/** A filled shape that stands before the word of a state. */
export function shape(/** @type {keyof typeof SHAPES} */ name) {
  return html`<svg class="shape ${TURNS.has(name) ? "turns" : ""}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path fill-rule="evenodd" d=${SHAPES[name]} />
  </svg>`;
}

/** The shape that belongs to a state. */
export function shapeOf(/** @type {string} */ state) {
  const name = SHAPE_OF[/** @type {keyof typeof SHAPE_OF} */ (state)] ?? "dash";
  return shape(/** @type {keyof typeof SHAPES} */ (name));
}

/** A line drawing inside a control. Three dots are drawn by their ends, so they take a wider stroke. */
export function icon(/** @type {keyof typeof ICONS} */ name) {
  return html`<svg class="icon ${TURNS.has(name) ? "turns" : ""}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d=${ICONS[name]} stroke-width=${name === "more" ? 3 : 1.75} />
  </svg>`;
}
