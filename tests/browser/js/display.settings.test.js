// How a display is told of its room: by its address, by what it kept, and what of both holds.

import assert from "node:assert/strict";
import { test } from "node:test";

import { metres, searchFor, settingsFrom, USUAL } from "../../../static/js/display/settings.js";

test("the address sets all, and says it again", () => {
  const settings = settingsFrom("?depth=30&height=2.5&mirror=1&captions=1&silent=1");
  assert.deepEqual(settings, { depth: 30, height: 2.5, mirror: true, captions: true, silent: true });
  assert.equal(searchFor(settings), "?depth=30&height=2.5&mirror=1&captions=1&silent=1");
  assert.deepEqual(settingsFrom(searchFor(settings)), settings);
});

test("what the address leaves out is as it was kept", () => {
  const kept = { depth: 20, height: 2, mirror: true, captions: false, silent: true };
  assert.deepEqual(settingsFrom("", kept), kept);
  assert.deepEqual(settingsFrom("?mirror=0", kept), { ...kept, mirror: false });
  assert.deepEqual(settingsFrom("?depth=12", kept), { ...kept, depth: 12 });
});

test("nonsense is not taken, wherever it comes from", () => {
  for (const search of ["?depth=x&height=", "?depth=0&height=-1", "?depth=1e3", "?depth=201", "?height=31", "?mirror=yes", "?depth[]=3"]) {
    assert.deepEqual(settingsFrom(search), USUAL, search);
  }
  assert.deepEqual(settingsFrom("", { depth: {}, height: [], mirror: "x", captions: 2, silent: [] }), USUAL);
  assert.deepEqual(settingsFrom("?depth=x", { depth: 20 }).depth, 20);
});

test("lengths are typed with a point or a comma", () => {
  assert.equal(metres("depth", " 30 "), 30);
  assert.equal(metres("height", "2,5"), 2.5);
  for (const typed of ["", "thirty", "2.345", "2,,5", "-3", "1e1", null, undefined]) assert.equal(metres("depth", typed), null, String(typed));
});

test("an address is short while all is as usual, and takes back what it said", () => {
  assert.equal(searchFor(USUAL), "");
  assert.equal(searchFor(USUAL, "?mirror=1&depth=3&other=x"), "?mirror=0&other=x");
});
