// @ts-check
/** The keys of the chair's screen. They act only where no control uses them, and every one of them is shown. */

import { html } from "../../vendor/lit.js";
import { t } from "../i18n.js";
import { printPaper } from "../print.js";
import { POINT_OF_ORDER } from "./next.js";
import { chosenRuling, RULINGS, unruledPoint } from "./point.js";
import { openOrder } from "./order.js";
import { openRules } from "./rules.js";

/** @typedef {import("./ui.js").Scene} Scene */

/** Where letters are typed, no letter is a command. */
const TYPED = "input:not([type=radio], [type=checkbox]), select, textarea, [contenteditable]";

/** What uses the space bar itself. */
const PRESSED = "button, a, summary, [role=option], input";

const HALF_MINUTE = 30_000;

/** Listens to the keys; `scene` tells what is on the screen at the time. @param {() => Scene | null} scene */
export function listenToKeys(scene) {
  document.addEventListener("keydown", (event) => {
    const now = scene();
    if (!now || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat)
      return;
    const target = /** @type {Element} */ (event.target);
    if (target.closest(TYPED)) return;
    const key = keyOf(event);
    // A point of order goes before whatever lies over the screen.
    if ((now.ui.sheet || now.ui.menu) && !(key === "o" && now.view.points.waiting.length > 0)) return;
    if (key === " " && target.closest(PRESSED)) return;
    if (!now.ui.keys && key !== "?") return;
    const act = actOf(key, now);
    if (!act) return;
    event.preventDefault();
    act();
  });
}

/** The row of keys at the foot; those that would do nothing now are fainter, never gone. */
export function keysFooter(/** @type {Scene} */ scene) {
  const { ui, view, acts, reading, directs } = scene;
  const floor = view.floor !== null;
  /** @type {[string, string, boolean][]} */
  const keys = directs
    ? [
        ["N", t("Next action"), scene.next.fields !== null],
        ["O", t("Point of order"), view.points.waiting.length > 0],
        [t("Space"), floor && reading.deadline === null ? t("Start") : t("Pause"), floor],
        ["E", t("End"), floor],
        ["+", t("30 seconds more"), floor],
        ["A", t("Add a request"), mayAdd(view)],
        ["↑↓", t("Move the entry"), ui.current !== null],
        ["V", t("Propose an order"), view.list.length > 1],
        ["R", t("Limits"), view.segment !== null],
        ["P", t("Programme"), true],
        ["U", t("Undo"), acts.toast?.undo != null],
      ]
    : [
        ["A", t("Add a request"), mayAdd(view)],
        ["Q", t("Questions to the panel"), view.segment !== null],
        ["P", t("Programme"), true],
        ["U", t("Undo"), acts.toast?.undo != null],
      ];
  return html`<footer class="keys" aria-label=${t("Keys")}>
    ${
      ui.keys
        ? keys.map(([key, words, useful]) => html`<span class=${useful ? "" : "off"}><kbd>${key}</kbd>${words}</span>`)
        : html`<span>${t("Single keys are switched off")}</span>`
    }
    <button type="button" class="all" aria-haspopup="dialog" @click=${() => ui.open("keys")}><kbd>?</kbd>${t("All keys")}</button>
  </footer>`;
}

/** Whether there is a list that somebody could be put on. */
export function mayAdd(/** @type {Scene["view"]} */ { segment, dialogue }) {
  return segment !== null && dialogue.phase !== "closed";
}

/** The key as it is named on the screen, on keyboards of any script. */
function keyOf(/** @type {KeyboardEvent} */ { key, code }) {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  if (key === "؟") return "?";
  if (key === "=" || key === "Add") return "+";
  if (key.length === 1 && code.startsWith("Key") && !/[?+ ]/.test(key)) return code.slice(3).toLowerCase();
  return key;
}

/** @param {string} key @param {Scene} scene @returns {(() => unknown) | null} */
function actOf(key, scene) {
  const { page, ui, acts, next, view, reading, directs, me } = scene;
  const [point] = view.points.waiting;
  const ruled = view.floor?.kind === POINT_OF_ORDER ? view.floor.id : unruledPoint(view)?.id;
  const anyone = {
    "?": () => ui.open("keys"),
    p: () => ui.open("programme"),
    l: () => printPaper(page.boot.urls.paper),
    u: () => acts.undo(),
    a: mayAdd(view) && (() => ui.open("add")),
    q: view.segment !== null && (() => ui.open("questions")),
  };
  const chair = {
    n: () => acts.takeNext(next, chosenRuling(scene)),
    o: point && (() => giveToPoint(scene, point)),
    ...Object.fromEntries(RULINGS.map((ruling, at) => [String(at + 1), ruled && (() => ui.rule(ruled, { ruling }))])),
    v: view.segment !== null && (() => openOrder(scene)),
    r: view.segment !== null && (() => openRules(scene)),
    c: view.list.open && (() => ui.open("closing")),
    t: view.floor && (() => ui.open("total")),
    d: () => ui.open("display"),
    g: view.gavel !== me && (() => acts.takeGavel()),
    " ": view.floor && (() => acts.setClock(reading.deadline === null)),
    e: view.floor && (() => acts.end("concluded")),
    "+": view.floor && (() => acts.extend(HALF_MINUTE)),
  };
  const all = /** @type {Record<string, (() => unknown) | false | null>} */ (directs ? { ...anyone, ...chair } : anyone);
  return all[key] || null;
}

/** @param {Scene} scene @param {import("./next.js").BureauEntry} point */
function giveToPoint({ ui, acts }, point) {
  if (ui.sheet) ui.open(null);
  if (ui.menu) ui.openMenu(null);
  return acts.giveTo(point);
}
