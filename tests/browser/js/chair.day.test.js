// The strip of the day and the forecast of the list.

import assert from "node:assert/strict";
import { test } from "node:test";

import { drift, plannedEnd, planShift, strip } from "../../../static/js/chair/day.js";
import { forecast, HAND_OVER, limitForAll, reached, roomFor } from "../../../static/js/chair/forecast.js";
import { bureauView, entry, MINUTE, programme, TEN, turn } from "./chair.scenes.js";

const at = (minutes) => TEN + minutes * MINUTE;

test("a segment that began late is behind the programme by as much", () => {
  const view = bureauView({ segment: "panel", begunAt: at(67) });
  assert.deepEqual(drift(programme, view, at(90)), { kind: "late", minutes: 7 });
});

test("a segment that runs over its planned end is behind by what it overruns", () => {
  const view = bureauView({ segment: "panel", begunAt: at(67) });
  assert.deepEqual(drift(programme, view, at(194)), { kind: "late", minutes: 14 });
});

test("within a minute the dialogue is on time, earlier it is ahead", () => {
  assert.equal(drift(programme, bureauView({ segment: "panel", begunAt: at(60.5) }), at(70)).kind, "on-time");
  assert.deepEqual(drift(programme, bureauView({ segment: "panel", begunAt: at(55) }), at(70)), { kind: "ahead", minutes: 5 });
});

test("before the opening the strip counts to it, and then after it", () => {
  const view = bureauView({ phase: "scheduled", segment: null });
  assert.deepEqual(drift(programme, view, at(-10)), { kind: "to-begin", minutes: 10 });
  assert.deepEqual(drift(programme, view, at(3)), { kind: "overdue", minutes: 3 });
});

test("held on another day the programme is counted from the opening", () => {
  const day = 24 * 60;
  const view = bureauView({ segment: "open", begunAt: at(day) });
  assert.equal(planShift(programme, view, at(day + 5)), day * MINUTE);
  assert.equal(drift(programme, view, at(day + 5)).kind, "on-time");
  assert.equal(plannedEnd(programme, view, at(day + 5)), at(day + 60));
});

test("an opening some hours late is late; only further off it is taken for another occasion", () => {
  assert.equal(drift(programme, bureauView({ segment: "open", begunAt: at(170) }), at(171)).kind, "late");
  assert.equal(drift(programme, bureauView({ segment: "open", begunAt: at(190) }), at(191)).kind, "on-time");
});

test("not begun and planned for another day, nothing is compared", () => {
  const view = bureauView({ phase: "scheduled", segment: null });
  assert.equal(planShift(programme, view, at(3 * 24 * 60)), null);
  assert.equal(drift(programme, view, at(3 * 24 * 60)).kind, "unplanned");
  assert.equal(
    strip(programme, view, at(3 * 24 * 60), 0).every((half) => half.now === null),
    true,
  );
});

test("the strip is split at the break, and the line of now stands in its half", () => {
  const view = bureauView({ segment: "panel", begunAt: at(60) });
  const halves = strip(programme, view, at(90), at(120));
  assert.deepEqual(
    halves.map(({ boxes }) => boxes.map(({ segment, state }) => [segment.id, state])),
    [
      [
        ["open", "coming"],
        ["panel", "current"],
      ],
      [["close", "coming"]],
    ],
  );
  assert.deepEqual(
    halves.map(({ weight }) => weight),
    [180, 20],
  );
  assert.deepEqual(
    halves.map(({ now }) => now),
    [0.5, null],
  );
  assert.deepEqual(halves[0].actual, [{ from: 60 / 180, to: 0.5, current: true }]);
  assert.deepEqual(halves[0].forecast, { from: 0.5, to: 120 / 180 });
});

test("a half that runs over into the break grows, and no further than the break", () => {
  const view = bureauView({ segment: "panel", begunAt: at(60) });
  assert.equal(strip(programme, view, at(200), 0)[0].weight, 200);
  assert.equal(strip(programme, view, at(290), 0)[0].weight, 290);
  assert.equal(strip(programme, view, at(310), 0)[0].weight, 300);
});

