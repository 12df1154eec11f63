// @ts-check
/** The way to the server: views by socket, probes of its clock, and plain polling where websockets do not pass. */

import { io } from "../vendor/socket.io.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./clock.js").ServerClock} ServerClock */

/** Beats come each 5 s (each second on a display): two may be missed before it is said. */
const LOST_AFTER = 12_000;
const DISPLAY_LOST_AFTER = 3_000;

/** While the socket is away the view is asked for by HTTP, often enough not to count as lost. */
const POLL_EVERY = 5_000;
const DISPLAY_POLL_EVERY = 2_000;

/** On joining, some probes in a row, and some more where the network is uneven. Later one now and then. */
const FIRST_PROBES = 5;
const MOST_FIRST_PROBES = 12;
const BETWEEN_FIRST_PROBES = 150;
const PROBE_EVERY = 60_000;

/** All screens show the same second when none is further off than this. */
const GOOD_ENOUGH = 25;

/** A probe that is not answered by then says nothing any more. */
const PROBE_TIMEOUT = 4_000;

/** Refusals of a connection after which trying again cannot help. */
const FINAL = ["no-seat", "seat-expired", "seat-expelled", "not-found"];

export class Link {
  #boot;
  #store;
  #clock;
  #lostAfter;
  #pollEvery;
  /** @type {import("../vendor/socket.io.js").Socket} */
  #socket;
  #watch = 0;
  #poll = 0;
  #probe = 0;
  #retry = 0;

  /** @param {import("./api.js").Boot} boot @param {Store} store @param {ServerClock} clock */
  constructor(boot, store, clock) {
    this.#boot = boot;
    this.#store = store;
    this.#clock = clock;
    this.#lostAfter = boot.role === "display" ? DISPLAY_LOST_AFTER : LOST_AFTER;
    this.#pollEvery = boot.role === "display" ? DISPLAY_POLL_EVERY : POLL_EVERY;
    this.#socket = this.#open();
  }

  /** Connects, and keeps connected until the server will not have this seat any more. */
  start() {
    this.#connect();
    this.#watchContact();
    this.#pollLater();
    addEventListener("online", () => this.retry());
    addEventListener("pageshow", () => this.retry());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.retry();
    });
  }

  /** Tries at once: the device woke, its network came back, or somebody pressed the button. */
  async retry() {
    if (this.#store.refusal) return;
    if (this.#socket.connected) this.#beginProbes();
    else this.#connect();
    if (await this.#store.refresh("woken")) this.#heard();
  }

  #open() {
    const { dialogue, seat } = this.#boot;
    const socket = io({
      transports: ["websocket"],
      autoConnect: false,
      reconnectionDelay: 500,
      reconnectionDelayMax: 1_000,
      auth: (/** @type {(data: object) => void} */ give) =>
        give({ dialogue, seat, ...(this.#store.view && { version: this.#store.version }) }),
    });
    socket.on("connect", () => this.#beginProbes());
    socket.on("disconnect", (/** @type {string} */ reason) => this.#disconnected(reason));
    socket.on("connect_error", (/** @type {Error & {data?: import("./store.js").Refusal}} */ error) => this.#failed(error));
    socket.on("snapshot", (/** @type {import("./store.js").Snapshot} */ message) => {
      this.#heard(message.now);
      this.#store.snapshot(message);
    });
    socket.on("patch", (/** @type {import("./store.js").Patch} */ message) => {
      this.#heard(message.now);
      this.#store.patch(message);
    });
    socket.on("beat", (/** @type {{version: number, now: number}} */ message) => {
      this.#heard(message.now);
      this.#store.beat(message);
    });
    socket.on("rehearsal", (/** @type {{going_on: boolean}} */ { going_on }) => this.#store.rehearses(going_on));
    socket.on("goodbye", (/** @type {{retry: number}} */ { retry }) => this.#leave(retry));
    socket.on("expelled", (/** @type {import("./store.js").Refusal} */ refusal) => this.#end(refusal));
    return socket;
  }

  /** Asked for twice, a socket is refused the second time, and takes itself for connected ever after. */
  #connect() {
    clearTimeout(this.#retry);
    if (!this.#socket.active) this.#socket.connect();
  }

  #disconnected(/** @type {string} */ reason) {
    clearTimeout(this.#probe);
    this.#pollLater();
    // Closed by the server, the socket does not come back by itself.
    if (reason === "io server disconnect") this.#connectLater();
  }

  #failed(/** @type {Error & {data?: import("./store.js").Refusal}} */ error) {
    if (error.data && FINAL.includes(error.data.reason)) this.#end(error.data);
    else if (!this.#socket.active) {
      this.#socket.disconnect();
      this.#connectLater();
    }
  }

  /** The server goes away: said at once, and all come back one after the other. */
  #leave(/** @type {number} */ retry) {
    clearTimeout(this.#watch);
    this.#store.connected("lost");
    this.#socket.disconnect();
    this.#connectLater(retry / 2, retry);
  }

  #connectLater(atFirst = 500, atLast = 2_000) {
    clearTimeout(this.#retry);
    if (this.#store.refusal) return;
    this.#retry = setTimeout(() => this.#connect(), atFirst + Math.random() * (atLast - atFirst));
  }

  #end(/** @type {import("./store.js").Refusal} */ refusal) {
    this.#store.refuse(refusal);
    for (const timer of [this.#watch, this.#poll, this.#probe, this.#retry]) clearTimeout(timer);
    this.#socket.disconnect();
  }

  /** A sign of life came. @param {number} [now] its stamp */
  #heard(now) {
    if (this.#store.refusal) return;
    if (now !== undefined) this.#clock.hint(now);
    this.#store.heardAt = this.#clock.now();
    this.#store.connected("connected");
    this.#watchContact();
  }

  #watchContact() {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => this.#store.connected("lost"), this.#lostAfter);
  }

  /** Asks for the view now and then while the socket is away; not all pages at the same moment. */
  #pollLater() {
    clearTimeout(this.#poll);
    if (this.#store.refusal) return;
    this.#poll = setTimeout(
      async () => {
        if (this.#socket.connected || this.#store.refusal) return;
        if (await this.#store.refresh("poll")) this.#heard();
        this.#pollLater();
      },
      this.#pollEvery * (0.75 + Math.random() / 4),
    );
  }

  /** A new connection, or a device that slept: what was measured before need not hold any more. */
  #beginProbes() {
    this.#clock.reset();
    this.#sendProbe(1);
  }

  /** @param {number} count how many this one makes since the connection was new */
  async #sendProbe(count) {
    clearTimeout(this.#probe);
    const atOnce = this.#clock.doubt > GOOD_ENOUGH ? MOST_FIRST_PROBES : FIRST_PROBES;
    this.#probe = setTimeout(() => this.#sendProbe(count + 1), count < atOnce ? BETWEEN_FIRST_PROBES : PROBE_EVERY);
    const sent = this.#clock.local();
    try {
      const { now } = await this.#socket.timeout(PROBE_TIMEOUT).emitWithAck("probe", { t: sent });
      this.#clock.add(sent, this.#clock.local(), now);
      this.#heard();
    } catch {
      // Not answered: the next one may be; contact is watched by the beats.
    }
  }
}
