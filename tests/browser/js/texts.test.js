// Free texts are fetched once each, and asked for again where they may come yet.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Refused } from "../../../static/js/api.js";
import { Texts } from "../../../static/js/texts.js";

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Texts whose server gives these answers in turn; remembers what was asked for. */
function textsThatGet(answers) {
  const asked = [];
  let changes = 0;
  const api = {
    async getJson(url) {
      asked.push(url);
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  return { texts: new Texts(api, "/texts", () => (changes += 1)), asked, changes: () => changes };
}

test("a text is fetched when it is first wanted, and once", async () => {
  const { texts, asked, changes } = textsThatGet([{ text: "How are survivors heard?" }]);
  assert.equal(texts.of("q1"), undefined);
  assert.equal(texts.of("q1"), undefined);
  await settled();
  assert.equal(texts.of("q1"), "How are survivors heard?");
  assert.deepEqual(asked, ["/texts/q1"]);
  assert.equal(changes(), 1);
});

test("no id is no text", () => {
  const { texts, asked } = textsThatGet([]);
  assert.equal(texts.of(null), null);
  assert.equal(texts.of(undefined), null);
  assert.deepEqual(asked, []);
});

test("one that was refused is asked for again after a while: it may be for this seat by then", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { texts, asked } = textsThatGet([new Refused(403, { reason: "not-allowed", message: "" }), { text: "Yes" }]);
  texts.of("t1");
  await settled();
  assert.equal(texts.of("t1"), null);
  assert.equal(asked.length, 1);
  context.mock.timers.tick(2_000);
  texts.of("t1");
  await settled();
  assert.equal(texts.of("t1"), "Yes");
});

test("without contact it is asked for until it comes", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { texts, asked } = textsThatGet([new TypeError("no contact"), new Refused(503, { reason: "x", message: "" }), { text: "Yes" }]);
  texts.of("t1");
  for (let attempt = 0; attempt < 3; attempt += 1) {
    await settled();
    context.mock.timers.tick(2_000);
  }
  await settled();
  assert.equal(texts.of("t1"), "Yes");
  assert.equal(asked.length, 3);
});
