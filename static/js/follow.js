// @ts-check
/** A plain page for those who follow: the segment, who has the floor and the clock, and who comes next. */

import { html, nothing, render } from "../vendor/lit.js";
import { clockState, closesAt, mss, nextSecond, remaining, warningOf } from "./clock.js";
import { TakePart } from "./follow/takepart.js";
import { t, tn } from "./i18n.js";
import { openPage } from "./page.js";
import { bar, connectionChip, deadlineMark, digits, fill, flag, isLong, num, stateMark } from "./parts.js";
import { menu, menuButton } from "./phone/menu.js";
import { byWhom, newLimits, pauseWord, shownSpeaker, turnWords } from "./said.js";
import { shape } from "./shapes.js";

/** @typedef {import("./page.js").Page} Page */
/** @typedef {import("./store.js").View} View */

const app = /** @type {HTMLElement} */ (document.getElementById("app"));
app.replaceChildren();
let menuOpen = false;
/** @type {TakePart | null} */
let takePart = null;

/** @param {Page} page @param {number} now */
function draw(page, now) {
  const { boot, programme, store } = page;
  const phase = store.view?.dialogue.phase;
  const toggle = () => {
    menuOpen = !menuOpen;
    page.redraw();
  };
  render(
    html`<div class="phone">
      <header class="seat">
        <p>${boot.name}<small>${programme.document.title}</small></p>
        ${connectionChip(store.connection)} ${menuButton(menuOpen, toggle)}
      </header>
      <main class="hall">
        ${menuOpen ? menu(boot, page.redraw) : nothing} ${store.connection === "lost" ? lostNotice(page) : nothing}
        ${store.refusal || !store.view ? nothing : segmentTitle(page, store.view)} ${content(page, now)}
        ${takePart && !store.refusal && phase !== "closed" ? takePart.draw() : nothing}
      </main>
    </div>`,
    app,
  );
  return nextSecond(store.view, now);
}

/** @param {Page} page @param {number} now */
function content(page, now) {
  const { boot, store } = page;
  if (store.refusal) return sentence(t("This device is no longer connected"), store.refusal.message);
  if (!store.view) return sentence(boot.name, t("Connecting…"));
  switch (store.view.dialogue.phase) {
    case "scheduled":
      return sentence(t("The dialogue has not begun"), page.programme.document.place);
    case "closed":
      return sentence(t("The dialogue is closed"), t("Thank you for taking part."));
    default:
      return html`${theFloor(page, store.view, now)} ${announced(page, store.view)} ${list(page, store.view, now)}`;
  }
}

/** @param {string} words @param {unknown} lead */
function sentence(words, lead) {
  return html`<div class="mid"><h1>${words}</h1><p class="lead">${lead}</p></div>`;
}

/** @param {Page} page @param {View} view */
function segmentTitle({ programme }, view) {
  const title = view.segment ? programme.segment(view.segment.id)?.title : programme.document.title;
  return html`<p class="title">${title}</p>`;
}

