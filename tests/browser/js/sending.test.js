// What the chair ticks stays ticked while it is on its way, whatever is drawn meanwhile.

import assert from "node:assert/strict";
import { test } from "node:test";

import { useStrings } from "../../../static/js/i18n.js";
import { Sending } from "../../../static/js/chair/sending.js";

useStrings({ lang: "en", strings: {} });

/** The chair's screen at version 7, where the displays are light; `answer` is the server's to what was sent. */
function screen(answer) {
  const page = {
    shown: false,
    store: { version: 7, connection: "connected", view: { floor: null }, refresh: async () => {} },
    redraw: () => (page.shown = acts.isTicked("dark", false)),
    api: { command: async () => answer },
  };
  const acts = new Sending(page, () => {});
  return { page, acts };
}

test("a tick stays as it was set until the view has it", async () => {
  const { page, acts } = screen({ ok: true, version: 9 });

  const sent = acts.sendTick("dark", true, "set-stage", {}, "The displays are dark");

  assert.equal(acts.isTicked("dark", false), true);
  assert.equal(acts.isTicked("another", false), false);
  await sent;
  assert.equal(page.shown, true, "accepted, and the view is still to come");
  page.store.version = 9;
  assert.equal(acts.isTicked("dark", false), false, "from then on the server is believed");
});

test("a tick that was refused is drawn as it was before", async () => {
  const { page, acts } = screen({ ok: false, reason: "no-seat", message: "Not allowed." });

  await acts.sendTick("dark", true, "set-stage", {}, "The displays are dark");

  assert.equal(page.shown, false);
});
