// Names and titles of the programme.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Programme, shortTitle } from "../../../static/js/programme.js";

const initials = (name) => new Programme({ persons: { p: { name, title: "" } } }).voice({ delegation: null, person: "p", group: null }).initials;

test("a person's initials leave out how the person is addressed, in every language", () => {
  assert.equal(initials("H.E. Mr. Ban Ki-moon"), "BK");
  assert.equal(initials("S.\u00a0E. M. Nassir Abdulaziz Al-Nasser"), "NA");
  assert.equal(initials("Mme Mira Sorvino"), "MS");
  assert.equal(initials("Excma. Sra. Sylvie Lucas"), "SL");
  assert.equal(initials("Ее Превосходительство г-жа Сильви Лукас"), "СЛ");
  assert.equal(initials("السيدة ميرا سورفينو"), "مس");
  assert.equal(initials("潘基文先生阁下"), "潘");
});

test("a title is short before its colon, whichever colon its language has", () => {
  assert.equal(shortTitle("Table ronde interactive I\u202f: Protéger les victimes"), "Table ronde interactive I");
  assert.equal(shortTitle("互动专题讨论一：保护人口贩运被害人：伙伴关系与创新"), "互动专题讨论一");
});
