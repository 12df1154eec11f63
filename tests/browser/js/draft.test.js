// What is going to be said about a speaker.

import assert from "node:assert/strict";
import { test } from "node:test";

import { countWords, draftOf, NOTHING_SAID, saysNothing, toFields } from "../../../static/js/phone/more/draft.js";

const details = { level: "minister", language: "fr", delivery: null, speaker: "t1", title: null, text: "t2", gist: null, show_speaker: true };

test("nothing was said where there are no details", () => {
  assert.ok(saysNothing(draftOf(null, () => null)));
});

test("a draft of what was said has its words, and waits for those on their way", () => {
  const words = { t1: "Ms. Pérez", t2: "Mr. President" };
  assert.deepEqual(draftOf(details, (id) => (id ? words[id] : null)), {
    ...NOTHING_SAID, level: "minister", language: "fr", speaker: "Ms. Pérez", text: "Mr. President", show_speaker: true,
  });
  assert.equal(draftOf(details, (id) => (id === "t2" ? undefined : null)), null);
});

test("what is left out is sent as nothing", () => {
  const fields = toFields({ ...NOTHING_SAID, speaker: "  Ms. Pérez ", title: "   " });
  assert.deepEqual([fields.speaker, fields.title, fields.show_speaker], ["Ms. Pérez", null, false]);
});

test("words are counted as the language tells them apart", () => {
  assert.equal(countWords("", "en"), 0);
  assert.equal(countWords("Mr. President,\n\nthank you.", "en"), 4);
  assert.equal(countWords("السيد الرئيس، أشكركم", "ar"), 3);
  assert.ok(countWords("主席先生，谢谢您。", "zh") >= 3);
  assert.equal(countWords("one two", "other"), 2);
});
