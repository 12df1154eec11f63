// @ts-check
/** The menu of an entry or of the one who has the floor: what is done more rarely than with one press. */

import { html, nothing, ref } from "../../vendor/lit.js";
import { mss } from "../clock.js";
import { t } from "../i18n.js";
import { kindOfRequest } from "../kinds.js";
import { closeIn, IN_MINUTES, openList, setHidden } from "./closing.js";
import { openSpeaker } from "./entry-sheets.js";
import { openRules } from "./rules.js";
import { kindWord, minutesWord, pauseWord, speakerLine } from "./words.js";

/** @typedef {import("./ui.js").Scene} Scene */
/** @typedef {{words: string, act: () => unknown, possible?: boolean}} Item */

/** Between the menu and the control it belongs to, and between it and the edge of the window. */
const GAP = 4;

/** Why a clock is stopped, the commonest first. */
const PAUSES = ["interpretation", "document", "order", "other"];

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
  switch (chosen.of) {
    case "floor":
      return ofFloor(scene);
    case "pause":
      return ofPause(scene);
    case "list":
      return ofList(scene);
    default:
      return ofEntry(scene, chosen.id);
  }
}

/** @param {Scene} scene */
function ofFloor(scene) {
  const { view, programme, acts, ui } = scene;
  const { floor } = view;
  if (!floor) return null;
  return {
    label: programme.voice(floor).name,
    details: t("Limit {limit}", { limit: mss(floor.allowance) }),
    items: [
      { words: t("Set the limit"), act: () => ui.open("total") },
      ...pauses(scene),
      { words: t("A note to the speaker"), act: () => ui.open("note", floor.id) },
      { words: t("About the speaker"), act: () => openSpeaker(scene, floor, view.speaker?.details) },
      { words: t("Return to the list"), act: () => acts.returnToList(), possible: floor.delegation !== null },
      { words: t("Not present"), act: () => acts.notPresent(floor) },
      { words: t("Withdraw the floor"), act: () => acts.end("withdrawn-by-chair") },
    ],
  };
}

/** Why the clock is stopped: the hall is told. @param {Scene} scene */
function pauses({ acts }) {
  return PAUSES.map((reason) => ({ words: t("Pause: {why}", { why: pauseWord(reason) }), act: () => acts.setClock(false, reason) }));
}

/** @param {Scene} scene */
function ofPause(scene) {
  return scene.view.floor ? { label: t("Pause"), details: t("The hall is told why"), items: pauses(scene) } : null;
}

/** @param {Scene} scene */
function ofList(scene) {
  const { view, ui } = scene;
  const { open, hidden, closes_at } = view.list;
  const going = view.segment !== null;
  const closing = IN_MINUTES.map((minutes) => ({ words: t("Close in {n} minutes", { n: minutes }), act: () => closeIn(scene, minutes), possible: open }));
  return {
    label: t("List of speakers"),
    details: hidden ? t("hidden from the hall") : t("The hall sees it"),
    items: [
      ...closing,
      { words: t("Close at a time…"), act: () => ui.open("closing"), possible: open },
      { words: t("Close at no set time"), act: () => openList(scene), possible: Boolean(closes_at) },
      { words: hidden ? t("Show the list in the hall") : t("Hide the list from the hall"), act: () => setHidden(scene, !hidden), possible: going },
      { words: t("Questions to the panel"), act: () => ui.open("questions") },
      { words: t("Change the limits"), act: () => openRules(scene), possible: going },
    ],
  };
}

/** @param {Scene} scene @param {string} id */
function ofEntry(scene, id) {
  const { view, programme, acts, ui, page, now, directs } = scene;
  const entry = [...view.list.entries, ...view.replies, ...view.points.waiting].find((one) => one.id === id);
  if (!entry) return null;
  const line = acts.lineOf(entry);
  const place = line.indexOf(entry);
  const known = /** @type {import("./next.js").BureauEntry} */ (entry);
  const { name } = programme.voice(entry);
  const { lang } = page.boot;
  const details = [
    kindWord(programme.delegation(entry.delegation).category),
    entry.kind === "statement" ? "" : kindOfRequest(entry.kind),
    t("number {n}", { n: entry.number }),
    t("waits {time}", { time: minutesWord(Math.max(0, Math.floor((now - entry.asked_at) / 60_000))) }),
    t("limit {limit}", { limit: mss(entry.limit) }),
    known.private_limit ? t("has {limit} of its own", { limit: mss(known.private_limit) }) : "",
    entry.by_bureau ? t("added by the bureau") : "",
    speakerLine(known.details, page.texts, lang),
    known.details?.text ? t("text for interpreters is there") : "",
  ];
  const withdraw = { words: t("Withdraw at its word"), act: () => acts.withdraw(entry) };
  const about = { words: t("About the speaker"), act: () => openSpeaker(scene, entry, known.details) };
  const items = [
    { words: t("Give the floor now"), act: () => acts.giveTo(entry), possible: view.dialogue.phase === "open" },
    { words: t("Move up"), act: () => acts.move(entry, place - 1), possible: place > 0 },
    { words: t("Move down"), act: () => acts.move(entry, place + 1), possible: place < line.length - 1 },
    { words: t("To the top"), act: () => acts.move(entry, 0), possible: place > 0 },
    { words: t("To the end"), act: () => acts.move(entry, line.length - 1), possible: place < line.length - 1 },
    { words: t("To position…"), act: () => ui.open("place", entry.id), possible: line.length > 1 },
    about,
    { words: t("Not present"), act: () => acts.notPresent(entry) },
    withdraw,
  ];
  return { label: name, details: details.filter(Boolean).join(" · "), items: directs ? items : [about, withdraw] };
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
