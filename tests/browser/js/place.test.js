// Where a delegation stands, and what its phone shows.

import assert from "node:assert/strict";
import { test } from "node:test";

import { forecast, limitFor, ownCapacity, placesOf, situation } from "../../../static/js/phone/place.js";

const NOW = 1_333_461_600_000;
const limits = { national: 180_000, group: 300_000 };

function entry(delegation, { id = `r-${delegation}`, limit = 180_000, group = null } = {}) {
  return { id, delegation, kind: "statement", capacity: group ? "group" : "national", group, number: 1, asked_at: NOW, limit, first: true };
}

/** An open dialogue with these on the list; only the first eight are shown whole. */
function viewWith(entries, { floor = null, last = null, open = true, phase = "open", segment = "p1" } = {}) {
  return {
    dialogue: { phase, since: NOW },
    segment: segment && { id: segment, kind: "panel", begun_at: NOW, rules: { limits, enforcement: "automatic", warning: 30_000 } },
    floor: floor && { id: "f", person: null, capacity: "national", group: null, allowance: 180_000, used: 0, running_since: NOW, starts_at: null, ...floor },
    last,
    list: { open, length: entries.length, first: entries.slice(0, 8), order: entries.map(({ delegation }) => delegation) },
  };
}

const own = { requests: [], capacities: { national: 180_000, group: 300_000 } };

const screen = (view, extra = {}) => situation({ view, own, refusal: null, ...extra }, "NG", NOW).screen;

test("a phone follows the dialogue from before its opening to after its closing", () => {
  assert.equal(screen(null), "loading");
  assert.equal(screen(viewWith([], { phase: "scheduled", segment: null, open: false })), "scheduled");
  assert.equal(screen(viewWith([], { segment: null, open: false })), "between");
  assert.equal(screen(viewWith([], { open: false })), "closed");
  assert.equal(screen(viewWith([])), "ask");
  assert.equal(screen(viewWith([entry("DZ"), entry("NG")])), "waiting");
  assert.equal(screen(viewWith([entry("NG")])), "next");
  assert.equal(screen(viewWith([], { floor: { delegation: "NG" } })), "floor");
  assert.equal(screen(viewWith([entry("NG")], { phase: "suspended" })), "suspended");
  assert.equal(screen(viewWith([], { phase: "closed", open: false })), "over");
});

test("whoever waits sees its place although the list is closed", () => {
  assert.equal(screen(viewWith([entry("DZ"), entry("NG")], { open: false })), "waiting");
});

test("a refused seat is told so before anything else", () => {
  assert.equal(screen(viewWith([entry("NG")]), { refusal: { reason: "seat-expired", message: "…" } }), "refused");
});

test("a delegation is thanked for ten seconds, and not when it was absent", () => {
  const last = { delegation: "NG", outcome: "concluded", allowance: 180_000, used: 60_000, ended_at: NOW - 9_000 };
  assert.equal(screen(viewWith([], { last })), "thanked");
  assert.equal(screen(viewWith([], { last: { ...last, ended_at: NOW - 10_000 } })), "ask");
  assert.equal(screen(viewWith([], { last: { ...last, outcome: "not-present" } })), "ask");
});

test("every own place is found, beyond the first eight by the order alone", () => {
  const others = Array.from({ length: 9 }, (_, index) => entry(`X${index}`));
  const national = { id: "n1", capacity: "national", group: null, number: 2 };
  const group = { id: "g1", capacity: "group", group: "G77", number: 12 };
  const view = viewWith([others[0], entry("NG", { id: "n1" }), ...others.slice(1), entry("NG", { id: "g1", group: "G77" })]);
  const places = placesOf(view, { ...own, requests: [national, group] }, "NG");
  assert.deepEqual(places.map(({ place, request }) => [place, request.id]), [[2, "n1"], [11, "g1"]]);
});

test("on a hidden list a phone finds its place in its own requests", () => {
  const view = viewWith([]);
  const request = { id: "n1", capacity: "national", group: null, number: 3, place: 2 };
  const hidden = { ...view, list: { ...view.list, hidden: true, length: 5, first: [], order: [] } };
  assert.deepEqual(placesOf(hidden, { ...own, requests: [request] }, "NG").map(({ place }) => place), [3]);
});

test("where nothing is forecast, no time is told", () => {
  assert.equal(forecast(viewWith([entry("NG")]), 1, NOW), null);
  assert.equal(forecast({ ...viewWith([]), forecast: { next_at: null, slot: null, holds_until: null } }, 1, NOW), null);
});

test("an own limit of another segment gives way to the rules of this one", () => {
  const again = { ...own, capacities: { national: 120_000 } };
  const view = viewWith([]);
  assert.equal(limitFor({ view, own: again, ownSegment: "p1" }, "national"), 120_000);
  assert.equal(limitFor({ view, own: again, ownSegment: "p0" }, "national"), 180_000);
});

test("what was fetched before any segment leaves the limit to the rules", () => {
  const before = { requests: [], capacities: { national: null, group: null } };
  assert.equal(limitFor({ view: viewWith([]), own: before, ownSegment: null }, "national"), 180_000);
});

test("the own capacity is the one that is not a group's", () => {
  assert.equal(ownCapacity({ requests: [], capacities: { group: 1, observer: 2 } }), "observer");
  assert.equal(ownCapacity(null), "national");
});

test("where the server forecasts, a place is told from it, and moves with what has passed since it held", () => {
  const view = { ...viewWith([entry("DZ"), entry("TH"), entry("NG")]), forecast: { next_at: NOW + 60_000, slot: 200_000, holds_until: NOW + 10_000 } };
  assert.equal(forecast(view, 1, NOW), 60_000);
  assert.equal(forecast(view, 3, NOW), 460_000);
  assert.equal(forecast(view, 3, NOW + 10_000), 450_000);
  assert.equal(forecast(view, 3, NOW + 40_000), 450_000);
});

test("a turn behind a point of order is told apart from having the floor", () => {
  const view = { ...viewWith([], { floor: { delegation: "CH", kind: "point-of-order" } }), interrupted: { delegation: "NG" } };
  assert.equal(screen(view), "interrupted");
});

test("on a hidden list a delegation finds its place in what it alone is told", () => {
  const view = viewWith([]);
  view.list = { ...view.list, hidden: true, length: 9 };
  const waits = { ...own, requests: [{ id: "r", kind: "statement", capacity: "national", group: null, number: 4, place: 3 }] };
  assert.equal(screen(view, { own: waits }), "waiting");
  assert.deepEqual(placesOf(view, waits, "NG").map(({ place, limit }) => [place, limit]), [[4, 180_000]]);
});

test("an entry that all see has beside it what its delegation alone is told", () => {
  const view = viewWith([entry("NG", { id: "r" })]);
  const waits = { ...own, requests: [{ id: "r", kind: "statement", capacity: "national", group: null, number: 0, place: 0, details: { language: "fr" } }] };
  const [{ request }] = placesOf(view, waits, "NG");
  assert.deepEqual([request.number, request.details.language], [1, "fr"]);
});
