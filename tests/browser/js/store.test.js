// The rules by which messages change what a page knows.

import assert from "node:assert/strict";
import { test } from "node:test";

import { ownFits, ownMovesUnseen, Store } from "../../../static/js/store.js";

const own = { requests: [], capacities: { national: 180_000, group: 300_000 } };

function viewWith(order = [], floor = null) {
  return {
    dialogue: { phase: "open", since: 0 },
    segment: { id: "p1", kind: "panel", begun_at: 0, rules: {} },
    floor,
    last: null,
    list: { open: true, length: order.length, first: [], order },
  };
}

/** A store that fetches `answers` in turn and remembers how long it waited before. */
function storeThatLoads(answers, options = {}) {
  const waits = [];
  const store = new Store(async () => {
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  }, { pause: async (wait) => void waits.push(wait), ...options });
  return { store, waits, answers };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("a patch that follows is merged by section", () => {
  const { store } = storeThatLoads([]);
  store.snapshot({ version: 4, now: 0, view: viewWith(["NG"]) });
  store.patch({ from: 4, to: 6, now: 0, set: { list: { open: false, length: 0, first: [], order: [] } } });
  assert.equal(store.version, 6);
  assert.equal(store.view.list.open, false);
  assert.equal(store.view.segment.id, "p1");
});

test("a patch that is held already is dropped, and nothing is fetched for it", async () => {
  const { store, waits } = storeThatLoads([]);
  store.snapshot({ version: 6, now: 0, view: viewWith(["NG"]) });
  store.patch({ from: 4, to: 6, now: 0, set: { list: { open: false, length: 0, first: [], order: [] } } });
  await settled();
  assert.equal(store.view.list.open, true);
  assert.equal(waits.length, 0);
});

test("a gap brings the view after at most half a second", async () => {
  const { store, waits } = storeThatLoads([{ version: 9, now: 0, view: viewWith(["NG", "DZ"]) }]);
  store.snapshot({ version: 4, now: 0, view: viewWith() });
  store.patch({ from: 7, to: 9, now: 0, set: {} });
  await settled();
  assert.equal(store.version, 9);
  assert.deepEqual(store.view.list.order, ["NG", "DZ"]);
  assert.equal(waits.length, 1);
  assert.ok(waits[0] >= 0 && waits[0] <= 500);
});

test("several gaps at once bring one view", async () => {
  const { store, answers } = storeThatLoads([
    { version: 9, now: 0, view: viewWith() },
    { version: 10, now: 0, view: viewWith() },
  ]);
  store.snapshot({ version: 4, now: 0, view: viewWith() });
  store.patch({ from: 7, to: 8, now: 0, set: {} });
  store.patch({ from: 8, to: 9, now: 0, set: {} });
  store.beat({ version: 9 });
  await settled();
  assert.equal(answers.length, 1);
  assert.equal(store.version, 9);
});

test("a snapshot older than what is held changes nothing", () => {
  const { store } = storeThatLoads([]);
  store.snapshot({ version: 6, now: 0, view: viewWith(["NG"]) });
  store.snapshot({ version: 5, now: 0, view: viewWith([]) });
  assert.equal(store.version, 6);
  assert.deepEqual(store.view.list.order, ["NG"]);
});

test("a beat of the held version changes nothing, one ahead of it brings the view", async () => {
  const { store, waits } = storeThatLoads([{ version: 7, now: 0, view: viewWith() }]);
  store.snapshot({ version: 6, now: 0, view: viewWith() });
  store.beat({ version: 6 });
  await settled();
  assert.equal(waits.length, 0);
  store.beat({ version: 7 });
  await settled();
  assert.equal(store.version, 7);
});

test("whoever cannot reach the server is told, and keeps what it has", async () => {
  const { store } = storeThatLoads([new Error("no network")]);
  store.snapshot({ version: 6, now: 0, view: viewWith(["NG"]) });
  assert.equal(await store.refresh("poll"), false);
  assert.deepEqual(store.view.list.order, ["NG"]);
});

test("an unchanged view counts as reached", async () => {
  const { store } = storeThatLoads([null]);
  store.snapshot({ version: 6, now: 0, view: viewWith() });
  assert.equal(await store.refresh("poll"), true);
  assert.equal(store.version, 6);
});

test("another phone's request of the same delegation brings the own matters", async () => {
  const loaded = { version: 7, now: 0, view: viewWith(["NG"]), own: { ...own, requests: [{ id: "r1", capacity: "national", group: null, number: 3 }] } };
  const { store } = storeThatLoads([loaded], { delegation: "NG" });
  store.snapshot({ version: 6, now: 0, view: viewWith(), own });
  store.patch({ from: 6, to: 7, now: 0, set: { list: viewWith(["NG"]).list } });
  await settled();
  assert.equal(store.own.requests[0].id, "r1");
});

test("the own request that was just accepted needs no fetching", async () => {
  const { store, waits } = storeThatLoads([], { delegation: "NG" });
  store.snapshot({ version: 6, now: 0, view: viewWith(), own });
  store.asked({ id: "r1", kind: "statement", capacity: "national", group: null });
  store.asked({ id: "r1", kind: "statement", capacity: "national", group: null });
  store.patch({ from: 6, to: 7, now: 0, set: { list: viewWith(["NG"]).list } });
  await settled();
  assert.equal(waits.length, 0);
  assert.equal(store.own.requests.length, 1);
  store.withdrew("r1");
  store.patch({ from: 7, to: 8, now: 0, set: { list: viewWith([]).list } });
  await settled();
  assert.equal(waits.length, 0);
});

test("requests of others do not make a phone fetch", async () => {
  const { store, waits } = storeThatLoads([], { delegation: "NG" });
  store.snapshot({ version: 6, now: 0, view: viewWith(), own });
  store.patch({ from: 6, to: 7, now: 0, set: { list: viewWith(["DZ", "TH"]).list } });
  await settled();
  assert.equal(waits.length, 0);
});

test("after the own turn the own limits no longer fit", () => {
  const floor = { id: "r1", delegation: "NG" };
  assert.equal(ownFits(viewWith([], floor), viewWith([], null), own, "NG"), false);
  assert.equal(ownFits(viewWith([], floor), viewWith([], floor), own, "NG"), true);
  assert.equal(ownFits(viewWith([], { id: "r2", delegation: "DZ" }), viewWith([], null), own, "NG"), true);
});

test("a refused seat stays refused", () => {
  const { store } = storeThatLoads([]);
  store.refuse({ reason: "seat-expelled", message: "This seat was closed." });
  store.connected("connected");
  assert.equal(store.connection, "refused");
});

test("listeners hear each change until they stop", () => {
  const { store } = storeThatLoads([]);
  let heard = 0;
  const stop = store.onChange(() => (heard += 1));
  store.snapshot({ version: 1, now: 0, view: viewWith() });
  stop();
  store.snapshot({ version: 2, now: 0, view: viewWith() });
  assert.equal(heard, 1);
});

const beside = (version, slow) => ({
  version,
  now: 0,
  view: viewWith(),
  booth: { floor: { id: "f", slow_down: slow }, next: [], interpretation_until: [], closes_at: null },
});

test("what a seat alone is told comes with each version, at once", async () => {
  const { store, waits } = storeThatLoads([beside(4, null), beside(5, 99)], { beside: true });
  store.snapshot({ version: 4, now: 0, view: viewWith() });
  await settled();
  assert.equal(store.beside.booth.floor.slow_down, null);
  store.patch({ from: 4, to: 5, now: 0, set: {} });
  await settled();
  assert.equal(store.beside.booth.floor.slow_down, 99);
  assert.deepEqual(waits, []);
});

test("an answer that a patch has overtaken is asked for again", async () => {
  const answers = [];
  const store = new Store(() => new Promise((resolve) => answers.push(resolve)), { beside: true });
  store.snapshot({ version: 4, now: 0, view: viewWith() });
  store.patch({ from: 4, to: 5, now: 0, set: {} });
  answers.shift()(beside(4, 1));
  await settled();
  assert.equal(store.beside.booth, undefined);
  answers.shift()(beside(5, 2));
  await settled();
  assert.equal(store.beside.booth.floor.slow_down, 2);
  assert.equal(answers.length, 0);
});

test("without contact it is asked for again with the next sign of life, and not before", async () => {
  const { store, answers } = storeThatLoads([new Error("no contact"), beside(4, 3)], { beside: true });
  store.snapshot({ version: 4, now: 0, view: viewWith() });
  await settled();
  assert.equal(answers.length, 1);
  store.beat({ version: 4 });
  await settled();
  assert.equal(store.beside.booth.floor.slow_down, 3);
});

test("other pages fetch nothing for a patch", async () => {
  const { store, answers } = storeThatLoads([beside(5, 1)]);
  store.snapshot({ version: 4, now: 0, view: viewWith() });
  store.patch({ from: 4, to: 5, now: 0, set: {} });
  await settled();
  assert.equal(answers.length, 1);
});

const waits = { ...own, requests: [{ id: "r1", kind: "statement", capacity: "national", group: null, number: 1, place: 2 }] };

function hidden(view) {
  return { ...view, list: { ...view.list, hidden: true } };
}

test("what is known of the own requests does not fit once the list is hidden, and is not counted on it", () => {
  assert.equal(ownFits(viewWith(["NG"]), hidden(viewWith()), waits, "NG"), false);
  assert.equal(ownFits(hidden(viewWith()), hidden(viewWith()), waits, "NG"), true);
});

test("an own turn that is interrupted by a point of order is the same turn", () => {
  const mine = { id: "r1", delegation: "NG" };
  const behind = { ...viewWith([], { id: "p1", delegation: "CH" }), interrupted: mine };
  assert.equal(ownFits(viewWith([], mine), behind, own, "NG"), true);
  assert.equal(ownFits(behind, viewWith(), own, "NG"), false);
});

test("what moves unseen is followed by whoever it concerns alone", () => {
  const speaks = viewWith([], { id: "r1", delegation: "NG" });
  assert.equal(ownMovesUnseen(speaks, own, "NG"), "own");
  assert.equal(ownMovesUnseen(speaks, own, "DZ"), null);
  assert.equal(ownMovesUnseen(viewWith(), { ...own, points: [{ id: "p1" }] }, "NG"), "own");
  assert.equal(ownMovesUnseen(viewWith(), { ...own, replies: [{ id: "p1" }] }, "NG"), "own");
  assert.equal(ownMovesUnseen(hidden(viewWith()), waits, "NG"), "hidden");
  assert.equal(ownMovesUnseen(hidden(viewWith()), own, "NG"), null);
});

test("a note to whoever speaks is fetched although nothing that all see has changed", async () => {
  const speaks = viewWith([], { id: "r1", delegation: "NG" });
  const noted = { ...own, turn: { id: "r1", note: "t1", slow_down: null } };
  const { store, answers } = storeThatLoads([{ version: 5, now: 0, view: speaks, own: noted }], { delegation: "NG" });
  store.snapshot({ version: 4, now: 0, view: speaks, own });
  store.patch({ from: 4, to: 5, now: 0, set: {} });
  await settled();
  assert.equal(store.own.turn.note, "t1");
  assert.equal(answers.length, 0);
});

test("other limits bring the own limits, from each phone at a time of its own", async () => {
  const ruled = { id: "p1", kind: "panel", begun_at: 0, rules: {}, announced: { at: 7, by: "chair/p01" } };
  const shorter = { ...own, capacities: { national: 150_000 } };
  const { store, waits } = storeThatLoads([{ version: 5, now: 0, view: { ...viewWith(), segment: ruled }, own: shorter }], { delegation: "NG" });
  store.snapshot({ version: 4, now: 0, view: viewWith(), own });
  store.patch({ from: 4, to: 5, now: 0, set: { segment: ruled } });
  await settled();
  assert.equal(store.own.capacities.national, 150_000);
  assert.equal(waits.length, 1);
});