test("a programme without times has an empty strip and no drift", () => {
  const untimed = { ...programme, segments: programme.segments.map((segment) => ({ ...segment, starts: null, ends: null })) };
  assert.deepEqual(strip(untimed, bureauView(), at(5), at(9)), []);
  assert.equal(drift(untimed, bureauView(), at(5)).kind, "unplanned");
  assert.equal(plannedEnd(untimed, bureauView(), at(5)), null);
});

const heard = { heard: ["p2", "p3"] };

test("each on the list begins after what remains, the limits before it and a hand-over each", () => {
  const entries = [entry({ id: "r1", limit: 5 * MINUTE }), entry({ id: "r2" })];
  const view = bureauView({ ...heard, entries, floor: turn({ delegation: "TH", used: MINUTE }) });
  const { starts, ends } = forecast(view, programme, TEN + 30_000);
  const first = TEN + 2 * MINUTE + HAND_OVER;
  assert.deepEqual(starts, [first, first + 5 * MINUTE + HAND_OVER]);
  assert.equal(ends, starts[1] + 3 * MINUTE);
});

test("a turn that overran takes no time off the others, and a clock yet to start is waited for", () => {
  const entries = [entry({})];
  const over = bureauView({ ...heard, entries, floor: turn({ delegation: "TH" }), rules: { enforcement: "advisory" } });
  assert.equal(forecast(over, programme, at(4)).starts[0], at(4) + HAND_OVER);
  const ready = bureauView({ ...heard, entries, floor: turn({ delegation: "TH", running_since: null, starts_at: TEN + 5_000 }) });
  assert.equal(forecast(ready, programme, TEN).starts[0], TEN + 5_000 + 3 * MINUTE + HAND_OVER);
});

test("speakers of the programme who are still to be heard come before the list", () => {
  const view = bureauView({ heard: ["p2"], entries: [entry({})] });
  assert.equal(forecast(view, programme, TEN).starts[0], TEN + 7 * MINUTE + 2 * HAND_OVER);
});

test("the cut stands before the first who would begin after the end", () => {
  const expected = { starts: [at(1), at(5), at(9)], ends: at(12) };
  assert.equal(reached(expected, at(6), TEN), 2);
  assert.equal(reached(expected, at(5), TEN), 1);
  assert.equal(reached(expected, null, TEN), 3);
  assert.equal(reached(expected, at(-1), TEN), 3);
});

test("the limit for all is the longest round one that fits, and never below a minute", () => {
  const entries = [entry({ id: "a", limit: 5 * MINUTE }), entry({ id: "b" }), entry({ id: "c" })];
  const view = bureauView({ ...heard, entries });
  const expected = forecast(view, programme, TEN);
  const limit = limitForAll(entries, expected, at(8));
  assert.equal(limit, 120_000);
  assert.ok(3 * (limit + HAND_OVER) <= 8 * MINUTE && 3 * (limit + 10_000 + HAND_OVER) > 8 * MINUTE);
  assert.equal(limitForAll(entries, expected, at(4)), null);
});

test("who has less than the limit for all keeps it, which leaves more to the others", () => {
  const entries = [entry({ id: "a", limit: 2 * MINUTE }), entry({ id: "b" })];
  const expected = forecast(bureauView({ ...heard, entries }), programme, TEN);
  assert.equal(limitForAll(entries, expected, TEN + 2 * HAND_OVER + 290_000), 170_000);
});

test("there is room for as many statements as fit before the end, none after it", () => {
  const view = bureauView({ ...heard, open: true });
  assert.equal(roomFor(view, programme, at(30), TEN), Math.floor((30 * MINUTE) / (3 * MINUTE + HAND_OVER)));
  assert.equal(roomFor(view, programme, at(-5), TEN), 0);
});
