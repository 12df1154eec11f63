// How many questions to a panellist are open, ticks on their way included; and how long a speaker is asked to slow down.

import assert from "node:assert/strict";
import { test } from "node:test";

import { useStrings } from "../../../static/js/i18n.js";
import { isSlowedDown, SLOW_DOWN_FOR, slowedUntil } from "../../../static/js/slow-down.js";
import { countWords, isAnswered, openOnes } from "../../../static/js/panellist/count.js";

const question = (id, answered = false) => ({ id, written: true, delegation: "NG", group: null, at: 0, words: null, answered });
const NONE = new Map();

test("what was ticked here goes before what the server has said", () => {
  assert.equal(isAnswered(question("q1"), NONE), false);
  assert.equal(isAnswered(question("q1"), new Map([["q1", true]])), true);
  assert.equal(isAnswered(question("q1", true), new Map([["q1", false]])), false);
});

test("the open ones are counted in a sentence", () => {
  useStrings({ lang: "en", strings: {} });
  const questions = [question("q1", true), question("q2"), question("q3")];
  assert.equal(openOnes(questions, NONE), 2);
  assert.equal(countWords(questions, NONE), "2 open questions");
  assert.equal(countWords(questions, new Map([["q2", true]])), "1 open question");
  assert.equal(countWords(questions, new Map([["q2", true], ["q3", true]])), "All questions are answered");
  assert.equal(countWords([], NONE), "No question yet");
});

test("a speaker is asked to slow down for ten seconds", () => {
  const asked = { slow_down: 1_000 };
  assert.equal(slowedUntil(asked), 1_000 + SLOW_DOWN_FOR);
  assert.equal(isSlowedDown(asked, 1_000), true);
  assert.equal(isSlowedDown(asked, 1_000 + SLOW_DOWN_FOR - 1), true);
  assert.equal(isSlowedDown(asked, 1_000 + SLOW_DOWN_FOR), false);
  for (const nobody of [null, undefined, { slow_down: null }]) {
    assert.equal(slowedUntil(nobody), null);
    assert.equal(isSlowedDown(nobody, 5_000), false);
  }
});
