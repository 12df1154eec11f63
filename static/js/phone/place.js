// @ts-check
/** Where a delegation stands: its places on the list, when it will probably speak, and what its phone shows. */

import { clockState } from "../clock.js";

/** @typedef {import("../store.js").Store} Store */
/** @typedef {import("../store.js").View} View */
/** @typedef {import("../store.js").Own} Own */

/**
 * A place on the list, counted from 1; `request` is null until it is known which of the own requests it is.
 * @typedef {{place: number, request: Own["requests"][number] | null, limit: number}} Place
 *
 * @typedef {{screen: Screen, places: Place[], reading: import("../clock.js").Reading | null}} Situation
 * @typedef {"loading" | "refused" | "scheduled" | "between" | "suspended" | "over" | "floor" | "interrupted" | "thanked"
 *           | "next" | "waiting" | "ask" | "closed"} Screen
 */

/** Speakers use most of their time, not all of it; the chair's words and pauses take some more. */
const SOONEST = 0.8;
const LATEST = 1.15;

/** How long a delegation is thanked before its phone shows the meeting again. */
const THANKS = 10_000;

const DEFAULT_LIMIT = 180_000;

/** What the phone of `delegation` shows at `now`. @returns {Situation} */
export function situation(/** @type {Store} */ store, /** @type {string} */ delegation, /** @type {number} */ now) {
  const { view, own, refusal } = store;
  if (refusal) return { screen: "refused", places: [], reading: null };
  if (!view) return { screen: "loading", places: [], reading: null };
  const places = placesOf(view, own, delegation);
  return { screen: screenOf(view, delegation, places, now), places, reading: clockState(view, now) };
}

/**
 * When the screen changes by time alone: the end of the thanks; null when it does not.
 * @returns {number | null}
 */
export function thankedUntil(/** @type {View} */ view, /** @type {string} */ delegation) {
  return !view.floor && view.last?.delegation === delegation ? view.last.ended_at + THANKS : null;
}

/** The places of a delegation on the list, first first. @returns {Place[]} */
export function placesOf(/** @type {View} */ view, /** @type {Own | null} */ own, /** @type {string} */ delegation) {
  const { order, first, hidden } = view.list;
  const requests = own?.requests ?? [];
  if (hidden) {
    const known = requests.filter((request) => request.place !== undefined);
    return known.map((request) => ({ place: (request.place ?? 0) + 1, request, limit: ruledLimit(view, request.capacity) }));
  }
  const shown = new Set(first.map((entry) => entry.id));
  const further = requests.filter((request) => !shown.has(request.id));
  return order.flatMap((code, index) => {
    if (code !== delegation) return [];
    const entry = first[index];
    const request = merged(entry, requests) ?? further.shift() ?? null;
    return [{ place: index + 1, request, limit: entry?.limit ?? ruledLimit(view, request?.capacity) }];
  });
}

/** What all see of an entry and, beside it, what the delegation alone is told. @param {import("../store.js").Entry | undefined} entry @param {Own["requests"]} requests */
function merged(entry, requests) {
  return entry && { ...requests.find(({ id }) => id === entry.id), ...entry };
}

/**
 * Milliseconds until the one at `place` probably begins, as the server forecasts it: moved by what has passed since it held. Null
 * where nothing is forecast: outside a part of the programme. @param {View} view @param {number} place @param {number} now
 */
export function forecast(view, place, now) {
  const { next_at = null, slot = null, holds_until = null } = view.forecast ?? {};
  if (next_at === null || slot === null) return null;
  const moved = holds_until === null ? 0 : Math.max(0, now - holds_until);
  return Math.max(0, next_at + (place - 1) * slot + moved - now);
}

/** The span in which a forecast will probably fall, as instants. */
export function span(/** @type {number} */ wait, /** @type {number} */ now) {
  return { from: now + wait * SOONEST, until: now + wait * LATEST };
}

/** The capacity in which a delegation speaks for itself; its other capacity, where it has one, is "group". */
export function ownCapacity(/** @type {Own | null} */ own) {
  return Object.keys(own?.capacities ?? {}).find((capacity) => capacity !== "group") ?? "national";
}

/**
 * The limit that the delegation would have now. What was fetched with another segment says nothing of this
 * one, in which it has not spoken yet: there the rules of the segment hold.
 */
export function limitFor(/** @type {Store} */ store, /** @type {string} */ capacity) {
  const { view, own, ownSegment } = store;
  const ruled = view?.segment?.rules.limits[capacity] ?? DEFAULT_LIMIT;
  return ownSegment === view?.segment?.id ? (own?.capacities[capacity] ?? ruled) : ruled;
}

/** @returns {Screen} */
function screenOf(/** @type {View} */ view, /** @type {string} */ delegation, /** @type {Place[]} */ places, /** @type {number} */ now) {
  const { dialogue, segment, floor, list } = view;
  if (dialogue.phase === "scheduled") return "scheduled";
  if (dialogue.phase === "closed") return "over";
  if (dialogue.phase === "suspended") return "suspended";
  if (floor?.delegation === delegation) return "floor";
  if (view.interrupted?.delegation === delegation) return "interrupted";
  if (now < (thankedUntil(view, delegation) ?? -Infinity) && view.last?.outcome !== "not-present") return "thanked";
  if (places.length) return places[0].place === 1 ? "next" : "waiting";
  if (!segment) return "between";
  return list.open ? "ask" : "closed";
}

function ruledLimit(/** @type {View} */ view, capacity = "national") {
  return view.segment?.rules.limits[capacity] ?? DEFAULT_LIMIT;
}
