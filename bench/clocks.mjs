// How far apart the screens of one hall are: the product's own clock and probes, through bad networks.
//
// Usage: node bench/clocks.mjs URL DIALOGUE TOKEN. Prints, as JSON, by how many milliseconds each of
// the clients that joined through the proxy is off two seconds later, the clocks of all an hour wrong.

import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { io } from "socket.io-client";
import { ServerClock } from "../static/js/clock.js";

const [url, dialogue, token] = process.argv.slice(2);
const HOUR = 3_600_000;
const SCREENS = 10;
const JITTER = 300;
const SETTLED = 2_000;

// As `Link` in static/js/link.js has it.
const FIRST_PROBES = 5;
const MOST_FIRST_PROBES = 12;
const BETWEEN_FIRST_PROBES = 150;
const GOOD_ENOUGH = 25;

/** A way to the server on which each piece takes up to so much longer than the one before it, in order. */
function proxy(jitter) {
  const { port } = new URL(url);
  const server = net.createServer((here) => {
    const there = net.connect(Number(port), "127.0.0.1");
    late(here, there, jitter);
    late(there, here, jitter);
  });
  return new Promise((ready) => server.listen(0, "127.0.0.1", () => ready(server)));
}

function late(from, to, jitter) {
  let free = 0;
  from.on("data", (piece) => {
    free = Math.max(free, performance.now() + jitter * Math.random());
    setTimeout(() => to.write(piece), free - performance.now());
  });
  from.on("end", () => to.end());
  from.on("error", () => to.destroy());
}

/** A screen whose own clock is `wrong` by so much; its clock two seconds after it joined. */
async function screen(port, wrong) {
  const clock = new ServerClock(() => performance.now() + wrong);
  const socket = io(`http://127.0.0.1:${port}`, { transports: ["websocket"], forceNew: true, auth: { dialogue, token } });
  await new Promise((joined) => socket.once("snapshot", joined));
  probe(socket, clock, 1);
  await sleep(SETTLED);
  return { clock, socket };
}

async function probe(socket, clock, count) {
  const atOnce = clock.doubt > GOOD_ENOUGH ? MOST_FIRST_PROBES : FIRST_PROBES;
  if (count < atOnce) setTimeout(() => probe(socket, clock, count + 1), BETWEEN_FIRST_PROBES);
  const sent = clock.local();
  const { now } = await socket.emitWithAck("probe", { t: sent });
  clock.add(sent, clock.local(), now);
}

const uneven = await proxy(JITTER);
const near = await screen(new URL(url).port, 0);
const far = await Promise.all(Array.from({ length: SCREENS }, (_, i) => screen(uneven.address().port, (i % 2 ? 1 : -1) * HOUR)));
const truth = near.clock.now();
console.log(JSON.stringify(far.map(({ clock }) => clock.now() - truth)));
process.exit(0);
