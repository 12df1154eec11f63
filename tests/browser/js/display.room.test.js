// How the picture of the display is set for a room, and what its last row can read.

import assert from "node:assert/strict";
import { test } from "node:test";

import { distanceFor, heightNeeded, legibility } from "../../../static/js/display/legibility.js";
import { GOOD, heightFor, layoutFor, LEAST, unitOf } from "../../../static/js/display/room.js";

const WIDE = { width: 1920, high: 1080, captions: false };
const room = (depth, height, more = {}) => ({ ...WIDE, depth, height, ...more });
const verdictsOf = (told) => Object.fromEntries(told.map(({ text, verdict }) => [text, verdict]));

const DEPTHS = [2, 5, 8, 10, 12, 15, 20, 25, 30, 40, 60, 120];
const HEIGHTS = [0.5, 1, 1.5, 2, 3, 4, 6];
const SHAPES = [[1920, 1080], [1280, 800], [1024, 768]];

test("heights are those of the table for the farthest viewer", () => {
  const millimetres = (minutes, distance) => Math.round(heightFor(minutes, distance) * 1000);
  assert.deepEqual([10, 20, 30, 40].map((distance) => millimetres(LEAST, distance)), [47, 93, 140, 186]);
  assert.deepEqual([10, 20, 30, 40].map((distance) => millimetres(GOOD, distance)), [64, 128, 192, 256]);
  assert.ok(Math.abs(distanceFor(LEAST, heightFor(LEAST, 17)) - 17) < 1e-9);
});

test("a unit is a hundredth of the height at 16:9, and smaller in a squarer picture", () => {
  assert.equal(unitOf(1920, 1080), 0.01);
  assert.equal(unitOf(2560, 1080), 0.01);
  assert.ok(Math.abs(unitOf(1024, 768) - 0.00827) < 1e-5);
});

test("a room of which nothing is known is set as usual", () => {
  const usual = layoutFor(room(null, null));
  assert.deepEqual(usual, { sizes: { name: 10.4, state: 8.4, next: 5.6, foot: 4.4 }, next: "column", rows: 4, flags: true });
  assert.deepEqual(layoutFor(room(30, null)), usual);
  assert.deepEqual(layoutFor(room(null, 2)), usual);
  assert.equal(legibility(room(30, null)), null);
  assert.equal(layoutFor(room(null, null, { width: 1024, high: 768 })).next, "line");
});

test("a small room sees more names, a deep one fewer and larger, without flags, at last one in a line", () => {
  const next = (depth) => {
    const { sizes, next, rows, flags } = layoutFor(room(depth, 2));
    return [next, rows, flags, sizes.next];
  };
  assert.deepEqual(next(8), ["column", 5, true, 4.4]);
  assert.deepEqual(next(12), ["column", 4, true, 5.38]);
  assert.deepEqual(next(20), ["column", 3, false, 7.4]);
  assert.deepEqual(next(30), ["line", 1, false, 10]);
});

test("thirty metres before a picture of two are just enough, and forty are not", () => {
  const thirty = verdictsOf(legibility(room(30, 2)));
  assert.deepEqual(
    [thirty.digits, thirty.name, thirty.state, thirty.next, thirty.small],
    ["good", "least", "least", "least", "near"],
  );
  assert.equal(heightNeeded(room(30, 2)), null);
  const forty = verdictsOf(legibility(room(40, 2)));
  assert.deepEqual([forty.digits, forty.name, forty.next], ["good", "too-small", "too-small"]);
  const needed = heightNeeded(room(40, 2));
  assert.ok(needed > 2 && needed < 3.2, String(needed));
  assert.equal(heightNeeded(room(40, needed)), null);
});

test("the farther the last row, the larger the texts and the fewer the names", () => {
  for (const [width, high] of SHAPES) {
    for (const height of HEIGHTS) {
      let before = null;
      for (const depth of DEPTHS) {
        const layout = layoutFor(room(depth, height, { width, high }));
        const where = `${width} by ${high}, ${height} m at ${depth} m`;
        assert.ok(layout.rows >= 1 && layout.rows <= 5, where);
        if (before) {
          assert.ok(layout.rows <= before.rows, where);
          assert.ok(layout.sizes.next >= before.sizes.next, where);
          assert.ok(before.flags || !layout.flags, where);
          if (layout.next === before.next) assert.ok(layout.sizes.name >= before.sizes.name, where);
        }
        before = layout;
      }
    }
  }
});

test("digits are never under 35 % of the height, and what is told agrees with what is set", () => {
  for (const [width, high] of SHAPES) {
    for (const captions of [false, true]) {
      for (const height of HEIGHTS) {
        for (const depth of DEPTHS) {
          const told = legibility(room(depth, height, { width, high, captions }));
          const where = `${width} by ${high}, ${height} m at ${depth} m, captions ${captions}`;
          assert.ok(told[0].share >= 0.35, where);
          for (const { text, share, height: tall, to, verdict } of told) {
            assert.ok(Math.abs(tall - share * height) < 1e-9, where);
            assert.equal(to >= depth, verdict === "good" || verdict === "least", `${where}: ${text}`);
          }
        }
      }
    }
  }
});

test("captions leave one size, and are told of what it cannot be read at", () => {
  const layout = layoutFor(room(8, 2, { captions: true }));
  assert.deepEqual([layout.rows, layout.sizes.name], [1, 7.6]);
  assert.deepEqual(layoutFor(room(60, 2, { captions: true })), layout);
  assert.equal(verdictsOf(legibility(room(30, 2, { captions: true }))).name, "too-small");
});

test("letters that are lower need a larger size", () => {
  assert.ok(layoutFor(room(15, 2, { letter: 0.6 })).sizes.next > layoutFor(room(15, 2)).sizes.next);
});
