// What the chair's screen finds, reads out and says.

import assert from "node:assert/strict";
import { test } from "node:test";

import { balance } from "../../../static/js/chair/balance.js";
import { nextAction } from "../../../static/js/chair/next.js";
import { newRequests, requestsSentence, sentences } from "../../../static/js/chair/said.js";
import { findDelegations, parseDuration } from "../../../static/js/chair/search.js";
import { minutesWord, secondLine, spoken, toReadOut } from "../../../static/js/chair/words.js";
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

test("the second line of an entry tells on whose behalf and how often before", () => {
  assert.equal(secondLine("", 0), "");
  assert.equal(secondLine("on behalf of the African Group", 1), "on behalf of the African Group · Second intervention");
  assert.equal(secondLine("", 2), "Intervention number 3");
});

test("an hour and more is said in hours", () => {
  assert.equal(minutesWord(7), "7 min");
  assert.equal(minutesWord(67), "1 h 07 min");
});

test("each delegation counts once as heard and once as waiting, in its region and in its family", () => {
  const entries = [
    entry({ id: "a", delegation: "DZ" }),
    entry({ id: "b", delegation: "DZ", group: "G77" }),
    entry({ id: "c", delegation: "EC" }),
  ];
  const { regions, families } = balance(bureauView({ entries, delegations: { MX: 2, VA: 1, TH: 0 } }), programme);
  assert.deepEqual(
    regions.find(({ key }) => key === "AFR"),
    { key: "AFR", heard: 0, waiting: 1 },
  );
  assert.deepEqual(
    regions.find(({ key }) => key === "GRULAC"),
    { key: "GRULAC", heard: 1, waiting: 0 },
  );
  assert.deepEqual(
    regions.find(({ key }) => key === "APG"),
    { key: "APG", heard: 0, waiting: 0 },
  );
  assert.deepEqual(
    families.map(({ heard: had, waiting }) => [had, waiting]),
    [
      [1, 1],
      [1, 0],
      [0, 0],
      [0, 1],
      [0, 0],
    ],
  );
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
