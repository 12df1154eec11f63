// The one next action: from the first gavel to the last, N alone runs a dialogue.

import assert from "node:assert/strict";
import { test } from "node:test";

import { nextAction, panelReplies, unheardSpeakers } from "../../../static/js/chair/next.js";
import { bureauView, entry, programme, turn } from "./chair.scenes.js";

const next = (view, document = programme) => nextAction(view, document);

test("before the opening the dialogue is opened, and while it is suspended it is resumed", () => {
  assert.equal(next(bureauView({ phase: "scheduled", segment: null })).act, "open-dialogue");
  assert.equal(next(bureauView({ phase: "suspended" })).act, "resume-dialogue");
  assert.deepEqual(next(bureauView({ phase: "suspended" })).fields, {});
});

test("an open dialogue without a segment begins the first of the programme", () => {
  const { act, fields, segment } = next(bureauView({ segment: null }));
  assert.deepEqual([act, fields], ["begin-segment", { segment: "open", holder: null }]);
  assert.equal(segment.title, "Opening");
});

test("the speakers of the programme come first, in its order", () => {
  const view = bureauView({ segment: "panel", heard: ["p2"] });
  assert.deepEqual(next(view).fields, { person: "p3", holder: null });
  assert.equal(next(view).ends, false);
});

test("giving the floor to the next speaker ends the present turn and names its holder", () => {
  const view = bureauView({ segment: "panel", floor: turn({ id: "i2", person: "p2" }) });
  assert.deepEqual(next(view).fields, { person: "p3", holder: "i2" });
  assert.equal(next(view).ends, true);
});

test("whoever of the programme has the floor is not called again", () => {
  const view = bureauView({ segment: "panel", floor: turn({ id: "i2", person: "p2" }) });
  assert.deepEqual(unheardSpeakers(view, programme), ["p3"]);
});

test("the last speaker is ended before the list is opened", () => {
  const view = bureauView({ segment: "panel", heard: ["p2"], floor: turn({ id: "i3", person: "p3" }) });
  assert.deepEqual(next(view).fields, { holder: "i3", outcome: "concluded" });
  assert.equal(next(bureauView({ segment: "panel", heard: ["p2", "p3"] })).act, "open-list");
});

test("a list just opened is waited for; going on without requests takes a second press", () => {
  const { act, fields, waits, confirm } = next(bureauView({ segment: "panel", heard: ["p2", "p3"], open: true }));
  assert.deepEqual([waits, confirm], [true, true]);
  assert.deepEqual([act, fields], ["begin-segment", { segment: "close", holder: null }]);
});

test("the first on the list gets the floor", () => {
  const entries = [entry({ id: "r1", delegation: "DZ" }), entry({ id: "r2", delegation: "TH" })];
  const view = bureauView({
    segment: "panel",
    heard: ["p2", "p3"],
    open: true,
    entries,
    floor: turn({ id: "i9", delegation: "MX" }),
  });
  const step = next(view);
  assert.deepEqual([step.act, step.fields, step.ends], ["give-floor", { request: "r1", holder: "i9" }, true]);
  assert.equal(step.entry.delegation, "DZ");
});

test("once a delegation has spoken, a speaker who was passed over no longer goes before the list", () => {
  const entries = [entry({ id: "r1", delegation: "DZ" })];
  const view = bureauView({ segment: "panel", heard: ["p2"], open: true, entries, delegations: { MX: 1 } });
  assert.deepEqual(next(view).fields, { request: "r1", holder: null });
});

test("a speaker who was passed over is offered again when the list is closed and empty", () => {
  const view = bureauView({ segment: "panel", heard: ["p2"], delegations: { MX: 1 } });
  assert.deepEqual(next(view).fields, { person: "p3", holder: null });
});

test("when nobody waits any more the list is closed, then the next segment begins", () => {
  const heard = { heard: ["p2", "p3"], delegations: { MX: 1 } };
  assert.equal(next(bureauView({ segment: "panel", open: true, ...heard })).act, "close-list");
  const { act, fields } = next(bureauView({ segment: "panel", ...heard }));
  assert.deepEqual([act, fields.segment], ["begin-segment", "close"]);
});

