// Commands by HTTP: one id through every retry.

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { Api, newId } from "../../../static/js/api.js";

const boot = { seat: "s1", urls: { commands: "/commands", view: "/view" } };
const network = new TypeError("Failed to fetch");

/** What was sent, as [id, headers] of each attempt. */
let sent;
const realFetch = globalThis.fetch;

beforeEach(() => {
  sent = [];
  mock.timers.enable({ apis: ["setTimeout"] });
  globalThis.addEventListener = () => {};
  globalThis.removeEventListener = () => {};
});

afterEach(() => {
  mock.timers.reset();
  globalThis.fetch = realFetch;
});

/** Answers each attempt in turn: an error is thrown, anything else is a status with a body. */
function serverThat(...answers) {
  globalThis.fetch = async (url, request) => {
    sent.push({ id: request.body && JSON.parse(request.body).id, headers: request.headers });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer instanceof Error) throw answer;
    return new Response(answer.status === 304 ? null : JSON.stringify(answer.body), answer);
  };
}

/** Lets waits pass until the promise is settled. */
async function throughWaits(promise) {
  let done = false;
  promise.finally(() => (done = true));
  while (!done) {
    for (let i = 0; i < 20; i += 1) await Promise.resolve();
    await new Promise((resolve) => setImmediate(resolve));
    mock.timers.tick(6_000);
  }
  return promise;
}

test("an accepted command tells its version and how to take it back", async () => {
  serverThat({ status: 200, body: { version: 7, undo: 7 } });
  const answer = await new Api(boot).command("open-list", { segment: "p1" });
  assert.deepEqual([answer.ok, answer.version, answer.undo], [true, 7, 7]);
  assert.equal(sent[0].headers["Moderator-Seat"], "s1");
});

test("what did not get through is sent again under the same id", async () => {
  serverThat(network, { status: 503, body: { reason: "not-recorded", message: "…" } }, { status: 200, body: { version: 8 } });
  const held = [];
  const answer = await throughWaits(new Api(boot).command("request-floor", {}, { onHeld: (reason) => held.push(reason) }));
  assert.equal(answer.ok, true);
  assert.equal(sent.length, 3);
  assert.equal(new Set(sent.map(({ id }) => id)).size, 1);
  assert.deepEqual(held, ["unreachable", "not-recorded"]);
});

test("a refusal by the rules is final and keeps its reason and words", async () => {
  serverThat({ status: 409, body: { reason: "list-closed", message: "The list of speakers is closed." } });
  const answer = await new Api(boot).command("request-floor");
  assert.deepEqual([answer.ok, answer.reason, answer.message], [false, "list-closed", "The list of speakers is closed."]);
  assert.equal(sent.length, 1);
});

test("what cannot be sent in time is given up and said", async () => {
  serverThat(network);
  const answer = await throughWaits(new Api(boot).command("request-floor", {}, { patience: 0 }));
  assert.deepEqual([answer.ok, answer.reason], [false, "unreachable"]);
});

test("a seat that is refused is told to the page", async () => {
  serverThat({ status: 401, body: { reason: "seat-expired", message: "This seat has expired." } });
  const refusals = [];
  await new Api(boot, (refusal) => refusals.push(refusal.reason)).command("request-floor");
  assert.deepEqual(refusals, ["seat-expired"]);
});

test("an answer without words still has some", async () => {
  serverThat({ status: 500, body: "?" });
  const answer = await new Api(boot).command("request-floor");
  assert.equal(answer.reason, "unexplained");
  assert.match(answer.message, /500/);
});

test("a document is asked for with its tag, and unchanged it is null", async () => {
  serverThat({ status: 200, body: { version: 3 }, headers: { ETag: '"v3"' } }, { status: 304 });
  const api = new Api(boot);
  assert.deepEqual(await api.getJson("/view"), { version: 3 });
  assert.equal(await api.getJson("/view"), null);
  assert.equal(sent[1].headers["If-None-Match"], '"v3"');
});

test("ids are of the form that the server takes, and differ", () => {
  const ids = Array.from({ length: 100 }, newId);
  for (const id of ids) assert.match(id, /^[A-Za-z0-9_-]{8,64}$/);
  assert.equal(new Set(ids).size, 100);
});

test("a document that is written tells the server's answer, and a refusal all that it said", async () => {
  const stands = { reason: "note-changed", message: "Changed", note: { revision: 2 } };
  serverThat({ status: 200, body: { kept: "n1", revision: 1 } }, { status: 409, body: stands });
  const api = new Api(boot);
  assert.deepEqual(await api.write("PUT", "/notes/n1", { base: 0 }), { kept: "n1", revision: 1 });
  await assert.rejects(api.write("PUT", "/notes/n1", { base: 0 }), (refused) => {
    assert.deepEqual([refused.status, refused.body.note.revision], [409, 2]);
    return true;
  });
});
