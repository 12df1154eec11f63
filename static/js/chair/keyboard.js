// @ts-check
/** The keys of the chair's screen. They act only where no control uses them, and every one of them is shown. */

import { html } from "../../vendor/lit.js";
import { t } from "../i18n.js";
import { printPaper } from "../print.js";

/** @typedef {import("./ui.js").Scene} Scene */

/** Where letters are typed, no letter is a command. */
const TYPED = "input, select, textarea, [contenteditable]";

/** What uses the space bar itself. */
const PRESSED = "button, a, summary, [role=option]";

const HALF_MINUTE = 30_000;

/** Listens to the keys; `scene` tells what is on the screen at the time. @param {() => Scene | null} scene */
export function listenToKeys(scene) {
  document.addEventListener("keydown", (event) => {
    const now = scene();
    if (!now || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat)
      return;
    const target = /** @type {Element} */ (event.target);
    if (now.ui.sheet || now.ui.menu || target.closest(TYPED)) return;
    const key = keyOf(event);
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
        [t("Space"), floor && reading.deadline === null ? t("Start") : t("Pause"), floor],
        ["E", t("End"), floor],
        ["+", t("30 seconds more"), floor],
        ["A", t("Add a request"), mayAdd(view)],
        ["↑↓", t("Move the entry"), ui.current !== null],
        ["P", t("Programme"), true],
        ["D", t("Displays"), true],
        ["G", t("Take the gavel"), view.gavel !== scene.me],
        ["U", t("Undo"), acts.toast?.undo != null],
      ]
    : [
        ["A", t("Add a request"), mayAdd(view)],
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
function actOf(key, { page, ui, acts, next, view, reading, directs, me }) {
  const anyone = {
    "?": () => ui.open("keys"),
    p: () => ui.open("programme"),
    l: () => printPaper(page.boot.urls.paper),
    u: () => acts.undo(),
    a: mayAdd(view) && (() => ui.open("add")),
  };
  const chair = {
    n: () => acts.takeNext(next),
    d: () => ui.open("display"),
    g: view.gavel !== me && (() => acts.takeGavel()),
    " ": view.floor && (() => acts.setClock(reading.deadline === null)),
    e: view.floor && (() => acts.end("concluded")),
    "+": view.floor && (() => acts.extend(HALF_MINUTE)),
  };
  const all = /** @type {Record<string, (() => unknown) | false | null>} */ (directs ? { ...anyone, ...chair } : anyone);
  return all[key] || null;
}
