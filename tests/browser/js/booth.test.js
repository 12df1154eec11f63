// Until when there is interpretation, and whose text lies open in the booth.

import assert from "node:assert/strict";
import { test } from "node:test";

import { opened, stillChosen } from "../../../static/js/booth/chosen.js";
import { serviceAt, SOON } from "../../../static/js/booth/service.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const OPENED = 1_333_461_600_000;
const ENDS = [OPENED + 3 * HOUR, OPENED + 8 * HOUR];
const open = { phase: "open", since: OPENED };
const state = (at, dialogue = open, ends = ENDS) => serviceAt(ends, dialogue, OPENED + at);

test("the next end is the one that is counted to, in whatever order they are told", () => {
  assert.deepEqual(state(HOUR), { state: "running", at: ENDS[0], left: 2 * HOUR });
  assert.deepEqual(state(HOUR, open, [...ENDS].reverse()), state(HOUR));
});

test("it is soon from a quarter of an hour before", () => {
  assert.equal(state(3 * HOUR - SOON - 1).state, "running");
  assert.equal(state(3 * HOUR - SOON).state, "soon");
  assert.equal(state(3 * HOUR - 1).left, 1);
});

test("a sitting that goes on beyond the end is told so, until it is suspended", () => {
  assert.deepEqual(state(3 * HOUR), { state: "over", at: ENDS[0], left: 0 });
  assert.equal(state(4 * HOUR).state, "over");
  assert.equal(state(4 * HOUR, { phase: "suspended", since: OPENED + 3 * HOUR + 5 * MINUTE }).at, ENDS[1]);
});

test("after the break the afternoon's end counts", () => {
  const resumed = { phase: "open", since: OPENED + 5 * HOUR };
  assert.deepEqual(state(5 * HOUR, resumed), { state: "running", at: ENDS[1], left: 3 * HOUR });
  assert.equal(state(8 * HOUR, resumed).state, "over");
});

test("after the last one it is over, and without any nothing is said", () => {
  assert.equal(state(9 * HOUR, { phase: "suspended", since: OPENED + 8 * HOUR }).state, "over");
  assert.equal(state(HOUR, open, []).state, "none");
});

const heard = (id) => ({ id, delegation: id, kind: "statement", capacity: "national", group: null, to: null, details: null });
const booth = (floor, ...next) => ({ floor: floor && heard(floor), next: next.map(heard), interpretation_until: [], closes_at: null });

test("the text of whoever speaks lies open, and follows", () => {
  assert.equal(opened(booth("MX", "DZ"), null).id, "MX");
  assert.equal(opened(booth("DZ", "NG"), null).id, "DZ");
  assert.equal(opened(booth(null, "NG"), null), null);
});

test("another one is opened by hand, until it speaks or goes away", () => {
  assert.equal(opened(booth("MX", "DZ", "NG"), "NG").id, "NG");
  assert.equal(stillChosen(booth("MX", "DZ", "NG"), "NG"), "NG");
  const speaks = booth("NG", "DZ");
  assert.equal(opened(speaks, "NG").id, "NG");
  assert.equal(stillChosen(speaks, "NG"), null);
  assert.equal(stillChosen(booth("MX", "DZ"), "NG"), null);
});
