// What the chair's screen finds, reads out and says.

import assert from "node:assert/strict";
import { test } from "node:test";

import { nextAction } from "../../../static/js/chair/next.js";
import { newRequests, requestsSentence, sentences } from "../../../static/js/chair/said.js";
import { findDelegations, parseDuration } from "../../../static/js/chair/search.js";
import { spoken, timeInWords, toReadOut } from "../../../static/js/chair/speech.js";
import { minutesWord, secondLine, speakerLine } from "../../../static/js/chair/words.js";
import { Programme } from "../../../static/js/programme.js";
import { bureauView, entry, MINUTE, programme as document, TEN, turn } from "./chair.scenes.js";

const programme = new Programme(document);
const heard = { heard: ["p2", "p3"] };

test("a delegation is found by code, by the beginning of its name, of a word, or anywhere, in this order", () => {
  assert.deepEqual(findDelegations(document, "th"), ["TH"]);
  assert.deepEqual(findDelegations(document, "see"), ["VA"]);
  assert.equal(findDelegations(document, "al")[0], "DZ");
  assert.deepEqual(findDelegations(document, "xico"), ["MX"]);
  assert.deepEqual(findDelegations(document, "nowhere"), []);
  assert.equal(findDelegations(document, "").length, 6);
});

test("accents and case need not be typed", () => {
  assert.deepEqual(findDelegations(document, "COTE D"), ["CI"]);
  assert.deepEqual(findDelegations(document, " ivoire "), ["CI"]);
});

test("a limit is read as minutes, or as minutes and seconds, up to an hour", () => {
  assert.equal(parseDuration("5"), 5 * MINUTE);
  assert.equal(parseDuration("4:30"), 4 * MINUTE + 30_000);
  for (const wrong of ["", "0", "0:00", "4:75", "61", "four", "-3", "4:3"]) assert.equal(parseDuration(wrong), null, wrong);
});

test("English names are said with their article, and what stands in brackets goes before", () => {
  assert.equal(spoken("Iran (Islamic Republic of)", "en"), "the Islamic Republic of Iran");
  assert.equal(spoken("Netherlands (Kingdom of the)", "en"), "the Kingdom of the Netherlands");
  assert.equal(spoken("Russian Federation", "en"), "the Russian Federation");
  assert.equal(spoken("Niger", "en"), "the Niger");
  assert.equal(spoken("Nigeria", "en"), "Nigeria");
  assert.equal(spoken("Mexico", "en"), "Mexico");
  assert.equal(spoken("Sudan", "en"), "the Sudan");
  assert.equal(spoken("Sudan", "es"), "Sudan");
});

test("the words to read out thank the one who spoke and name the group", () => {
  const entries = [entry({ delegation: "DZ", group: "G77", capacity: "group" })];
  const view = bureauView({ ...heard, open: true, entries, floor: turn({ delegation: "MX" }) });
  assert.equal(
    toReadOut(nextAction(view, document), view, programme, "en"),
    "“I thank the distinguished representative of Mexico. I now give the floor to the distinguished representative of Algeria, on behalf of the Group of 77 and China.”",
  );
});

test("an observer, a body and a person are each addressed as what they are", () => {
  const giving = (changes) => {
    const view = bureauView({ ...heard, open: true, ...changes });
    return toReadOut(nextAction(view, document), view, programme, "en");
  };
  assert.match(giving({ entries: [entry({ delegation: "VA" })] }), /distinguished observer of the Holy See/);
  assert.match(giving({ entries: [entry({ delegation: "EC" })] }), /to the representative of ECPAT/);
  assert.match(giving({ heard: [] }), /to Ms\. Two, Professor\./);
});

test("opening the list reminds of the limit in words", () => {
  const view = bureauView(heard);
  assert.match(toReadOut(nextAction(view, document), view, programme, "en"), /the limit of three minutes/);
});

test("the second line of an entry tells on whose behalf, what it is, and how often before", () => {
  const line = (changes, spoken = 0) => secondLine(entry(changes), programme, "en", spoken);
  assert.equal(line({}), "");
  assert.equal(line({ group: "G77" }, 1), "on behalf of the Group of 77 and China · Second intervention");
  assert.equal(line({ group: "G77", also_national: true }), "on behalf of the Group of 77 and China, and for itself");
  assert.equal(line({}, 2), "Intervention number 3");
  assert.equal(line({ kind: "question", to: "p2" }), "Question to Ms. Two");
  const reply = { kind: "right-of-reply", in_reply_to: { delegation: "DZ", person: null, group: null } };
  assert.equal(line(reply, 1), "Reply to Algeria");
});

test("a speaker is told by name, title or level, and language; nothing where nothing was said", () => {
  const texts = { of: (id) => (id ? `words of ${id}` : null) };
  const said = (details) => speakerLine(details, texts, "en");
  assert.equal(said(null), "");
  assert.equal(said({ speaker: "a", title: "b", level: "minister", language: "fr" }), "words of a, words of b · French");
  assert.equal(said({ speaker: "a", title: null, level: "minister", language: null }), "words of a, Minister");
});

test("an hour and more is said in hours", () => {
  assert.equal(minutesWord(7), "7 min");
  assert.equal(minutesWord(67), "1 h 07 min");
});

