// After an acceptance the list says who was told: whose phone is connected, and whom somebody has to tell.

import assert from "node:assert/strict";
import { test } from "node:test";

import { useStrings } from "../../../static/js/i18n.js";
import { Programme } from "../../../static/js/programme.js";
import { heardOf, sentence, Told } from "../../../static/js/chair/told.js";
import { bureauView, entry, programme, turn } from "./chair.scenes.js";

const ENTRIES = ["MX", "DZ", "TH", "MX"].map((delegation, index) => entry({ id: `r${index}`, delegation }));
const names = new Programme(programme);
useStrings({ lang: "en", strings: {} });

/** A page whose server says that these are connected. */
function page(view, connected) {
  const asked = [];
  return {
    asked,
    connected,
    store: { view },
    boot: { urls: { reached: "/reached" } },
    programme: names,
    redraw: () => {},
    api: {
      getJson(url) {
        asked.push(url);
        return this.fails ? Promise.reject(new Error("no contact")) : Promise.resolve({ delegations: connected });
      },
    },
  };
}

test("each who waits is counted once, and nobody else", () => {
  assert.deepEqual(heardOf(bureauView({ entries: ENTRIES }), ["MX", "EC"]), { reached: ["MX"], byVoice: ["DZ", "TH"] });
});

test("the sentence names whom to tell by voice, so many as have room", () => {
  assert.equal(sentence({ reached: ["MX"], byVoice: ["DZ", "TH"] }, names, 1), "Told on their phones: 1. Tell by voice: Algeria.");
  assert.equal(sentence({ reached: [], byVoice: ["DZ", "TH"] }, names, 4), "Nobody who waits has a phone connected. Tell by voice: Algeria, Thailand.");
  assert.equal(sentence({ reached: ["MX", "DZ"], byVoice: [] }, names, 4), "Told on their phones: all 2.");
});

test("nothing is asked before something was accepted; then at once, and again as phones come", async () => {
  const said = [];
  const view = bureauView({ entries: ENTRIES });
  const its = page(view, ["MX"]);
  const told = new Told(its, (text) => said.push(text));
  told.follow(view, 0);
  assert.deepEqual([told.isShown, its.asked], [false, []]);

  told.begin();
  told.follow(view, 1_000);
  told.follow(view, 1_100);
  assert.equal(told.heard, null);
  await Promise.resolve().then(() => {});
  await new Promise(setImmediate);
  assert.deepEqual(told.heard, { reached: ["MX"], byVoice: ["DZ", "TH"] });
  assert.equal(its.asked.length, 1);

  its.connected.push("DZ", "TH");
  told.follow(view, 5_999);
  told.follow(view, 6_000);
  await new Promise(setImmediate);
  assert.deepEqual(told.heard.byVoice, []);
  assert.deepEqual(said, ["Told on their phones: 1. Tell by voice: Algeria, Thailand."]);
});

test("what is not known is not said, and is asked again", async () => {
  const view = bureauView({ entries: ENTRIES });
  const its = page(view, []);
  its.api.fails = true;
  const told = new Told(its, () => assert.fail("nothing is known"));
  told.begin();
  told.follow(view, 0);
  await new Promise(setImmediate);
  assert.deepEqual([told.isShown, told.heard], [true, null]);
  told.follow(view, 5_000);
  assert.equal(its.asked.length, 2);
});

test("the line goes when the next speaker has the floor, and not for a point of order in between", () => {
  const speaking = bureauView({ entries: ENTRIES, floor: turn({ id: "now" }) });
  const told = new Told(page(speaking, []), () => {});
  told.begin();
  told.follow(bureauView({ entries: ENTRIES, floor: turn({ id: "point", kind: "point-of-order" }), interrupted: turn({ id: "now" }) }), 0);
  assert.equal(told.isShown, true);
  told.follow(bureauView({ entries: ENTRIES }), 0);
  assert.equal(told.isShown, true);
  told.follow(bureauView({ entries: ENTRIES.slice(1), floor: turn({ id: "r0" }) }), 0);
  assert.equal(told.isShown, false);
});

test("it goes by a press, and when nobody waits any more", () => {
  const view = bureauView({ entries: ENTRIES });
  const told = new Told(page(view, []), () => {});
  told.begin();
  told.end();
  assert.equal(told.isShown, false);
  told.begin();
  told.follow(bureauView(), 0);
  assert.equal(told.isShown, false);
});
