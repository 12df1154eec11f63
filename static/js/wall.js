// @ts-check
/** The wall: every room at a glance, on a screen that nobody touches. It asks every two seconds and counts by itself between. */

import { html, nothing, ref, render, repeat } from "../vendor/lit.js";
import { drift } from "./chair/day.js";
import { driftAt } from "./chair/forecast.js";
import { minutesWord } from "./chair/words.js";
import { clockState, nextTick, ServerClock } from "./clock.js";
import { t, timeOfDay, tn, useStrings } from "./i18n.js";
import { bar, digits, fill, flag, markDeadline, num, stateMark } from "./parts.js";
import { Programme, shortTitle } from "./programme.js";
import { shape } from "./shapes.js";

/**
 * `view` is null where the server cannot read the room; `heardAt` is when it was last told of, in the server's time.
 * @typedef {{id: string, title: string, place: string, programme: any, version: number | null, rehearsal: boolean, view: any}} Room
 * @typedef {{room: Room, programme: Programme, heardAt: number, lost: boolean}} Known
 * @typedef {import("./clock.js").Reading} Reading
 */

const EVERY = 2_000;

/** One attempt; the next one must not have to wait for a server that says nothing. */
const ATTEMPT = 4_000;

/** Without an answer for so long the wall says that it has lost contact. */
const LOST_AFTER = 5_000;

/** After a refusal it is asked again, but calmly: nobody comes to load the page anew. */
const REFUSED_PAUSE = 30_000;

/** How long the thanks after a turn stand before the room shows that nobody has the floor. */
const THANKS = 15_000;

/** A timer may fire a little early; the digit must have changed when the page is drawn. */
const MARGIN = 3;

/** A name longer than this is set smaller. */
const LONG = 18;
const LONGER = 32;

const boot = JSON.parse(document.getElementById("boot")?.textContent ?? "{}");
const app = /** @type {HTMLElement} */ (document.getElementById("app"));
const clock = new ServerClock();

/** @type {Map<string, Known>} */
let known = new Map();
let day = { date: "", utc_offset: 0 };
let etag = "";
/** When the server was last heard of, by this device's clock and by the server's. */
let heard = { local: -Infinity, at: 0 };
let refusal = "";
let timer = 0;

/** Asks once; tells how long to wait before it is asked again. */
async function ask() {
  const controller = new AbortController();
  const patience = setTimeout(() => controller.abort(), ATTEMPT);
  const sent = clock.local();
  try {
    const answer = await fetch(boot.wall, {
      headers: { Accept: "application/json", ...(etag && { "If-None-Match": etag }) },
      cache: "no-store",
      signal: controller.signal,
    });
    const received = clock.local();
    if (answer.status !== 304 && !answer.ok) {
      if (answer.status >= 500 || answer.status === 429) throw new Error("passing");
      refusal = (await answer.json()).message;
      return REFUSED_PAUSE;
    }
    const told = answer.status === 304 ? null : await answer.json();
    clock.add(sent, received, Number(answer.headers.get("Moderator-Now")));
    heard = { local: received, at: clock.now() };
    refusal = "";
    if (told) take(told);
    else for (const one of known.values()) if (!one.lost) one.heardAt = heard.at;
    etag = answer.headers.get("ETag") ?? "";
  } catch {
    // No contact: what is known stays, and its clocks go on.
  } finally {
    clearTimeout(patience);
  }
  return Math.max(200, EVERY - (clock.local() - sent));
}

/** Takes in what the server tells; of a room that it cannot read, what was known last is kept. @param {{date: string, utc_offset: number, rooms: Room[]}} told */
function take(told) {
  day = told;
  known = new Map(
    told.rooms.map((room) => {
      const before = known.get(room.id);
      if (room.view === null && before) return [room.id, { ...before, lost: true }];
      return [room.id, { room, programme: new Programme(room.programme, boot.flags), heardAt: heard.at, lost: room.view === null }];
    }),
  );
}

