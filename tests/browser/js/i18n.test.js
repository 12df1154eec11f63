// The words of the screens, and their plurals.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { durationInWords, limitInWords, t, timeOfDay, tn, useStrings } from "../../../static/js/i18n.js";
import { placeSentence } from "../../../static/js/phone/more/places.js";

afterEach(() => useStrings({ lang: "en", strings: {} }));

test("what has no translation is said in English", () => {
  assert.equal(t("The floor is open"), "The floor is open");
});

test("a translation takes the place of its source, and values their places in it", () => {
  useStrings({ lang: "ar", strings: { "Limit {limit}": "الحد {limit}" } });
  assert.equal(t("Limit {limit}", { limit: "3:00" }), "الحد 3:00");
});

test("places without a value are left for the markup that fills them", () => {
  assert.equal(t("Limit {limit}"), "Limit {limit}");
  assert.equal(tn("{n} waiting.", "{n} waiting.", 3, {}), "{n} waiting.");
});

test("English has two forms", () => {
  assert.equal(tn("{n} minute", "{n} minutes", 1), "1 minute");
  assert.equal(tn("{n} minute", "{n} minutes", 12), "12 minutes");
});

test("Arabic has six forms, in the order of its catalogue", () => {
  useStrings({ lang: "ar", strings: { "{n} minute": ["zero", "one", "two", "few", "many", "other"] } });
  const form = (n) => tn("{n} minute", "{n} minutes", n);
  assert.deepEqual([0, 1, 2, 3, 10, 11, 99, 100, 102, 103].map(form), [
    "zero", "one", "two", "few", "few", "many", "many", "other", "other", "few",
  ]);
});

test("Russian has three forms", () => {
  useStrings({ lang: "ru", strings: { "{n} minute": ["one", "few", "many"] } });
  const form = (n) => tn("{n} minute", "{n} minutes", n);
  assert.deepEqual([1, 21, 3, 5, 11].map(form), ["one", "one", "few", "many", "many"]);
});

test("French and Spanish have two forms, and nothing is one only in French", () => {
  const forms = [0, 1, 2, 11, 1200];
  for (const [lang, none] of [["fr", "one"], ["es", "other"]]) {
    useStrings({ lang, strings: { "{n} minute": ["one", "other"] } });
    assert.deepEqual(forms.map((n) => tn("{n} minute", "{n} minutes", n)), [none, "one", "other", "other", "other"]);
  }
});

test("Chinese has one form", () => {
  useStrings({ lang: "zh", strings: { "{n} minute": ["other"] } });
  assert.deepEqual([0, 1, 2].map((n) => tn("{n} minute", "{n} minutes", n)), ["other", "other", "other"]);
});

test("the first on the list is next, the others hear their place", () => {
  assert.deepEqual([1, 2, 3, 10].map(placeSentence), ["You are next", "You are second", "You are third", "You are tenth"]);
  assert.equal(placeSentence(27), "You are number 27");
});

test("a usual limit is said in words, another in figures", () => {
  assert.equal(limitInWords(180_000), "three minutes");
  assert.equal(limitInWords(90_000), "90 seconds");
  assert.equal(durationInWords(30_000), "30 seconds");
  assert.equal(durationInWords(60_000), "1 minute");
});

test("the time of day is that of the place of the meeting", () => {
  const morning = Date.UTC(2012, 3, 3, 14, 5, 9);
  assert.equal(timeOfDay(morning, -240), "10:05");
  assert.equal(timeOfDay(morning, 345, { seconds: true }), "19:50:09");
});
