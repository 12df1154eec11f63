// How far apart the screens of one hall are: the product's own clock and probes, through bad networks.
//
// Usage: node bench/clocks.mjs URL DIALOGUE TOKEN NETWORK. Prints, as JSON, by how many milliseconds each
// of the clients that joined through such a network is off two seconds later, the clocks of all an hour wrong.

import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { io } from "socket.io-client";
import { ServerClock } from "../static/js/clock.js";

const [url, dialogue, token, network] = process.argv.slice(2);
const HOUR = 3_600_000;
const SCREENS = 10;
const SETTLED = 2_000;

// As `Link` in static/js/link.js has it.
const FIRST_PROBES = 5;
const MOST_FIRST_PROBES = 12;
const BETWEEN_FIRST_PROBES = 150;
const GOOD_ENOUGH = 25;
const PROBE_TIMEOUT = 4_000;

/**
 * What may befall a piece on its way, either way and in order: up to `jitter` more than `delay`, or a stall of
 * `stall` that holds all up, `every` so often; all in ms. `reset`: the connection is reset once, within so long.
 */
const NETWORKS = {
  jitter: { delay: 0, jitter: 300 },
  far: { delay: 300, jitter: 20 },
  stalls: { delay: 20, jitter: 20, stall: 400, every: 700 },
  resets: { delay: 20, jitter: 50, reset: 1_500 },
};

/** A way to the server through a network. */
function proxy({ reset, ...way }) {
  const { port } = new URL(url);
  let untouched = SCREENS;
  const server = net.createServer((here) => {
    const there = net.connect(Number(port), "127.0.0.1");
    late(here, there, way);
    late(there, here, way);
    if (reset && untouched-- > 0) setTimeout(() => here.resetAndDestroy(), reset * Math.random());
  });
  return new Promise((ready) => server.listen(0, "127.0.0.1", () => ready(server)));
}

function late(from, to, { delay, jitter, stall, every }) {
  const pieces = [];
  let free = 0;
  const stalls = stall && setInterval(() => (free = Math.max(free, performance.now() + stall)), every);
  from.on("data", (piece) => {
    free = Math.max(free, performance.now() + delay + jitter * Math.random());
    pieces.push(piece);
    setTimeout(() => to.write(pieces.shift()), free - performance.now()); // cut to whole ms, timers may overtake each other
  });
  from.on("end", () => to.end());
  from.on("error", () => to.destroy());
  from.on("close", () => {
    clearInterval(stalls);
    to.destroy();
  });
}

/** A screen whose own clock is `wrong` by so much; its clock two seconds after it joined, or came back after a reset. */
async function screen(port, wrong, reset = 0) {
  const clock = new ServerClock(() => performance.now() + wrong);
  const socket = io(`http://127.0.0.1:${port}`, {
    transports: ["websocket"],
    forceNew: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 1_000,
    auth: { dialogue, token },
  });
  let joined;
  socket.on("connect", () => {
    clock.reset();
    probe(socket, clock, 1);
  });
  socket.on("disconnect", () => (joined = undefined));
  socket.on("snapshot", () => (joined = performance.now()));
  await sleep(reset);
  while (joined === undefined) await sleep(10);
  await sleep(joined + SETTLED - performance.now());
  return clock;
}

async function probe(socket, clock, count) {
  const { id } = socket;
  const atOnce = clock.doubt > GOOD_ENOUGH ? MOST_FIRST_PROBES : FIRST_PROBES;
  if (count < atOnce) setTimeout(() => socket.id === id && probe(socket, clock, count + 1), BETWEEN_FIRST_PROBES);
  const sent = clock.local();
  try {
    const { now } = await socket.timeout(PROBE_TIMEOUT).emitWithAck("probe", { t: sent });
    clock.add(sent, clock.local(), now);
  } catch {
    // Not answered: the connection has ended meanwhile.
  }
}

const way = NETWORKS[network];
const { port } = (await proxy(way)).address();
const near = await screen(new URL(url).port, 0);
const wrong = (i) => (i % 2 ? 1 : -1) * HOUR;
const far = await Promise.all(Array.from({ length: SCREENS }, (_, i) => screen(port, wrong(i), way.reset)));
const truth = near.now();
console.log(JSON.stringify(far.map((clock) => clock.now() - truth)));
process.exit(0);
