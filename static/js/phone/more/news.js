// @ts-check
/** What a phone tells beside its screen: new limits, the last call, what has become of a request. */

import { html, nothing } from "../../../vendor/lit.js";
import { closesAt, mss } from "../../clock.js";
import { t } from "../../i18n.js";
import { say } from "../../page.js";
import { fill, num } from "../../parts.js";
import { byWhom, turnWords } from "../../said.js";
import { shape } from "../../shapes.js";
import { isSlowedDown, slowedUntil } from "../../slow-down.js";
import { limitFor, ownCapacity } from "../place.js";
import { Changes } from "./changes.js";

/** @typedef {import("../../page.js").Page} Page */
/** @typedef {import("../screens.js").Frame} Frame */
/** @typedef {import("../../store.js").OwnRequest} OwnRequest */

const changes = new Changes();

/** What was said and shaken for already. */
const told = { slow: /** @type {number | null} */ (null), note: /** @type {string | null} */ (null), limits: 0, call: 0 };

/** What is new and not seen yet; the limits of later speakers are nothing for who has the floor. */
export function news(/** @type {Frame} */ { page, intent, actions, situation }) {
  if (intent.about !== null) return nothing;
  const again = () => actions.intend({});
  const found = changes.follow(page.store.own);
  const limits = situation.screen === "floor" || situation.screen === "thanked" ? nothing : announced(page, again);
  return html`${limits} ${found.map((change) => notice(changeWords(page, change), () => {
    changes.seen(change.id);
    again();
  }, change.what === "reinstated" ? "open" : "warning"))}`;
}

/** New limits, until they are seen. @param {Page} page @param {() => void} again */
function announced(page, again) {
  const { store, programme, boot } = page;
  const { segment = null } = store.view ?? {};
  if (!segment?.announced) return nothing;
  const { at, by } = segment.announced;
  const key = `seen-limits-${boot.dialogue}-${segment.id}`;
  if (Number(kept(key)) >= at) return nothing;
  const limit = limitFor(store, ownCapacity(store.own));
  const group = "group" in (store.own?.capacities ?? {}) ? limitFor(store, "group") : null;
  const words = html`
    <strong>${fill(t("From the next speaker on: {limit}"), { limit: mss(limit) })}</strong>
    ${group !== null && group !== limit ? html`<p>${fill(t("On behalf of a group: {limit}"), { limit: mss(group) })}</p>` : nothing}
    <p>${fill(byWhom(by), { time: num(programme.timeOfDay(at)) })}</p>
  `;
  return notice(words, () => {
    keep(key, String(at));
    again();
  }, "open");
}

/** Where the limit comes from, once it was announced. */
export function announcedLabel(/** @type {Page} */ { store, programme }) {
  const { announced = null } = store.view?.segment ?? {};
  return announced ? html`${fill(byWhom(announced.by), { time: num(programme.timeOfDay(announced.at)) })} ` : nothing;
}

/** The list closes at a time: until when, and how long that is. */
export function lastCall(/** @type {Frame} */ { page, now }) {
  const at = closesAt(page.store.view);
  if (at === null) return nothing;
  const left = Math.max(0, at - now);
  return html`<p class="last-call" data-state="warning">${shape("triangle")}<span><strong>${t("Last call")}</strong>
    ${fill(t("The list closes at {time}, in {left}."), { time: page.programme.timeOfDay(at), left: mss(left) })}</span></p>`;
}

/** What else there is to say of an own place: what it is for, that nobody else sees it, that it was carried over. @param {Frame} frame @param {OwnRequest | null} request */
export function aboutPlace({ page }, request) {
  const { view } = page.store;
  const kind = request ? turnWords(page.programme, request) : "";
  const carried = request?.asked_at !== undefined && view?.segment && request.asked_at < view.segment.begun_at;
  return html`
    ${kind ? html`<p class="note">${kind}</p>` : nothing}
    ${carried ? html`<p class="note">${t("Carried over from the last part of the programme: you need not ask again.")}</p>` : nothing}
    ${view?.list.hidden ? html`<p class="note">${t("The chair does not show the list at the moment. You see your own place.")}</p>` : nothing}
  `;
}

/** When something of this changes by time alone. @param {import("../../store.js").Store} store */
export function changesAt(store) {
  return slowedUntil(store.own?.turn);
}

/** Says, and shakes once for, what came while nobody looked. @param {Page} page @param {number} now */
export function cues(page, now) {
  const { own, view } = page.store;
  const turn = own?.turn ?? null;
  if (isSlowedDown(turn, now) && turn && turn.slow_down !== told.slow) {
    told.slow = turn.slow_down;
    cue(t("Please slow down"), [300]);
  }
  const note = page.texts.of(turn?.note) ?? null;
  if (note !== told.note) {
    told.note = note;
    if (note) cue(t("From the chair: {words}", { words: note }), [100]);
  }
  const limits = view?.segment?.announced?.at ?? 0;
  if (limits > told.limits) {
    if (told.limits || now - limits < RECENT) cue(t("From the next speaker on: {limit}", { limit: mss(limitFor(page.store, ownCapacity(own))) }), [100]);
    told.limits = limits;
  }
  const call = closesAt(view) ?? 0;
  if (call !== told.call) {
    told.call = call;
    if (call > now) cue(t("Last call. The list closes at {time}.", { time: page.programme.timeOfDay(call) }), [200, 100, 200]);
  }
}

/** What was announced longer ago than this is shown, but not said when a page is opened. */
const RECENT = 30_000;

/** @param {string} words @param {number[]} pattern */
function cue(words, pattern) {
  say(words);
  // Browsers complain of shaking before the first touch of the page.
  if (navigator.userActivation?.hasBeenActive !== false) navigator.vibrate?.(pattern);
}

/** @param {unknown} words @param {() => void} seen @param {string} state */
function notice(words, seen, state) {
  return html`<section class="notice seen" data-state=${state}>
    ${shape(state === "open" ? "ring" : "triangle")}
    <div>${words}</div>
    <button type="button" class="button" @click=${seen}>${t("Seen")}</button>
  </section>`;
}

/** @param {Page} page @param {import("./changes.js").Change} change */
function changeWords({ programme }, { what, segment }) {
  switch (what) {
    case "reinstated":
      return html`<strong>${t("You are back on the list")}</strong><p>${t("The chair has put your request back.")}</p>`;
    case "not-present":
      return html`<strong>${t("You were called and were not present")}</strong><p>${t("Your request is off the list. You may ask again, or speak to the chair.")}</p>`;
    case "not-reached":
      return html`<strong>${t("You were not reached")}</strong><p>${t("“{title}” has ended before your turn came. The record says so.", { title: programme.segment(segment)?.title ?? "" })}</p>`;
    default:
      return html`<strong>${t("Your request was withdrawn")}</strong><p>${t("It was taken off the list by another device of your delegation, or by the secretariat.")}</p>`;
  }
}

/** @param {string} key */
function kept(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return memory.get(key) ?? null;
  }
}

/** @param {string} key @param {string} value */
function keep(key, value) {
  memory.set(key, value);
  try {
    localStorage.setItem(key, value);
  } catch {
    // A browser that keeps nothing remembers it for this page.
  }
}

/** @type {Map<string, string>} */
const memory = new Map();
