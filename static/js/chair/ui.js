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
 *            reading: import("../clock.js").Reading, expected: import("./forecast.js").Forecast, fairness: import("./balance.js").Fairness | null,
 *            next: import("./next.js").Next, acts: import("./acts.js").Acts, told: import("./told.js").Told, ui: Ui,
 *            me: string, directs: boolean, date: string}} Scene
 *   `me` is the seat as the gavel names it; `directs` is whether it may do more than add and withdraw
 * @typedef {"keys" | "programme" | "add" | "total" | "display" | "closing" | "place" | "rules" | "order" | "questions" | "note" |
 *           "speaker"} Sheet
 * @typedef {{of: "floor"} | {of: "list"} | {of: "pause"} | {of: "entry", id: string} | {of: "not-heard", id: string}} Menu
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
  adding = nothingAdded();
  /** What the open sheet is about: an entry, a turn. @type {string | null} */
  about = null;
  /** What is typed or chosen in the open sheet, by field. @type {Record<string, any>} */
  draft = {};
  /** The ruling that is chosen for the point of order that has the floor. @type {{of: string, ruling: string, words: string}} */
  ruled = { of: "", ruling: "noted", words: "" };
  /** What must not be missed, whatever lies over the screen. */
  alert = "";
  /** The entry that is dragged, and the place (from 0) where it would be let go. @type {{id: string, place: number} | null} */
  dragging = null;
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

  /** @param {Sheet | null} sheet @param {string | null} [about] @param {Record<string, any>} [draft] what its fields hold at first */
  open(sheet, about = null, draft = {}) {
    this.sheet = sheet;
    this.about = about;
    this.draft = draft;
    this.menu = null;
    this.adding = nothingAdded();
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

  /** Changes what is typed or chosen in the open sheet. @param {Record<string, any>} change */
  put(change) {
    Object.assign(this.draft, change);
    this.problem = "";
    this.#redraw();
  }

  /** Says what is wrong with what was typed. @param {string} problem */
  complain(problem) {
    this.problem = problem;
    this.#redraw();
  }

  /** The ruling that is chosen for a point of order: noted, until another is. @param {string} point */
  rulingOf(point) {
    if (this.ruled.of !== point) this.ruled = { of: point, ruling: "noted", words: "" };
    return this.ruled;
  }

  /** @param {string} point @param {{ruling?: string, words?: string}} change */
  rule(point, change) {
    Object.assign(this.rulingOf(point), change);
    this.#redraw();
  }

  /** @param {{id: string, place: number} | null} dragging */
  drag(dragging) {
    if (dragging?.id === this.dragging?.id && dragging?.place === this.dragging?.place) return;
    this.dragging = dragging;
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

function nothingAdded() {
  return { typed: "", chosen: NONE, group: "", also: false, kind: "statement", to: "", statement: "", problem: "" };
}
