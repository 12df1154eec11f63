// The way to the server: what a page does when the server goes away.

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { ServerClock } from "../../../static/js/clock.js";
import { Link } from "../../../static/js/link.js";
import { Store } from "../../../static/js/store.js";
import { Socket } from "../../../static/vendor/socket.io.js";

const boot = { dialogue: "d1", seat: "s1", role: "delegation" };

/** How often the page has asked for a connection. */
let connects;
/** The socket that asked. */
let socket;
/** What the page knows. */
let store;
/** What all pages of a test know. */
let stores = [];

beforeEach(() => {
  connects = 0;
  globalThis.location = { protocol: "http:", host: "hall.test" };
  globalThis.addEventListener = () => {};
  globalThis.document = { addEventListener: () => {} };
  mock.timers.enable({ apis: ["setTimeout"] });
  mock.method(Socket.prototype, "connect", function () {
    connects += 1;
    socket = this;
  });
});

afterEach(() => {
  for (const known of stores) known.refuse({ reason: "no-seat", message: "" }); // or they would ask for views for ever
  stores = [];
  mock.timers.reset();
  mock.restoreAll();
});

function linked() {
  store = new Store(async () => null);
  stores.push(store);
  new Link(boot, store, new ServerClock()).start();
}

/** A message comes down. */
function comes(event, body) {
  for (const take of socket.listeners(event)) take(body);
}

/** When the page comes back, if the chance of it is `chance`. */
function comesBackAfter(chance, retry) {
  mock.method(Math, "random", () => chance);
  linked();
  comes("goodbye", { retry });
  for (let waited = 1; waited <= retry + 1; waited += 1) {
    mock.timers.tick(1);
    if (connects > 1) return waited;
  }
  return Infinity;
}

test("a page that is shown while it connects does not ask for a second connection", () => {
  const shown = [];
  globalThis.addEventListener = (event, take) => event === "pageshow" && shown.push(take);
  mock.getter(Socket.prototype, "active", () => connects > 0);
  linked();

  for (const take of shown) take();

  assert.equal(shown.length, 1);
  assert.equal(connects, 1);
});

test("a page that is told goodbye says so at once and lets go of its socket", () => {
  linked();
  comes("beat", { version: 0, now: 1 });
  assert.equal(store.connection, "connected");
  const letGo = mock.method(Socket.prototype, "disconnect");

  comes("goodbye", { retry: 3_000 });

  assert.equal(store.connection, "lost");
  assert.equal(letGo.mock.callCount(), 1);
});

test("all pages come back between half of the time they were told and the whole of it", () => {
  assert.equal(comesBackAfter(0, 3_000), 1_500);
  connects = 0;
  assert.equal(comesBackAfter(0.999, 3_000), 2_999);
});

test("a page comes back once", () => {
  linked();
  comes("goodbye", { retry: 3_000 });
  mock.timers.tick(60_000);

  assert.equal(connects, 2);
});

test("a page whose seat is refused does not come back", () => {
  linked();
  store.refuse({ reason: "seat-expelled", message: "" });

  comes("goodbye", { retry: 3_000 });
  mock.timers.tick(60_000);

  assert.equal(connects, 1);
});
