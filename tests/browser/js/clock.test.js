// The server's time on a device, and what a speaking clock shows.

import assert from "node:assert/strict";
import { test } from "node:test";

import { clockState, mss, nextTick, remaining, ServerClock } from "../../../static/js/clock.js";

const START = 1_333_461_600_000;
const HOUR = 3_600_000;

const rules = { limits: { national: 180_000 }, enforcement: "automatic", warning: 30_000, grace: 0, start_after: 5_000 };

const turn = { id: "a1", delegation: "NG", person: null, capacity: "national", group: null, kind: "statement" };

function viewWith(floor, { last = null, enforcement = "automatic", open = true } = {}) {
  return {
    dialogue: { phase: "open", since: START },
    segment: { id: "p1", kind: "panel", begun_at: START, rules: { ...rules, enforcement } },
    floor: floor && { ...turn, given_at: START, starts_at: null, allowance: 180_000, used: 0, running_since: null, ...floor },
    last,
    list: { open, length: 0, first: [], order: [] },
  };
}

/** A stamp is a whole millisecond: what it tells is true on average half of one later. */
const HALF = 0.5;

test("a device whose clock is an hour wrong shows the server's time", () => {
  let local = START - HOUR;
  const clock = new ServerClock(() => local);
  clock.add(local, local + 40, START + 20);
  local += 1_000;
  assert.equal(clock.now(), START + 1_000 + HALF);
});

test("the quickest way there and the quickest way back tell the time together", () => {
  const clock = new ServerClock(() => START);
  clock.add(START, START + 310, START + 10);
  assert.equal(clock.offset, -145 + HALF);
  clock.add(START, START + 310, START + 300);
  assert.equal(clock.offset, 0 + HALF);
  clock.add(START, START + 400, START + 200);
  assert.equal(clock.offset, 0 + HALF);
});

test("the doubt is half of what the probes leave open, and infinite before the first", () => {
  const clock = new ServerClock(() => START);
  assert.equal(clock.doubt, Infinity);
  clock.add(START, START + 300, START + 100);
  assert.equal(clock.doubt, 150 + HALF);
  clock.add(START, START + 300, START + 290);
  assert.equal(clock.doubt, 55 + HALF);
});

test("within 300 ms of jitter either way twelve probes tell the same second", () => {
  const random = seeded(2012);
  let furthest = 0;
  for (let joins = 0; joins < 500; joins += 1) {
    const clock = new ServerClock(() => 0);
    for (let i = 0; i < 12; i += 1) {
      const there = 5 + 300 * random();
      const back = 5 + 300 * random();
      clock.add(150 * i, 150 * i + there + back, Math.floor(START + 150 * i + there));
    }
    furthest = Math.max(furthest, Math.abs(clock.offset - START));
  }
  assert.ok(furthest < 100, `${furthest} ms off`);
});

test("a probe is forgotten when twelve newer ones have come", () => {
  const clock = new ServerClock(() => START);
  clock.add(START, START + 2, START + 1);
  for (let i = 0; i < 11; i += 1) clock.add(START, START + 100, START + 50);
  assert.equal(clock.doubt, 1 + HALF);
  clock.add(START, START + 100, START + 50);
  assert.equal(clock.doubt, 50 + HALF);
});

test("a probe that was answered before it was sent proves nothing", () => {
  const clock = new ServerClock(() => START);
  clock.add(START, START - HOUR, START);
  assert.equal(clock.offset, 0);
  clock.add(START, START, START + 20);
  assert.equal(clock.offset, 20 + HALF);
});

test("probes that a drifting clock has made untrue are dropped", () => {
  const clock = new ServerClock(() => START);
  clock.add(START, START + 2, START + 1);
  clock.add(START, START + 10, START + 105);
  assert.equal(clock.offset, 100 + HALF);
});

test("before the first probe the latest stamp of a message holds, afterwards none does", () => {
  const clock = new ServerClock(() => START);
  clock.hint(START + 4_900);
  clock.hint(START + 5_000);
  clock.hint(START + 4_000);
  assert.equal(clock.offset, 5_000);
  clock.add(START, START + 100, START + 5_080);
  clock.hint(START + 9_000);
  assert.equal(clock.offset, 5_030 + HALF);
});

test("a reset keeps the offset until something disproves it", () => {
  const clock = new ServerClock(() => START);
  clock.add(START, START + 100, START + 150);
  clock.reset();
  clock.hint(START + 70);
  assert.equal(clock.offset, 100 + HALF, "a late stamp proves nothing");
  clock.hint(START + 130);
  assert.equal(clock.offset, 130, "a stamp cannot come before it was made");
  clock.hint(START - HOUR);
  assert.equal(clock.offset, -HOUR, "nothing is an hour on its way");
});