function draw() {
  clearTimeout(timer);
  const now = clock.now();
  const away = clock.local() - heard.local > LOST_AFTER;
  const rooms = [...known.values()];
  render(
    html`<header class="wall-top">
        <h1 class="title">${t("All rooms")}</h1>
        <span class="where">${day.date}</span>
        <div class="end">
          ${contact(away, rooms)} <time datetime=${heard.at ? timeOfDay(now, day.utc_offset, { seconds: true }) : nothing}>${heard.at ? num(timeOfDay(now, day.utc_offset, { seconds: true })) : nothing}</time>
        </div>
      </header>
      ${rooms.length === 0
        ? html`<main class="blank"><p>${refusal || (heard.at ? t("No room is in use at present.") : t("Connecting…"))}</p></main>`
        : html`<main class="rooms" data-count=${rooms.length} ${ref((element) => setColumns(element, rooms.length))}>
            ${repeat(rooms, ({ room }) => room.id, (one) => card(one, now, away || one.lost))}
          </main>`}`,
    app,
  );
  const root = document.documentElement.dataset;
  root.offset = String(clock.offset);
  if (heard.at) root.ready = "1";
  timer = setTimeout(draw, untilNext(rooms, now) + MARGIN);
}

/** As many rows as columns, or one less: so every card is as large as the picture allows. @param {Element | undefined} element @param {number} count */
function setColumns(element, count) {
  if (element instanceof HTMLElement) element.style.setProperty("--columns", String(Math.ceil(Math.sqrt(count))));
}

/** @param {boolean} away @param {Known[]} rooms */
function contact(away, rooms) {
  const since = heard.at ? timeOfDay(heard.at, day.utc_offset, { seconds: true }) : "";
  if (refusal) return html`<span class="chip" role="status">${shape("dash")}<strong>${refusal}</strong></span>`;
  if (away) {
    return html`<span class="chip lost" role="status"
      >${shape("brokenRing")}<strong>${t("No contact")}</strong>${since ? html`<span>${fill(t("Last known, at {time}"), { time: since })}</span>` : nothing}</span
    >`;
  }
  const connected = rooms.filter(({ lost }) => !lost).length;
  return html`<span class="chip">${shape("disc")}<span>${fill(tn("{n} room connected", "{n} rooms connected", connected, {}), { n: connected })}</span></span>`;
}

/** @param {Known} one @param {number} now @param {boolean} lost */
function card(one, now, lost) {
  const { room, programme } = one;
  const { view } = room;
  const picture = view ? (room.rehearsal ? rehearsing() : pictureOf(programme, view, now)) : { state: "lost", mark: nothing, mid: nobody(t("No contact")), reading: null };
  const state = lost ? "lost" : picture.state;
  const place = room.place.split(/[,،，]/)[0];
  const segment = view?.dialogue.phase !== "closed" && view?.segment ? programme.segment(view.segment.id) : null;
  return html`<article
    class="room"
    data-room=${room.id}
    data-state=${state}
    aria-labelledby="room-${room.id}"
    ${ref((element) => markDeadline(element, picture.reading, clock.offset))}
  >
    <header>
      <h2 id="room-${room.id}">${place}</h2>
      <span class="state">${lost ? html`${shape("brokenRing")}${t("No contact")}` : picture.mark}</span>
    </header>
    <div class="what"><p class="title">${room.title}</p>${segment ? html`<p>${shortTitle(segment.title)}</p>` : nothing}</div>
    ${picture.mid}
    <footer>
      <span>${lost ? fill(t("Last known, at {time}"), { time: timeOfDay(one.heardAt, programme.document.utc_offset, { seconds: true }) }) : waiting(view)}</span>
      ${lost && picture.reading?.deadline ? html`<span class="late">${shape("triangle")}${t("clock still counting")}</span>` : view && !room.rehearsal ? driftWord(programme, view, now) : nothing}
    </footer>
  </article>`;
}

/** A room that tries its meeting out: what happens in it is not of the meeting, and is not shown. */
function rehearsing() {
  return { state: "order", mark: html`${shape("ring")}${t("Rehearsal")}`, mid: nobody(t("A rehearsal is going on.")), reading: null };
}

/**
 * The state of a room, its word with its shape, what stands in the middle, and its clock where there is one.
 * @param {Programme} programme @param {any} view @param {number} now
 * @returns {{state: string, mark: unknown, mid: unknown, reading: Reading | null}}
 */
