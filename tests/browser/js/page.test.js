// When a page is drawn.

import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { Drawing } from "../../../static/js/page.js";

const START = 1_333_461_600_000;
const MARGIN = 3;

/** A drawing of a turn whose second changes in 300 ms; `slow` is how long the first picture takes. */
async function drawing({ slow, isWhole = () => true, change = null }) {
  const dataset = {};
  globalThis.document = { documentElement: { dataset } };
  mock.timers.enable({ apis: ["setTimeout"] });
  let local = START;
  const floor = { starts_at: null, running_since: START, allowance: 180_300, used: 0 };
  const store = { version: 7, connection: "connected", view: { dialogue: { phase: "open" }, segment: null, floor, list: {} } };
  const drawn = [];
  const picture = () => {
    drawn.push(local);
    if (drawn.length === 1) local += slow;
    return change;
  };
  const made = new Drawing(picture, isWhole, store, { now: () => local, offset: 0 }, false);
  made.soon();
  made.soon();
  await Promise.resolve();
  const pass = (milliseconds) => {
    local += milliseconds;
    mock.timers.tick(milliseconds);
  };
  return { dataset, drawn, made, pass };
}

test.afterEach(() => mock.timers.reset());

test("it is drawn once for several reasons, and again when the second has changed", async () => {
  const { drawn, pass } = await drawing({ slow: 0 });
  assert.deepEqual(drawn, [START]);
  pass(300 + MARGIN - 1);
  assert.equal(drawn.length, 1);
  pass(1);
  assert.equal(drawn.length, 2);
});

test("what came about while it was drawn is drawn at once", async () => {
  const { drawn, pass } = await drawing({ slow: 400 });
  pass(MARGIN);
  assert.equal(drawn.length, 2);
});

test("an instant that is told and comes while it is drawn is drawn at once, one that has passed is not waited for", async () => {
  const coming = await drawing({ slow: 200, change: START + 100 });
  coming.pass(MARGIN);
  assert.equal(coming.drawn.length, 2);
  mock.timers.reset();

  const { drawn, pass } = await drawing({ slow: 0, change: START - 5_000 });
  pass(300 + MARGIN - 1);
  assert.equal(drawn.length, 1);
});

test("it is ready once it was drawn whole", async () => {
  let loaded = false;
  const { dataset, made } = await drawing({ slow: 0, isWhole: () => loaded });
  assert.deepEqual([dataset.version, dataset.ready], ["7", undefined]);
  loaded = true;
  made.soon();
  await Promise.resolve();
  assert.equal(dataset.ready, "1");
});
