// What the hall is told of a turn beside a name, and of limits that change.

import { closesAt, nextSecond } from "../../../static/js/clock.js";
import assert from "node:assert/strict";
import { test } from "node:test";

import { byWhom, newLimits, pauseWord, shownSpeaker, turnWords } from "../../../static/js/said.js";

const NOW = 1_333_461_600_000;
const programme = {
  group: () => "Group of 77 and China",
  person: () => ({ name: "Ms. Bachelet", title: "" }),
  voice: ({ delegation }) => ({ name: delegation === "MX" ? "Mexico" : "Ms. Bachelet" }),
};
const turn = (more) => ({ kind: "statement", group: null, ...more });

test("a plain statement needs no words", () => {
  assert.equal(turnWords(programme, turn({})), "");
});

test("a turn says for whom it is, and whether for itself as well", () => {
  assert.equal(turnWords(programme, turn({ group: "G77" })), "on behalf of the Group of 77 and China");
  assert.equal(turnWords(programme, turn({ group: "G77", also_national: true })), "on behalf of the Group of 77 and China, and in its own name");
});

test("a question says to whom, a right of reply to whose statement", () => {
  assert.equal(turnWords(programme, turn({ kind: "question", to: "p1" })), "question to Ms. Bachelet");
  const replied = { delegation: "MX", person: null, group: null };
  assert.equal(turnWords(programme, turn({ kind: "right-of-reply", in_reply_to: replied })), "right of reply to Mexico");
  assert.equal(turnWords(programme, turn({ kind: "right-of-reply", in_reply_to: null })), "right of reply");
});

test("a question on behalf of a group says both", () => {
  assert.equal(turnWords(programme, turn({ kind: "question", to: "p1", group: "G77" })), "on behalf of the Group of 77 and China · question to Ms. Bachelet");
});

test("a speaker is shown where it was let out, and once the words have come", () => {
  const texts = { of: (id) => ({ a: "Ms. Pérez", b: "Minister", late: undefined })[id] ?? (id === null ? null : undefined) };
  assert.equal(shownSpeaker({ texts }, { shown: { speaker: "a", title: "b" } }), "Ms. Pérez, Minister");
  assert.equal(shownSpeaker({ texts }, { shown: { speaker: "late", title: null } }), "");
  assert.equal(shownSpeaker({ texts }, { shown: null }), "");
});

test("a pause without a reason says none", () => {
  assert.equal(pauseWord("interpretation"), "interpretation");
  assert.equal(pauseWord(null), "");
});

function view({ announced = null, floor = null, interrupted = null, last = null, closes_at = null, open = true, phase = "open" } = {}) {
  return {
    dialogue: { phase }, segment: { id: "s2", begun_at: NOW, announced, rules: { limits: { national: 150_000 } } },
    floor, interrupted, last, list: { open, closes_at },
  };
}

const announced = { at: NOW + 60_000, by: "chair/p01" };

test("limits that changed during a turn are new until the next speaker has the floor", () => {
  assert.equal(newLimits(view({ announced, floor: { given_at: NOW } }))?.limits.national, 150_000);
  assert.equal(newLimits(view({ announced, last: { ended_at: NOW + 50_000 } }))?.at, NOW + 60_000);
  assert.equal(newLimits(view({ announced, last: { ended_at: NOW + 70_000 } })), null);
  assert.equal(newLimits(view({ announced, floor: { given_at: NOW + 70_000 } })), null);
});

test("a point of order is no next speaker", () => {
  const during = view({ announced, floor: { given_at: NOW + 70_000 }, interrupted: { given_at: NOW } });
  assert.equal(newLimits(during)?.at, NOW + 60_000);
});

test("limits that were not changed are not new", () => {
  assert.equal(newLimits(view()), null);
  assert.equal(newLimits(null), null);
});

test("it is said who announced them", () => {
  assert.equal(byWhom("chair/p01"), "Announced by the chair at {time}.");
  assert.equal(byWhom("secretary/p09"), "Announced by the secretary at {time}.");
});

test("an open list closes at its time, and is counted down in whole seconds", () => {
  const closing = view({ closes_at: NOW + 10_400 });
  assert.equal(closesAt(closing), NOW + 10_400);
  assert.equal(nextSecond(closing, NOW), NOW + 400);
  assert.equal(nextSecond(closing, NOW + 400), NOW + 1_400);
  assert.equal(nextSecond(closing, NOW + 10_400), null);
});

test("a list that is closed, or a meeting that stands, counts nothing", () => {
  assert.equal(closesAt(view({ closes_at: NOW, open: false })), null);
  assert.equal(closesAt(view({ closes_at: NOW, phase: "suspended" })), null);
  assert.equal(nextSecond(view(), NOW), null);
});
