// The draft of a set-up: what is typed is kept, what is empty is not sent, nobody is overwritten.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Draft, sent, spell } from "../../../static/js/setup/draft.js";

const FORM = {
  revision: 3,
  programme: {
    title: "A dialogue",
    organ: "Assembly",
    place: { en: "Room 2", ar: "قاعة" },
    date: "2012-04-03",
    timezone: "America/New_York",
    bureau: [{ role: "chair", person: "ban" }, { role: "secretary", name: "Okoye", id: "s1" }],
    persons: { ban: { name: "Ban", id: "p01" } },
    delegations: ["all-member-states", { code: "HOPE", category: "ngo", name: "Hope" }],
    segments: [{ kind: "panel", title: "Panel", id: "s1", themes: [{ id: "t1", text: "Why" }], speakers: ["ban"] }],
  },
};

function storage() {
  const kept = new Map();
  return { kept, getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value), removeItem: (key) => kept.delete(key) };
}

function draftOf(form = FORM, keeping = storage()) {
  const draft = new Draft("d1", keeping);
  draft.read(form);
  return draft;
}

test("every text can be bound in every language", () => {
  const draft = draftOf();
  assert.deepEqual(draft.at(["title"]), { en: "A dialogue" });
  assert.deepEqual(draft.at(["segments", 0, "themes", 0, "text"]), { en: "Why" });
  assert.deepEqual(draft.at(["delegations", 1, "name"]), { en: "Hope" });
  assert.equal(draft.changed, false);
});

test("what is left empty is not sent", () => {
  assert.deepEqual(sent({ a: "", b: { c: " " }, d: [], e: [{ f: null }, "x"], g: "0" }), { e: ["x"], g: "0" });
});

test("what is typed and taken back leaves nothing to save", () => {
  const keeping = storage();
  const draft = draftOf(FORM, keeping);
  draft.put(["title", "fr"], "Un dialogue");
  assert.equal(draft.state, "changed");
  assert.equal(keeping.kept.size, 1);
  draft.put(["title", "fr"], "");
  assert.equal(draft.changed, false);
  assert.equal(keeping.kept.size, 0);
});

test("changes outlive the page as long as nobody else has changed the programme", () => {
  const keeping = storage();
  draftOf(FORM, keeping).put(["title", "en"], "Another");
  const again = draftOf(FORM, keeping);
  assert.equal(again.found, true);
  assert.equal(again.at(["title", "en"]), "Another");
  const overtaken = draftOf({ ...FORM, revision: 4 }, keeping);
  assert.equal(overtaken.found, false);
  assert.equal(overtaken.at(["title", "en"]), "A dialogue");
});

test("entries are added, moved and taken away", () => {
  const draft = draftOf();
  draft.add(["segments", 0, "themes"], { text: { en: "How" } });
  draft.move(["segments", 0, "themes"], 1, -1);
  assert.deepEqual(draft.at(["segments", 0, "themes"]).map(({ text }) => text.en), ["How", "Why"]);
  draft.move(["segments", 0, "themes"], 0, -1);
  draft.put(["segments", 0, "themes", 0], undefined);
  assert.equal(draft.changed, false);
});

test("what was accepted is the new ground, and what was typed meanwhile is still to be saved", () => {
  const draft = draftOf();
  draft.put(["title", "en"], "Another");
  const fields = draft.sent;
  draft.put(["place", "en"], "Room 3");
  draft.accepted(fields);
  assert.equal(draft.base, 4);
  assert.equal(draft.state, "changed");
  assert.equal(draft.sent.title.en, "Another");
});

test("a problem is shown where it belongs", () => {
  const draft = draftOf();
  draft.refused({ reason: "invalid", message: "No.", problems: [{ path: "segments[0].speakers[0]", message: "nobody" }] });
  assert.equal(draft.state, "refused");
  assert.equal(draft.problemAt(["segments", 0, "speakers", 0]), "nobody");
  assert.equal(draft.problemAt(["segments", 0]), "");
  assert.equal(spell(["persons", "ban", "name", "en"]), "persons.ban.name.en");
});

test("somebody else's change is said so, and can be overtaken", () => {
  const draft = draftOf();
  draft.put(["title", "en"], "Another");
  draft.refused({ reason: "programme-changed", message: "Somebody else." });
  assert.equal(draft.state, "overtaken");
  draft.overtake(7);
  assert.equal(draft.base, 7);
  assert.equal(draft.at(["title", "en"]), "Another");
});
