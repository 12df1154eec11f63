// What has become of a delegation's requests without its doing.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Changes, withdrawnHere } from "../../../static/js/phone/more/changes.js";

const own = (waiting, unheard = []) => ({
  requests: waiting.map((id) => ({ id, kind: "statement", capacity: "national", group: null, number: 1 })),
  capacities: {},
  unheard: unheard.map(([id, standing]) => ({ id, standing, segment: "s2", kind: "statement", group: null })),
});

const told = (changes, state) => changes.follow(state).map(({ id, what }) => `${id} ${what}`);

test("whoever was called and absent is told so, also by a phone that is opened later", () => {
  assert.deepEqual(told(new Changes(), own([], [["r1", "not-present"]])), ["r1 not-present"]);
});

test("it is told until it is seen, and not again", () => {
  const changes = new Changes();
  const gone = own([], [["r1", "not-reached"]]);
  told(changes, gone);
  assert.deepEqual(told(changes, gone), ["r1 not-reached"]);
  changes.seen("r1");
  assert.deepEqual(told(changes, gone), []);
});

test("a request that is put back is told, and no longer that it was gone", () => {
  const changes = new Changes();
  told(changes, own([], [["r1", "not-present"]]));
  assert.deepEqual(told(changes, own(["r1"])), ["r1 reinstated"]);
});

test("a withdrawal is news to a phone that saw the request wait and did not withdraw it", () => {
  const gone = (id) => own([], [[id, "withdrawn"]]);
  const [fresh, saw, did] = [new Changes(), new Changes(), new Changes()];
  told(saw, own(["r1"]));
  told(did, own(["r2"]));
  withdrawnHere("r2");

  assert.deepEqual(told(fresh, gone("r1")), []);
  assert.deepEqual(told(saw, gone("r1")), ["r1 withdrawn"]);
  assert.deepEqual(told(did, gone("r2")), []);
});

test("whoever has asked again need not be told what became of the first request", () => {
  const changes = new Changes();
  told(changes, own([], [["r1", "not-present"]]));
  assert.deepEqual(told(changes, own(["r2"])), []);
});

test("before anything is known nothing is told", () => {
  assert.deepEqual(told(new Changes(), null), []);
});
