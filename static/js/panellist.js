// @ts-check
/** A panellist's page: the own clock, the questions that were put, and what goes on in the hall. */

import { html, nothing, render } from "../vendor/lit.js";
import { clockState } from "./clock.js";
import { limitInWords, t } from "./i18n.js";
import { forTheSpeaker, ownClock } from "./own.js";
import { openPage, say } from "./page.js";
import { connectionChip, fill, nowLine } from "./parts.js";
import { menu, menuButton } from "./phone/menu.js";
import { shape } from "./shapes.js";
import { isSlowedDown, slowedUntil } from "./slow-down.js";
import { countWords } from "./panellist/count.js";
import { questionList } from "./panellist/questions.js";

/** @typedef {import("./page.js").Page} Page */
/** @typedef {import("./store.js").View} View */
/** @typedef {import("./store.js").Question} Question */
/** @typedef {import("./clock.js").Reading} Reading */

const app = /** @type {HTMLElement} */ (document.getElementById("app"));
app.replaceChildren();
let menuOpen = false;
/** Ticks that the server has not confirmed yet. @type {Map<string, boolean>} */
const ticked = new Map();
/** What was not done, in the server's words, or that it is not sent yet. */
let problem = "";
let finishing = false;
let told = "";

/** @param {Page} page @param {number} now */
function draw(page, now) {
  const { boot, programme, store } = page;
  const speaks = hasFloor(page);
  const { turn = null } = store.beside.panellist ?? {};
  render(
    html`<div class="phone panellist" data-screen=${speaks ? "floor" : "questions"}>
      <header class="seat">
        <p>${boot.name}<small>${programme.document.title}</small></p>
        ${connectionChip(store.connection)} ${menuButton(menuOpen, toggleMenu)}
      </header>
      <main class="hall" tabindex="-1">
        ${menuOpen ? menu(boot, page.redraw) : nothing} ${notices(page)} ${content(page, now)}
      </main>
      ${speaks
        ? html`<nav class="thumb" aria-label=${t("What you can do")}>
            <button type="button" class="button primary" aria-disabled=${finishing ? "true" : nothing} @click=${() => finishing || finish(page)}>${finishing ? t("Sending…") : t("I have finished")}</button>
          </nav>`
        : nothing}
    </div>`,
    app,
  );
  tell(page, now);
  return slowedUntil(turn);
}

/** Whether this panellist speaks now. @param {Page} page */
function hasFloor({ store, boot }) {
  return !store.refusal && store.view?.dialogue.phase === "open" && store.view.floor?.person === boot.subject;
}

/** @param {Page} page */
function notices({ store, programme }) {
  const since = store.heardAt === null ? "" : programme.timeOfDay(store.heardAt, { seconds: true });
  return html`
    ${store.connection === "lost"
      ? html`<section class="notice" data-state="lost" role="status">
          ${shape("brokenRing")}
          <div><strong>${t("Reconnecting")}</strong><p>${since ? fill(t("Last known, at {time}"), { time: since }) : t("No contact")}</p></div>
        </section>`
      : nothing}
    ${problem
      ? html`<section class="notice" data-state="warning">
          ${shape("triangle")}
          <div><strong>${t("Not done")}</strong><p>${problem}</p></div>
        </section>`
      : nothing}
  `;
}

/** @param {Page} page @param {number} now */
function content(page, now) {
  const { boot, store, programme } = page;
  const { view, refusal } = store;
  if (refusal) return sentence(t("This device is no longer connected"), refusal.message);
  if (!view) return sentence(boot.name, t("Connecting…"));
  if (view.dialogue.phase === "scheduled") return html`${sentence(t("The dialogue has not begun"), programme.document.place)}`;
  const reading = clockState(view, now);
  const { questions = [] } = store.beside.panellist ?? {};
  const list = questionList(page, questions, ticked, (question, answered) => tick(page, question, answered));
  if (hasFloor(page)) {
    return html`${ownClock(page, reading)} ${forTheSpeaker(page, store.beside.panellist?.turn ?? null, now)}
      <section class="put" aria-labelledby="put"><h2 id="put">${countWords(questions, ticked)}</h2>${list}</section>`;
  }
  return html`${hall(page, view, reading)}
    <section class="put" aria-labelledby="put"><h1 id="put">${countWords(questions, ticked)}</h1>${list}</section>`;
}

/** @param {string} words @param {unknown} lead */
function sentence(words, lead) {
  return html`<div class="mid"><h1>${words}</h1><p class="lead">${lead}</p></div>`;
}

/** What goes on, in one line. @param {Page} page @param {View} view @param {Reading} reading */
function hall({ store, programme, clock }, { dialogue, segment }, reading) {
  const title = segment && programme.segment(segment.id)?.title;
  if (dialogue.phase === "closed") return html`<p class="state small" data-state="closed">${shape("dash")}${t("The dialogue is closed")}</p>`;
  return html`
    ${title ? html`<p class="title">${title}</p>` : nothing}
    ${dialogue.phase === "suspended"
      ? html`<p class="state small" data-state="paused">${shape("bars")}${t("The meeting is suspended")}</p>`
      : nowLine(reading, programme, { lost: store.connection === "lost", offset: clock.offset })}
  `;
}

/** @param {Page} page @param {Question} question @param {boolean} answered */
async function tick(page, question, answered) {
  ticked.set(question.id, answered);
  problem = "";
  page.redraw();
  const onHeld = () => {
    problem = t("No contact. The tick is kept on this phone and is sent as soon as there is contact within a minute.");
    page.redraw();
  };
  const answer = await page.api.command("set-answered", { question: question.id, answered }, { onHeld });
  problem = answer.ok ? "" : answer.message;
  if (!answer.ok) say(problem);
  await page.store.refresh("tap");
  // A second tick may have followed the first.
  if (ticked.get(question.id) === answered) ticked.delete(question.id);
  page.redraw();
}

/** @param {Page} page */
async function finish(page) {
  finishing = true;
  problem = "";
  page.redraw();
  const answer = await page.api.command("yield-floor", { holder: page.store.view?.floor?.id });
  if (!answer.ok) {
    problem = answer.message;
    say(problem);
  }
  await page.store.refresh("tap");
  finishing = false;
  page.redraw();
}

function toggleMenu() {
  menuOpen = !menuOpen;
  page.redraw();
}

/** Says what is new, once: the own clock while speaking, else how many questions are open. @param {Page} page @param {number} now */
function tell(page, now) {
  const { store } = page;
  if (!store.view || !store.beside.panellist) return;
  const { turn, questions } = store.beside.panellist;
  const { state, turn: at } = clockState(store.view, now);
  const words = !hasFloor(page)
    ? countWords(questions, ticked)
    : isSlowedDown(turn, now)
      ? t("Please slow down")
      : state === "time" || state === "overtime"
        ? t("Time")
        : state === "paused"
          ? t("Your clock is paused")
          : state === "warning"
            ? t("Your time is nearly over")
            : t("You have the floor, {limit}", { limit: limitInWords(at?.allowance ?? 0) });
  if (words === told) return;
  told = words;
  say(words);
}

const page = await openPage(draw, { beside: true });