function pictureOf(programme, view, now) {
  const reading = clockState(view, now);
  switch (view.dialogue.phase) {
    case "scheduled": {
      const first = programme.document.segments[0]?.starts ?? null;
      const words = first === null ? t("The dialogue has not begun") : fill(t("Planned to open at {time}"), { time: programme.timeOfDay(first) });
      return { state: "ended", mark: html`${shape("ring")}${t("Not yet open")}`, mid: nobody(words), reading: null };
    }
    case "closed":
      return { state: "closed", mark: html`${shape("dash")}${t("Closed")}`, mid: nobody(t("The dialogue is closed")), reading: null };
    case "suspended":
      return {
        state: "paused",
        mark: html`${shape("bars")}${t("Suspended")}`,
        mid: view.floor ? turn(programme, reading) : nobody(t("The meeting is suspended")),
        reading,
      };
  }
  if (reading.turn && (view.floor || now - view.last.ended_at < THANKS)) {
    return { state: reading.state, mark: stateMark(reading.state, view.segment?.rules.warning), mid: turn(programme, reading), reading };
  }
  return {
    state: view.list.open ? "open" : "closed",
    mark: view.list.open ? html`${shape("ring")}${t("List open")}` : html`${shape("dash")}${t("List closed")}`,
    mid: nobody(t("Nobody has the floor")),
    reading: null,
  };
}

/** @param {Programme} programme @param {Reading} reading */
function turn(programme, reading) {
  const { name, initials, picture, second, group } = programme.voice(/** @type {import("./store.js").Turn} */ (reading.turn));
  const below = group ? t("on behalf of the {group}", { group }) : second;
  const size = name.length > LONGER ? "longer" : name.length > LONG ? "long" : "";
  return html`<div class="mid">
    <p class="who ${size}">${flag(initials, picture)}<strong>${name}${below ? html`<small>${below}</small>` : nothing}</strong></p>
    ${digits(reading.remaining)} ${bar(reading)}
  </div>`;
}

/** @param {unknown} words */
function nobody(words) {
  return html`<div class="mid still"><p class="who"><strong>${words}</strong></p></div>`;
}

/** @param {any} view */
function waiting(view) {
  if (!view || view.dialogue.phase === "scheduled" || view.dialogue.phase === "closed") return nothing;
  return fill(tn("{n} waiting", "{n} waiting", view.list.length, {}), { n: view.list.length });
}

/** @param {Programme} programme @param {any} view @param {number} now */
function driftWord(programme, view, now) {
  const { kind, minutes } = drift(programme.document, view, { drift: driftAt(view.forecast, now) }, now);
  const time = minutesWord(minutes);
  switch (kind) {
    case "late":
      return html`<span class="late">${shape("triangle")}${t("{time} behind", { time })}</span>`;
    case "ahead":
      return html`<span>${t("{time} ahead", { time })}</span>`;
    case "on-time":
      return html`<span>${t("On time")}</span>`;
    case "to-begin":
      return html`<span>${t("Begins in {time}", { time })}</span>`;
    case "overdue":
      return html`<span class="late">${shape("triangle")}${t("{time} after the planned opening", { time })}</span>`;
    default:
      return nothing;
  }
}

/** Until a digit of any clock changes, that of the time of day among them. @param {Known[]} rooms @param {number} now */
function untilNext(rooms, now) {
  const ticks = rooms.flatMap(({ room }) => (room.view ? [nextTick(room.view, now) ?? Infinity] : []));
  return Math.min(1_000 - (now % 1_000), ...ticks);
}

/** The words of the page, however long the server is away. */
async function words() {
  for (;;) {
    const answer = await fetch(boot.strings).catch(() => null);
    if (answer?.ok) return answer.json();
    await new Promise((resolve) => setTimeout(resolve, EVERY));
  }
}

/** A screen that nobody touches must not go dark by itself; where the browser can be asked, it is. */
async function keepAwake() {
  if (document.visibilityState !== "visible") return;
  await navigator.wakeLock?.request("screen").catch(() => undefined);
}

useStrings(await words());
app.replaceChildren();
draw();
keepAwake();
document.addEventListener("visibilitychange", keepAwake);
for (;;) {
  const pause = await ask();
  draw();
  await new Promise((resolve) => setTimeout(resolve, pause));
}
