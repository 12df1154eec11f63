// A chime at the end of the time: once, of a firm clock that was seen to run, and never late.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Chime } from "../../../static/js/display/chime.js";

const FIRM = { id: "i1", enforcement: "firm" };

/** How often it rings while these clocks are seen, each as [floor, what is left, whether it is silent]. */
function rung(...seen) {
  let times = 0;
  const chime = new Chime(() => (times += 1));
  for (const [floor, left, silent = false] of seen) chime.follow(floor, left, silent);
  return times;
}

test("it rings once when the time is over, and again when more time was given", () => {
  assert.equal(rung([FIRM, 1_000], [FIRM, 10], [FIRM, -5], [FIRM, -1_005]), 1);
  assert.equal(rung([FIRM, 1_000], [FIRM, 0], [FIRM, 30_000], [FIRM, 0]), 2);
});

test("it is silent where the server ends the turn, where the time only advises, and where it was switched off", () => {
  for (const enforcement of ["automatic", "advisory"]) assert.equal(rung([{ ...FIRM, enforcement }, 10], [{ ...FIRM, enforcement }, 0]), 0);
  assert.equal(rung([FIRM, 10], [FIRM, 0, true]), 0);
});

test("a page that was opened later, that slept, or that sees another turn does not ring", () => {
  assert.equal(rung([FIRM, -5]), 0);
  assert.equal(rung([FIRM, 60_000], [FIRM, -60_000]), 0);
  assert.equal(rung([FIRM, 10], [{ ...FIRM, id: "i2" }, 0]), 0);
  assert.equal(rung([FIRM, 10], [null, 0], [FIRM, 0]), 0);
});
