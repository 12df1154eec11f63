// The strip of the day and the forecast of the list.

import assert from "node:assert/strict";
import { test } from "node:test";

import { drift, planShift, strip } from "../../../static/js/chair/day.js";
import { expectedAt, roomFor } from "../../../static/js/chair/forecast.js";
import { bureauView, MINUTE, NOTHING_EXPECTED, programme, TEN } from "./chair.scenes.js";

const at = (minutes) => TEN + minutes * MINUTE;

const drifting = (view, now) => drift(programme, view, expectedAt(view.forecast, now), now);

test("the drift is the server's, in whole minutes", () => {
  const by = (minutes) => drifting(bureauView({ forecast: { drift: minutes * MINUTE } }), at(90));
  assert.deepEqual(by(7.5), { kind: "late", minutes: 7 });
  assert.deepEqual(by(-5), { kind: "ahead", minutes: 5 });
  assert.equal(by(0.5).kind, "on-time");
  assert.equal(drifting(bureauView({}), at(90)).kind, "unplanned");
});

test("before the opening the strip counts to it, and then after it", () => {
  const view = bureauView({ phase: "scheduled", segment: null });
  assert.deepEqual(drifting(view, at(-10)), { kind: "to-begin", minutes: 10 });
  assert.deepEqual(drifting(view, at(3)), { kind: "overdue", minutes: 3 });
});

test("held on another day the programme is counted from the opening", () => {
  const day = 24 * 60;
  const view = bureauView({ segment: "open", begunAt: at(day) });
  assert.equal(planShift(programme, view, at(day + 5)), day * MINUTE);
});

test("not begun and planned for another day, nothing is compared", () => {
  const view = bureauView({ phase: "scheduled", segment: null });
  assert.equal(planShift(programme, view, at(3 * 24 * 60)), null);
  assert.equal(drifting(view, at(3 * 24 * 60)).kind, "unplanned");
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
  assert.equal(drift(untimed, bureauView({ segment: null }), expectedAt(NOTHING_EXPECTED, at(5)), at(5)).kind, "unplanned");
});

const section = (changes) => ({ ...NOTHING_EXPECTED, starts: [at(1), at(5), at(9)], ends: at(12), ...changes });

test("while the forecast holds, it is what the server says", () => {
  const expected = expectedAt(section({ holds_until: at(3), planned_end: at(6), cut: 2, fits: 150_000, slot: 4 * MINUTE }), at(2));
  assert.deepEqual(expected.starts, [at(1), at(5), at(9)]);
  assert.deepEqual([expected.ends, expected.end, expected.cut, expected.fits], [at(12), at(6), 2, 150_000]);
});

test("from where it no longer holds, each moment that passes moves it, and the cut with it", () => {
  const expected = expectedAt(section({ holds_until: at(0), planned_end: at(6), cut: 2 }), at(2));
  assert.deepEqual(expected.starts, [at(3), at(7), at(11)]);
  assert.deepEqual([expected.ends, expected.cut], [at(14), 1]);
});

test("the drift grows while nothing happens, once the end is put off beyond it", () => {
  const late = section({ holds_until: at(0), planned_end: at(10), drift: 2 * MINUTE });
  assert.equal(expectedAt(late, at(0)).drift, 2 * MINUTE);
  assert.equal(expectedAt(late, at(5)).drift, 7 * MINUTE);
});

test("a line that nobody can be on the right side of is not drawn", () => {
  assert.equal(expectedAt(section({ planned_end: at(4), cut: 1 }), at(4)).cut, null);
  assert.equal(expectedAt(section({ planned_end: at(20) }), at(0)).cut, null);
  assert.equal(expectedAt(section({ interpretation_end: at(8) }), at(0)).interpretationCut, 2);
});

test("the rights of reply, heard last, take their time from the list", () => {
  const replies = section({ planned_end: at(10), interpretation_end: at(10), rights_of_reply: 5 * MINUTE });
  const expected = expectedAt(replies, at(0));
  assert.deepEqual([expected.cut, expected.interpretationCut], [1, 1]);
});

test("there is room for as many statements as fit after all that is expected", () => {
  const slot = 3 * MINUTE + 35_000;
  assert.equal(roomFor(expectedAt(section({ ends: at(0), planned_end: at(30), slot }), at(0))), Math.floor((30 * MINUTE) / slot));
  assert.equal(roomFor(expectedAt(section({ ends: at(40), planned_end: at(30), slot }), at(0))), 0);
  assert.equal(roomFor(expectedAt(NOTHING_EXPECTED, at(0))), 0);
});