test("who was added to a closed list is heard before the segment ends", () => {
  const entries = [entry({ id: "r1", delegation: "DZ" })];
  const view = bureauView({ segment: "panel", heard: ["p2", "p3"], delegations: { MX: 1 }, entries });
  assert.equal(next(view).act, "give-floor");
});

test("an opening needs no list: after its speakers the panel begins", () => {
  assert.equal(next(bureauView({ segment: "open", heard: ["p1"] })).fields.segment, "panel");
});

test("a segment that was held already is not begun again", () => {
  const view = bureauView({ segment: "open", heard: ["p1"], begun: ["open", "panel"] });
  assert.equal(next(view).fields.segment, "close");
});

test("after the last segment the dialogue is closed, with a second press", () => {
  const { act, fields, confirm } = next(bureauView({ segment: "close", heard: ["p1"] }));
  assert.deepEqual([act, fields, confirm], ["close-dialogue", { holder: null }, true]);
});

test("a clock that starts by hand is started before the turn can be ended", () => {
  const waiting = turn({ id: "i2", person: "p2", running_since: null });
  const view = bureauView({ segment: "panel", floor: waiting, rules: { start_after: null } });
  assert.deepEqual(next(view).fields, { holder: "i2" });
  assert.equal(next(view).act, "start-clock");
});

test("a stopped clock does not keep the chair from going on", () => {
  const stopped = turn({ id: "i2", person: "p2", running_since: null, used: 4_000 });
  const view = bureauView({ segment: "panel", floor: stopped, rules: { start_after: null } });
  assert.equal(next(view).act, "give-floor");
});

test("a closed dialogue leaves nothing to press", () => {
  assert.deepEqual(next(bureauView({ phase: "closed", segment: "close" })).fields, null);
});

test("while a point of order has the floor the next action records the ruling, and says whose floor it is again", () => {
  const interrupted = turn({ id: "i1", delegation: "MX" });
  const view = bureauView({ floor: turn({ id: "p", delegation: "TH", kind: "point-of-order" }), interrupted, entries: [entry({})] });
  const { act, fields, returns } = next(view);
  assert.deepEqual([act, fields, returns.id], ["rule-on-point", { point: "p" }, "i1"]);
});

const asked = (answered) => [{ id: "q", answered }];
const discussing = { heard: ["p2", "p3"], delegations: { MX: 1 }, open: true, entries: [entry({})] };

test("after so many interventions the panel replies, whoever was asked first", () => {
  const round = { size: 2, taken: 1, replied: [] };
  const going = (changes) => bureauView({ ...discussing, round, questions: { p3: asked(false) }, ...changes });
  assert.equal(panelReplies(going({}), programme), null);

  const full = next(going({ floor: turn({ id: "i5", delegation: "MX" }) }));
  assert.deepEqual([full.replies, full.person, full.ends], [true, "p3", true]);
  assert.equal(panelReplies(going({ round: { ...round, taken: 2 }, questions: {} }), programme), "p2");
});

test("the panel has replied when nobody who was asked is left, and the list goes on", () => {
  const round = { size: 2, taken: 0, replied: ["p3"] };
  const replying = (questions) => next(bureauView({ ...discussing, round, questions, floor: turn({ id: "i6", person: "p3" }) }));
  assert.equal(replying({ p2: asked(false), p3: asked(false) }).person, "p2");
  assert.deepEqual(replying({ p2: asked(true), p3: asked(false) }).fields, { request: "r1", holder: "i6" });
});

test("a point of order and a reply fill no round", () => {
  const round = { size: 1, taken: 0, replied: [] };
  const view = bureauView({ ...discussing, round, floor: turn({ delegation: "MX", kind: "right-of-reply" }) });
  assert.equal(panelReplies(view, programme), null);
});
