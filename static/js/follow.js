// @ts-check
/** A plain page for those who follow: the segment, who has the floor and the clock, and who comes next. */

import { html, nothing, render } from "../vendor/lit.js";
import { clockState, mss } from "./clock.js";
import { TakePart } from "./follow/takepart.js";
import { t, tn } from "./i18n.js";
import { openPage } from "./page.js";
import { bar, connectionChip, deadlineMark, digits, fill, flag, isLong, num, stateMark } from "./parts.js";
import { menu, menuButton } from "./phone/menu.js";
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
      return html`${theFloor(page, store.view, now)} ${list(page, store.view)}`;
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
  const { name, initials, picture, second, group } = page.programme.voice(reading.turn);
  return html`<div
    class="own"
    data-state=${reading.state}
    ${deadlineMark(reading, page.clock.offset)}
  >
    <div class="who-big">${flag(initials, picture)}<h1 class=${isLong(name) ? "long" : nothing}>${name}</h1></div>
    ${group ? html`<p class="note">${t("on behalf of the {group}", { group })}</p>` : nothing} ${second ? html`<p class="note">${second}</p>` : nothing}
    <p class="state">${suspended ? html`${shape("bars")}${t("Suspended")}` : stateMark(reading.state, view.segment?.rules.warning)}</p>
    ${digits(reading.remaining)} ${bar(reading)}
    <p class="meta"><span>${fill(t("Limit {limit}"), { limit: mss(reading.turn.allowance) })}</span></p>
  </div>`;
}

/** @param {Page} page @param {View} view */
function list({ programme }, { list }) {
  const further = list.length - list.first.length;
  return html`<section class="list" aria-label=${t("List of speakers")}>
    <p class="state small" data-state=${list.open ? "open" : "closed"}>
      ${shape(list.open ? "ring" : "dash")}${list.open ? t("The list is open") : t("The list is closed")}
    </p>
    <ol class="before">
      ${list.first.map(({ delegation, group, limit }, index) => {
        const { name, initials, picture } = programme.delegation(delegation);
        return html`<li>
          <span class="num">${num(index + 1)}</span>${flag(initials, picture)}
          <span>${name}${group ? html`<small>${t("on behalf of the {group}", { group: programme.group(group) })}</small>` : nothing}</span>
          <span class="limit">${num(mss(limit))}</span>
        </li>`;
      })}
      ${further > 0 ? html`<li class="folded">${fill(tn("and {n} more", "and {n} more", further, {}), { n: further })}</li>` : nothing}
    </ol>
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
