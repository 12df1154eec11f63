// @ts-check
/** The menu of an entry or of the one who has the floor: what is done more rarely than with one press. */

import { html, nothing, ref } from "../../vendor/lit.js";
import { mss } from "../clock.js";
import { t } from "../i18n.js";
import { kindWord, minutesWord } from "./words.js";

/** @typedef {import("./ui.js").Scene} Scene */
/** @typedef {{words: string, act: () => unknown, possible?: boolean}} Item */

/** Between the menu and the control it belongs to, and between it and the edge of the window. */
const GAP = 4;

/** The one menu of the page; empty and unseen until something opens it. */
export function menu(/** @type {Scene} */ scene) {
  const { ui } = scene;
  const content = ui.menu && contentOf(scene, ui.menu);
  return html`<div
    class="menu"
    popover="auto"
    role=${content ? "menu" : nothing}
    aria-label=${content ? content.label : nothing}
    @toggle=${(/** @type {ToggleEvent} */ event) => event.newState === "closed" && ui.menu && ui.openMenu(null)}
    @keydown=${moveFocus}
    ${ref((/** @type {Element | undefined} */ element) => show(element, content !== null, ui.anchor))}
  >
    ${
      content
        ? html`<p role="presentation"><strong>${content.label}</strong>${content.details}</p>
            ${content.items.map((item) => button(item, ui))}`
        : nothing
    }
  </div>`;
}

/**
 * @param {Scene} scene @param {import("./ui.js").Menu} chosen @returns {{label: string, details: string, items: Item[]} | null}
 */
function contentOf(scene, chosen) {
  return chosen.of === "floor" ? ofFloor(scene) : ofEntry(scene, chosen.id);
}

/** @param {Scene} scene */
function ofFloor({ view, programme, acts, ui }) {
  const { floor } = view;
  if (!floor) return null;
  return {
    label: programme.voice(floor).name,
    details: t("Limit {limit}", { limit: mss(floor.allowance) }),
    items: [
      { words: t("Set the limit"), act: () => ui.open("total") },
      { words: t("Return to the list"), act: () => acts.returnToList(), possible: floor.delegation !== null },
      { words: t("Not present"), act: () => acts.notPresent(floor) },
      { words: t("Withdraw the floor"), act: () => acts.end("withdrawn-by-chair") },
    ],
  };
}

/** @param {Scene} scene @param {string} id */
function ofEntry({ view, programme, acts, now, directs }, id) {
  const { entries } = view.list;
  const place = entries.findIndex((entry) => entry.id === id);
  if (place === -1) return null;
  const entry = entries[place];
  const { name } = programme.voice(entry);
  const details = [
    kindWord(programme.delegation(entry.delegation).category),
    t("number {n}", { n: entry.number }),
    t("waits {time}", { time: minutesWord(Math.max(0, Math.floor((now - entry.asked_at) / 60_000))) }),
    t("limit {limit}", { limit: mss(entry.limit) }),
    entry.by_bureau ? t("added by the bureau") : "",
  ];
  const withdraw = { words: t("Withdraw at its word"), act: () => acts.withdraw(entry) };
  const items = [
    { words: t("Give the floor now"), act: () => acts.giveTo(entry), possible: view.dialogue.phase === "open" },
    { words: t("Move up"), act: () => acts.move(entry, place - 1), possible: place > 0 },
    { words: t("Move down"), act: () => acts.move(entry, place + 1), possible: place < entries.length - 1 },
    { words: t("To the top"), act: () => acts.move(entry, 0), possible: place > 0 },
    { words: t("To the end"), act: () => acts.move(entry, entries.length - 1), possible: place < entries.length - 1 },
    { words: t("Not present"), act: () => acts.notPresent(entry) },
    withdraw,
  ];
  return { label: name, details: details.filter(Boolean).join(" · "), items: directs ? items : [withdraw] };
}

/** @param {Item} item @param {Scene["ui"]} ui */
function button({ words, act, possible = true }, ui) {
  return html`<button
    type="button"
    role="menuitem"
    tabindex="-1"
    aria-disabled=${possible ? nothing : "true"}
    @click=${() => {
      if (!possible) return;
      ui.openMenu(null);
      act();
    }}
  >
    ${words}
  </button>`;
}

/**
 * Brings what is seen in line with what is open.
 * @param {Element | undefined} element @param {boolean} open @param {Element | null} anchor
 */
function show(element, open, anchor) {
  if (!(element instanceof HTMLElement) || !element.isConnected) return;
  const seen = element.matches(":popover-open");
  if (open && !seen) {
    element.showPopover();
    // The items are drawn right after this: place and focus once they have their size.
    queueMicrotask(() => {
      placeBeside(element, anchor);
      /** @type {HTMLElement | null} */ (element.querySelector("button"))?.focus();
    });
  } else if (!open && seen) {
    element.hidePopover();
  }
}

/** @param {HTMLElement} element @param {Element | null} anchor */
function placeBeside(element, anchor) {
  const around = anchor?.getBoundingClientRect();
  if (!around) return;
  const { width, height } = element.getBoundingClientRect();
  const below = around.bottom + GAP;
  const top = below + height <= innerHeight ? below : Math.max(GAP, around.top - GAP - height);
  const rightToLeft = document.documentElement.dir === "rtl";
  const start = rightToLeft ? innerWidth - around.right : around.left;
  const room = innerWidth - width - GAP;
  const alignedToEnd = start + around.width - width;
  element.style.setProperty("inset-block-start", `${Math.min(top, Math.max(GAP, innerHeight - height - GAP))}px`);
  element.style.setProperty("inset-inline-start", `${Math.min(room, Math.max(GAP, alignedToEnd))}px`);
}

/** Arrows go round the items, Tab leaves. */
function moveFocus(/** @type {KeyboardEvent} */ event) {
  const element = /** @type {HTMLElement} */ (event.currentTarget);
  const items = [...element.querySelectorAll("button")];
  const at = items.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (event.key === "Tab") element.hidePopover();
  if (to === undefined) return;
  event.preventDefault();
  items.at(to % items.length)?.focus();
}
