// @ts-check
/** What is open on this screen and where somebody stands in it: nothing that the server knows. */

/** No one of those found is chosen. */
export const NONE = -1;

/** Whether single keys act; people who dictate switch them off. */
const KEYS = "chair-keys";

/**
 * Everything that one drawing of the screen goes by.
 * @typedef {{page: import("../page.js").Page, view: import("./next.js").BureauView,
 *            programme: import("../programme.js").Programme, now: number,
 *            reading: import("../clock.js").Reading, expected: import("./forecast.js").Forecast,
 *            next: import("./next.js").Next, acts: import("./acts.js").Acts, ui: Ui,
 *            me: string, directs: boolean, date: string}} Scene
 *   `me` is the seat as the gavel names it; `directs` is whether it may do more than add and withdraw
 * @typedef {"keys" | "programme" | "add" | "total" | "display"} Sheet
 * @typedef {{of: "floor"} | {of: "entry", id: string}} Menu
 */

export class Ui {
  /** @type {Sheet | null} */
  sheet = null;
  /** @type {Menu | null} */
  menu = null;
  /** The control that opened the menu: it is placed there. @type {Element | null} */
  anchor = null;
  /** The entry that has the focus; only its buttons are stops of the tab key. @type {string | null} */
  current = null;
  /** What is typed in the sheet "Add a request", and which of those found is chosen: none before a letter or an arrow. */
  adding = { typed: "", chosen: NONE, group: "", problem: "" };
  /** The message for the displays as it is typed; null while it is as it is shown. @type {string | null} */
  message = null;
  /** What is wrong with what was typed. */
  problem = "";
  /** How many wait at the door to be let in. */
  waitingAtDoor = 0;

  #keys = readKeys();
  #redraw;

  /** @param {() => void} redraw */
  constructor(redraw) {
    this.#redraw = redraw;
  }

  get keys() {
    return this.#keys;
  }

  set keys(on) {
    this.#keys = on;
    try {
      localStorage.setItem(KEYS, on ? "on" : "off");
    } catch {
      // A browser that keeps nothing still obeys on this page.
    }
    this.#redraw();
  }

  /** @param {Sheet | null} sheet */
  open(sheet) {
    this.sheet = sheet;
    this.menu = null;
    this.adding = { typed: "", chosen: NONE, group: "", problem: "" };
    this.message = null;
    this.problem = "";
    this.#redraw();
  }

  /** @param {Menu | null} menu @param {Element | null} [anchor] */
  openMenu(menu, anchor = null) {
    this.menu = menu;
    this.anchor = anchor;
    this.#redraw();
  }

  /** @param {string | null} entry */
  stand(entry) {
    if (this.current === entry) return;
    this.current = entry;
    this.#redraw();
  }
}

function readKeys() {
  try {
    return localStorage.getItem(KEYS) !== "off";
  } catch {
    return true;
  }
}
