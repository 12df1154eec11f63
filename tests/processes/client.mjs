// @ts-check
/**
 * A plain client: joins as a display with the `follow` of docs/protocol.md, sets its clock, and follows a whole
 * turn from the request to the end by the server. Fails when a version is missed, when the merged view is not
 * what GET tells, or when the end is not at the deadline. Prints what it saw.
 */

import assert from "node:assert/strict";
import { io } from "socket.io-client";

const { URL: url, DIALOGUE: dialogue, CHAIR, NIGERIA, DISPLAY_TOKEN, FOLLOW } = /** @type {Record<string, string>} */ (process.env);
const { follow } = await import(FOLLOW);

/** The slowest machine may take so long for anything that is waited for. */
const PATIENCE = 60_000;

/** A display hears a beat each second; one must come while the turn goes on. */
const PROBES = 5;

const api = `${url}/api/dialogues/${dialogue}`;

async function getView() {
  const answer = await fetch(`${api}/view`, { headers: { Authorization: `Bearer ${DISPLAY_TOKEN}` } });
  assert.equal(answer.status, 200);
  return answer.json();
}

/** @param {string} token @param {Record<string, unknown>} command */
async function ask(token, command) {
  const answer = await fetch(`${api}/commands`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify(command),
  });
  const body = await answer.json();
  assert.equal(answer.status, 200, JSON.stringify(body));
  return body;
}

/** A connection with a token that nobody has is refused, with the reason in `data`. */
function refusedWithoutSeat() {
  return new Promise((resolve) => {
    const socket = io(url, { transports: ["websocket"], forceNew: true, auth: { dialogue, token: "nobody's" } });
    socket.on("connect_error", (/** @type {any} */ error) => {
      socket.disconnect();
      resolve(error.data?.reason);
    });
  });
}

/** What the page shows; whoever waits looks at each change. @type {{view: any, version: number}} */
const shown = { view: null, version: -1 };
/** @type {Set<() => void>} */
const waiting = new Set();

/** @param {() => boolean} holds */
function until(holds) {
  return new Promise((resolve) => {
    const look = () => {
      if (!holds()) return;
      waiting.delete(look);
      resolve(undefined);
    };
    waiting.add(look);
    look();
  });
}

const patience = setTimeout(() => {
  console.error("stood still at", JSON.stringify(shown));
  process.exit(1);
}, PATIENCE);

assert.equal(await refusedWithoutSeat(), "no-seat");

let fetched = 0;
const socket = follow(io, {
  url,
  auth: { dialogue, token: DISPLAY_TOKEN },
  getView: () => {
    fetched += 1;
    return getView();
  },
  show: (/** @type {any} */ view, /** @type {number} */ version) => {
    Object.assign(shown, { view, version });
    for (const look of waiting) look();
  },
  refused: (/** @type {unknown} */ data) => assert.fail(JSON.stringify(data)),
});
/** @type {{from: number, to: number}[]} */
const patches = [];
let beats = 0;
let first = -1;
socket.on("snapshot", (/** @type {{version: number}} */ { version }) => (first = version));
socket.on("patch", (/** @type {{from: number, to: number}} */ patch) => patches.push(patch));
socket.on("beat", () => (beats += 1));
await until(() => shown.view !== null);
assert.equal(shown.view.dialogue.phase, "scheduled");

// The clock of this client: its own is an hour wrong.
const local = () => performance.now() - 3_600_000;
const probes = [];
for (let count = 0; count < PROBES; count += 1) {
  const sent = local();
  const answer = await socket.emitWithAck("probe", { t: sent });
  assert.equal(answer.t, sent);
  probes.push({ roundTrip: local() - sent, offset: answer.now - (sent + local()) / 2 });
}
const best = probes.reduce((a, b) => (b.roundTrip < a.roundTrip ? b : a));
const serverNow = () => local() + best.offset;

await ask(CHAIR, { id: "node-open-1", type: "open-dialogue" });
await ask(CHAIR, { id: "node-begin-1", type: "begin-segment", segment: "s2", holder: null });
await ask(CHAIR, { id: "node-list-1", type: "open-list", segment: "s2" });
await ask(NIGERIA, { id: "node-ask-1", type: "request-floor", segment: "s2" });
await until(() => shown.view.list.order[0] === "NG");
const request = shown.view.list.first[0].id;
assert.equal(request, "node-ask-1");

const { version } = await ask(CHAIR, { id: "node-give-1", type: "give-floor", request, holder: null });
await until(() => shown.version >= version);
const given = shown.view.floor ?? shown.view.last;
assert.equal(given.id, request);

await until(() => shown.view.floor?.running_since != null);
const { running_since: since, allowance } = shown.view.floor;
const deadline = since + allowance;

await until(() => shown.view.floor === null && shown.view.last !== null);
const { outcome, ended_at: endedAt, used } = shown.view.last;
assert.equal(outcome, "time-expired");
assert.equal(endedAt, deadline);
assert.equal(used, allowance);
// By this client's clock it is after the deadline: nothing was ended early.
assert.ok(serverNow() >= deadline - best.roundTrip, `${serverNow()} ${deadline}`);

const told = await getView();
await until(() => shown.version >= told.version);
assert.deepEqual(shown.view, told.view);
assert.equal(shown.version, told.version);

let held = first;
for (const { from, to } of patches) {
  assert.equal(from, held);
  assert.ok(to > from);
  held = to;
}
assert.equal(held, told.version);
assert.equal(fetched, 0, "something was missed");
assert.ok(beats > 0, "no beat came during a whole turn");

socket.disconnect();
clearTimeout(patience);
console.log(JSON.stringify({ patches: patches.length, beats, outcome, versions: held }));