/** @param {Page} page @param {View} view @param {number} now */
function theFloor(page, view, now) {
  const reading = clockState(view, now);
  const suspended = view.dialogue.phase === "suspended";
  if (!reading.turn) {
    return html`<div class="mid">
      <p class="state small" data-state=${suspended ? "paused" : reading.state}>
        ${suspended ? html`${shape("bars")}${t("Suspended")}` : stateMark(reading.state)}
      </p>
      <h1>${suspended ? t("The meeting is suspended") : t("Nobody has the floor")}</h1>
    </div>`;
  }
  const { turn, state } = reading;
  const { name, initials, picture, second } = page.programme.voice(turn);
  const ofOrder = turn.kind === "point-of-order";
  const below = [turnWords(page.programme, turn) || second, shownSpeaker(page, turn)].filter(Boolean);
  const why = state === "paused" ? pauseWord(view.floor?.paused) : "";
  return html`<div
    class="own"
    data-state=${ofOrder && state === "speaking" ? "order" : state}
    ${deadlineMark(reading, page.clock.offset)}
  >
    <div class="who-big">${flag(initials, picture)}<h1 class=${isLong(name) ? "long" : nothing}>${name}</h1></div>
    ${below.map((words) => html`<p class="note" dir="auto">${words}</p>`)}
    <p class="state">
      ${suspended ? html`${shape("bars")}${t("Suspended")}` : ofOrder && state === "speaking" ? html`${shape("diamond")}${t("Point of order")}` : stateMark(state, warningOf(view))}
    </p>
    ${digits(reading.remaining)} ${bar(reading)}
    <p class="meta"><span>${fill(t("Limit {limit}"), { limit: mss(turn.allowance) })}</span>${why ? html`<span>${why}</span>` : nothing}</p>
    ${view.interrupted
      ? html`<p class="note">${fill(t("{name} waits with {time}"), { name: html`<strong>${page.programme.voice(view.interrupted).name}</strong>`, time: mss(remaining(view.interrupted, 0)) })}</p>`
      : nothing}
  </div>`;
}

/** The limit that holds from the next speaker on, until there is one. @param {Page} page @param {View} view */
function announced({ programme }, view) {
  const limits = newLimits(view);
  if (!limits || view.dialogue.phase !== "open") return nothing;
  return html`<section class="notice" data-state="open">
    ${shape("ring")}
    <div>
      <strong>${fill(t("From the next speaker on: {limit}"), { limit: mss(limits.limits.national) })}</strong>
      <p>${fill(byWhom(limits.by), { time: programme.timeOfDay(limits.at) })}</p>
    </div>
  </section>`;
}

/** @param {Page} page @param {View} view @param {number} now */
function list({ programme }, view, now) {
  const { list } = view;
  const closes = closesAt(view);
  const further = list.length - list.first.length;
  return html`<section class="list" aria-label=${t("List of speakers")}>
    <p class="state small" data-state=${closes !== null ? "warning" : list.open ? "open" : "closed"}>
      ${closes === null
        ? html`${shape(list.open ? "ring" : "dash")}${list.open ? t("The list is open") : t("The list is closed")}`
        : html`${shape("triangle")}<span>${fill(t("The list closes at {time}, in {left}."), { time: programme.timeOfDay(closes), left: mss(Math.max(0, closes - now)) })}</span>`}
    </p>
    ${list.hidden && list.length
      ? html`<p class="note">${fill(tn("{n} waiting; the list is not shown", "{n} waiting; the list is not shown", list.length, {}), { n: list.length })}</p>`
      : html`<ol class="before">
          ${list.first.map((entry, index) => {
            const { name, initials, picture } = programme.delegation(entry.delegation);
            const below = turnWords(programme, entry);
            return html`<li>
              <span class="num">${num(index + 1)}</span>${flag(initials, picture)}
              <span>${name}${below ? html`<small>${below}</small>` : nothing}</span>
              <span class="limit">${num(mss(entry.limit))}</span>
            </li>`;
          })}
          ${further > 0 ? html`<li class="folded">${fill(tn("and {n} more", "and {n} more", further, {}), { n: further })}</li>` : nothing}
        </ol>`}
    ${list.length === 0 ? html`<p class="note">${t("Nobody is waiting.")}</p>` : nothing}
  </section>`;
}

/** @param {Page} page */
function lostNotice({ store, programme }) {
  const time = store.heardAt === null ? "" : programme.timeOfDay(store.heardAt, { seconds: true });
  return html`<section class="notice" data-state="lost" role="status">
    ${shape("brokenRing")}
    <div>
      <strong>${t("Reconnecting")}</strong>
      <p>${time ? fill(t("Last known, at {time}"), { time }) : t("No contact")}</p>
    </div>
  </section>`;
}

const opened = await openPage(draw);
// Panellists and interpreters are expected.
if (opened.boot.role === "follower") takePart = new TakePart(opened);