test("what is left is rounded up, so that 0:00 is the limit itself", () => {
  assert.equal(mss(180_000), "3:00");
  assert.equal(mss(179_999), "3:00");
  assert.equal(mss(179_000), "2:59");
  assert.equal(mss(1), "0:01");
  assert.equal(mss(0), "0:00");
  assert.equal(mss(754_000), "12:34");
});

test("an overrun is counted in whole seconds that have passed", () => {
  assert.equal(mss(-1), "+0:00");
  assert.equal(mss(-12_400), "+0:12");
  assert.equal(mss(-75_000), "+1:15");
});

test("a running clock loses what has passed since it was started", () => {
  const { floor } = viewWith({ used: 20_000, running_since: START });
  assert.equal(remaining(floor, START + 40_000), 120_000);
});

test("a clock that stands still loses nothing", () => {
  const view = viewWith({ used: 20_000 });
  const reading = clockState(view, START + HOUR);
  assert.equal(reading.state, "paused");
  assert.equal(reading.remaining, 160_000);
  assert.equal(reading.deadline, null);
  assert.equal(nextTick(view, START), null);
});

test("the states of a running clock follow from the time alone", () => {
  const view = viewWith({ running_since: START });
  const stateAt = (passed) => clockState(view, START + passed).state;
  assert.equal(stateAt(0), "speaking");
  assert.equal(stateAt(149_999), "speaking");
  assert.equal(stateAt(150_000), "warning");
  assert.equal(stateAt(179_999), "warning");
  assert.equal(stateAt(180_000), "time");
});

test("an automatic limit stands at 0:00, a firm one counts on", () => {
  const automatic = clockState(viewWith({ running_since: START }), START + 192_000);
  assert.deepEqual([automatic.state, automatic.remaining], ["time", 0]);
  const firm = clockState(viewWith({ running_since: START }, { enforcement: "firm" }), START + 192_000);
  assert.deepEqual([firm.state, mss(firm.remaining)], ["overtime", "+0:12"]);
});

test("before its start a clock shows the whole allowance and counts to the start", () => {
  const reading = clockState(viewWith({ starts_at: START + 5_000 }), START + 1_500);
  assert.equal(reading.state, "ready");
  assert.equal(reading.remaining, 180_000);
  assert.equal(reading.startsIn, 3_500);
});

test("a clock starts at its time even if the server is not heard", () => {
  const reading = clockState(viewWith({ starts_at: START }), START + 10_000);
  assert.equal(reading.state, "speaking");
  assert.equal(reading.remaining, 170_000);
  assert.equal(reading.deadline, START + 180_000);
});

test("the deadline is the same whenever it is derived", () => {
  const view = viewWith({ used: 30_000, running_since: START });
  for (const passed of [0, 1, 60_000, 149_000]) {
    assert.equal(clockState(view, START + passed).deadline, START + 150_000);
  }
});

test("after an expired turn the name and TIME stay, after another the thanks", () => {
  const last = { ...turn, allowance: 180_000, used: 180_000, outcome: "time-expired", ended_at: START };
  assert.equal(clockState(viewWith(null, { last }), START).state, "time");
  assert.equal(clockState(viewWith(null, { last: { ...last, outcome: "concluded", used: 90_000 } }), START).state, "ended");
});

test("nobody stays on the screens who was not there", () => {
  const last = { ...turn, allowance: 180_000, used: 0, outcome: "not-present", ended_at: START };
  const reading = clockState(viewWith(null, { last, open: false }), START);
  assert.deepEqual([reading.state, reading.turn], ["closed", null]);
});

test("without a turn the list says whether the floor is open", () => {
  assert.equal(clockState(viewWith(null), START).state, "open");
  assert.equal(clockState(viewWith(null, { open: false }), START).state, "closed");
});

test("the next picture is due when the digit changes", () => {
  const view = viewWith({ running_since: START });
  assert.equal(nextTick(view, START), 1_000);
  assert.equal(nextTick(view, START + 400), 600);
  assert.equal(nextTick(view, START + 1_000), 1_000);
});

test("a warning between two seconds has its own picture", () => {
  const view = viewWith({ running_since: START });
  view.segment.rules = { ...rules, warning: 29_500 };
  assert.equal(nextTick(view, START + 150_000), 500);
});

test("an overrun is counted on from second to second", () => {
  const view = viewWith({ running_since: START }, { enforcement: "firm" });
  assert.equal(nextTick(view, START + 180_300), 700);
});

test("the bar shows the share that is left, never less than nothing", () => {
  const reading = clockState(viewWith({ running_since: START }), START + 45_000);
  assert.equal(reading.fraction, 0.75);
  assert.equal(reading.warnAt, 30 / 180);
  assert.equal(clockState(viewWith({ running_since: START }), START + HOUR).fraction, 0);
});

/** Chances that are the same each time (mulberry32). */
function seeded(/** @type {number} */ state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
