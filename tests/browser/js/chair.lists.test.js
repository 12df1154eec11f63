// Closing times, limits for all, and what is typed of both.

import assert from "node:assert/strict";
import { test } from "node:test";

import { readRules, withLimit } from "../../../static/js/chair/limits.js";
import { instantOf } from "../../../static/js/chair/search.js";
import { MINUTE, programme, TEN } from "./chair.scenes.js";

const [{ rules }] = programme.segments;
const NEW_YORK = -240;

test("a time of day is the next such instant where the dialogue meets, and no more than half a day ahead", () => {
  assert.equal(instantOf("12:40", TEN, NEW_YORK), TEN + 160 * MINUTE);
  assert.equal(instantOf("10:00", TEN, NEW_YORK), null);
  assert.equal(instantOf("9:59", TEN, NEW_YORK), null);
  assert.equal(instantOf("0:15", TEN + 13 * 60 * MINUTE, NEW_YORK), TEN + (14 * 60 + 15) * MINUTE);
  for (const wrong of ["", "24:00", "12:60", "noon", "12"]) assert.equal(instantOf(wrong, TEN, NEW_YORK), null, wrong);
});

test("a limit for all shortens statements, and leaves whoever has less, panellists, replies and points", () => {
  const { limits } = withLimit(rules, 150_000);
  assert.equal(limits.national, 150_000);
  assert.equal(limits.group, 150_000);
  assert.equal(limits.again, 2 * MINUTE);
  assert.equal(limits.panellist, 7 * MINUTE);
  assert.equal(limits.right_of_reply, 3 * MINUTE);
  assert.equal(limits.point_of_order, 2 * MINUTE);
});

const typed = (changes = {}) => ({
  national: "2:30", group: "4:00", again: "1:30", observer: "2:30", stakeholder: "2:30", panellist: "7:00", reply: "2:00",
  right_of_reply: "3:00", point_of_order: "1:00", enforcement: "firm", round: "4", ...changes,
});

test("rules are read as they were typed, and keep what the sheet does not show", () => {
  const read = readRules(rules, typed());
  assert.deepEqual([read.limits.national, read.limits.again, read.enforcement, read.round], [150_000, 90_000, "firm", 4]);
  assert.deepEqual([read.limits.right_of_reply_again, read.start_after], [2 * MINUTE, 5_000]);
  assert.equal(readRules(rules, typed({ round: "" })).round, null);
});

test("what is no limit or no number is refused", () => {
  assert.equal(readRules(rules, typed({ national: "soon" })), null);
  assert.equal(readRules(rules, typed({ round: "0" })), null);
});
