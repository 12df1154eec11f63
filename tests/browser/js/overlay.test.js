// What a webcast shows at a moment, and when that changes by itself.

import assert from "node:assert/strict";
import { test } from "node:test";

import { LINGERS, LONGEST_ALONE, shownAt } from "../../../static/js/overlay/shown.js";

const NOW = 1_333_461_600_000;
const PLAIN = { away: 0, withTitle: false };
const TITLED = { away: 0, withTitle: true };

function viewWith({ floor = null, last = null, phase = "open", blackout = false, segment = { id: "s2" } } = {}) {
  return { dialogue: { phase, since: NOW }, segment, floor, last, list: { open: true, length: 0, first: [], order: [] }, stage: { blackout, message: null } };
}

const ended = (ago, outcome = "concluded") => ({ id: "f", outcome, ended_at: NOW - ago });

test("a turn is shown while it goes on", () => {
  assert.deepEqual(shownAt(viewWith({ floor: { id: "f" } }), NOW, PLAIN), { what: "turn", until: null });
});

test("it stays a moment after its end, but not when nobody was there", () => {
  assert.deepEqual(shownAt(viewWith({ last: ended(1_000) }), NOW, PLAIN), { what: "turn", until: NOW - 1_000 + LINGERS });
  assert.equal(shownAt(viewWith({ last: ended(LINGERS) }), NOW, PLAIN).what, "nothing");
  assert.equal(shownAt(viewWith({ last: ended(1_000, "not-present") }), NOW, PLAIN).what, "nothing");
});

test("where nobody speaks the title stands if it was asked for", () => {
  assert.equal(shownAt(viewWith(), NOW, PLAIN).what, "nothing");
  assert.equal(shownAt(viewWith(), NOW, TITLED).what, "title");
  assert.equal(shownAt(viewWith({ segment: null }), NOW, TITLED).what, "nothing");
});

test("nothing is shown of a meeting that does not go on, nor while the chair wants it dark", () => {
  for (const phase of ["scheduled", "suspended", "closed"]) {
    assert.equal(shownAt(viewWith({ phase, floor: { id: "f" } }), NOW, TITLED).what, "nothing");
  }
  assert.equal(shownAt(viewWith({ blackout: true, floor: { id: "f" } }), NOW, TITLED).what, "nothing");
});

test("a clock that is on its own goes away after a minute", () => {
  const view = viewWith({ floor: { id: "f" } });
  assert.equal(shownAt(view, NOW, { away: LONGEST_ALONE, withTitle: true }).what, "turn");
  assert.equal(shownAt(view, NOW, { away: LONGEST_ALONE + 1, withTitle: true }).what, "nothing");
});
