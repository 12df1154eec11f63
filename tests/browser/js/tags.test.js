// The keys of tags: one each, the same on any keyboard.

import assert from "node:assert/strict";
import { test } from "node:test";

import { KINDS, pointKindWord, STANCES, tagOf } from "../../../static/js/record/tags.js";

test("each kind has a letter of its own, which opens no menu of a browser", () => {
  const keys = KINDS.map(([, key]) => key);
  assert.equal(new Set(keys).size, 6);
  for (const key of keys) assert.match(key, /^[A-Z]$/);
  // Alt with these is the browser's: address, menus.
  assert.deepEqual(keys.filter((key) => "DEFVSBTH".includes(key)), []);
  assert.equal(new Set(KINDS.map(([kind]) => pointKindWord(kind))).size, 6);
});

test("letters, figures and signs are tags", () => {
  for (const [kind, key] of KINDS) {
    assert.deepEqual(tagOf({ key, code: "" }), { kind });
    assert.deepEqual(tagOf({ key: key.toLowerCase(), code: "" }), { kind });
  }
  for (let theme = 0; theme <= 9; theme += 1) assert.deepEqual(tagOf({ key: String(theme), code: "" }), { theme });
  for (const [stance, key] of STANCES) assert.deepEqual(tagOf({ key, code: "" }), { stance });
  assert.deepEqual(tagOf({ key: "-", code: "Minus" }), { stance: "against" });
  assert.deepEqual(tagOf({ key: "=", code: "Equal" }), { stance: "for" });
});

test("on an Arabic keyboard, and where Alt makes another letter, the place of the key counts", () => {
  assert.deepEqual(tagOf({ key: "ؤ", code: "KeyC" }), { kind: "concern" });
  assert.deepEqual(tagOf({ key: "ç", code: "KeyC" }), { kind: "concern" });
  assert.deepEqual(tagOf({ key: "٣", code: "Digit3" }), { theme: 3 });
  assert.deepEqual(tagOf({ key: "£", code: "Digit3" }), { theme: 3 });
  assert.deepEqual(tagOf({ key: "–", code: "Minus" }), { stance: "against" });
  assert.deepEqual(tagOf({ key: "≠", code: "Equal" }), { stance: "for" });
});

test("where letters stand elsewhere, what they say counts", () => {
  // A French keyboard: the digits are shifted, and 6 unshifted is a minus.
  assert.deepEqual(tagOf({ key: "\"", code: "Digit3" }), { theme: 3 });
  assert.deepEqual(tagOf({ key: "-", code: "Digit6" }), { stance: "against" });
  // Dvorak: R where others have O.
  assert.deepEqual(tagOf({ key: "r", code: "KeyO" }), { kind: "recommendation" });
  assert.equal(tagOf({ key: "x", code: "KeyR" }), null);
});

test("other keys are no tags", () => {
  for (const [key, code] of [
    ["x", "KeyX"],
    [" ", "Space"],
    ["ArrowUp", "ArrowUp"],
    ["Backspace", "Backspace"],
    ["F3", "F3"],
    [".", "Period"],
  ])
    assert.equal(tagOf({ key, code }), null);
});