const moment = (view, now = TEN, connection = "connected") => ({ view, now, connection });
const said = (before, after) => sentences(before, after, programme);

test("a new holder is said with the limit in words, and not twice", () => {
  const floor = turn({ delegation: "DZ", allowance: 5 * MINUTE });
  const after = moment(bureauView({ floor }));
  assert.deepEqual(said(moment(bureauView()), after), ["Algeria has the floor, limit five minutes"]);
  assert.deepEqual(said(after, after), []);
});

test("the warning and the limit are said once each, as time alone brings them", () => {
  const view = bureauView({ floor: turn({ delegation: "MX" }) });
  assert.deepEqual(said(moment(view, TEN + 140_000), moment(view, TEN + 151_000)), ["30 seconds, Mexico"]);
  assert.deepEqual(said(moment(view, TEN + 151_000), moment(view, TEN + 160_000)), []);
  assert.deepEqual(said(moment(view, TEN + 179_000), moment(view, TEN + 180_000)), ["Time, Mexico"]);
});

test("the end that the server records at the limit is not said again", () => {
  const running = bureauView({ floor: turn({ delegation: "MX" }) });
  const ended = bureauView({
    last: { ...turn({ delegation: "MX", used: 180_000 }), outcome: "time-expired", ended_at: TEN + 180_000 },
  });
  assert.deepEqual(said(moment(running, TEN + 180_000), moment(ended, TEN + 180_100)), []);
  assert.deepEqual(said(moment(running, TEN + 179_000), moment(ended, TEN + 180_100)), ["Time, Mexico"]);
});

test("gavel, list, phase and contact are said when they change", () => {
  assert.deepEqual(said(moment(bureauView()), moment(bureauView({ gavel: "chair/p1" }))), ["Portugal holds the gavel"]);
  assert.deepEqual(said(moment(bureauView()), moment(bureauView({ open: true }))), ["The list of speakers is open"]);
  assert.deepEqual(said(moment(bureauView()), moment(bureauView({ phase: "suspended" }))), ["The dialogue is suspended"]);
  const view = bureauView();
  assert.equal(said(moment(view), moment(view, TEN, "lost")).length, 1);
  assert.deepEqual(said(moment(view, TEN, "lost"), moment(view)), ["Connected again"]);
});

test("new requests are gathered into one sentence; who returns from the floor is not new", () => {
  const [dz, th] = [entry({ id: "r1", delegation: "DZ" }), entry({ id: "r2", delegation: "TH" })];
  const before = bureauView({ floor: turn({ id: "r2", delegation: "TH" }) });
  assert.deepEqual(newRequests(before, bureauView({ entries: [dz, th] })), [dz]);
  assert.equal(requestsSentence([dz], 15, programme), "Algeria has asked for the floor, 15 waiting");
  assert.equal(requestsSentence([dz, th], 15, programme), "Algeria and one other have asked for the floor, 15 waiting");
});

test("a point of order is said when it is raised, and with whom it interrupts when it is given the floor", () => {
  const point = entry({ id: "p", delegation: "TH", kind: "point-of-order" });
  const interrupted = turn({ id: "i1", delegation: "MX", used: 82_000, running_since: null });
  const before = moment(bureauView({ floor: turn({ id: "i1", delegation: "MX" }) }));
  const raised = moment(bureauView({ floor: turn({ id: "i1", delegation: "MX" }), points: [point] }));
  const given = moment(bureauView({ floor: turn({ id: "p", delegation: "TH", kind: "point-of-order" }), interrupted }));

  assert.deepEqual(said(before, raised), ["Thailand raises a point of order"]);
  assert.deepEqual(said(raised, raised), []);
  assert.deepEqual(said(raised, given), ["Point of order, Thailand. Mexico waits with 1 minute and 38 seconds."]);
  assert.deepEqual(said(given, moment(bureauView({ floor: interrupted }))), ["Mexico has the floor again. The clock stands."]);
});

test("the ruling is read out, and whose floor it is again", () => {
  const floor = turn({ id: "p", delegation: "TH", kind: "point-of-order" });
  const view = bureauView({ floor, interrupted: turn({ id: "i1", delegation: "MX", used: 120_000, running_since: null }) });
  const next = nextAction(view, document);
  assert.equal(
    toReadOut(next, view, programme, "en", "upheld"),
    "“I thank the distinguished representative of Thailand. The point of order is well taken. " +
      "I return the floor to the distinguished representative of Mexico, who has 1 minute.”",
  );
  assert.match(toReadOut(next, view, programme, "en"), /is noted\./);
  assert.equal(timeInWords(0), "0 seconds");
});

test("where limits are firm the chair is prompted every quarter of a minute, and nowhere else", () => {
  const over = (enforcement) => bureauView({ floor: turn({ delegation: "MX", enforcement }) });
  const limit = TEN + 3 * MINUTE;
  const at = (view, from, to) => said(moment(view, limit + from * 1_000), moment(view, limit + to * 1_000));
  assert.deepEqual(at(over("firm"), 14, 15), ["15 seconds over the limit, Mexico"]);
  assert.deepEqual(at(over("firm"), 15, 29), []);
  assert.deepEqual(at(over("firm"), 59, 60), ["1 minute over the limit, Mexico"]);
  assert.deepEqual(at(over("advisory"), 14, 15), []);
});
