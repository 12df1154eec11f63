// @ts-check
/** The screen on the rostrum: the speaker's own clock, what the interpreters and the chair tell the speaker, who comes next; nothing else. */

import { html, nothing, render } from "../vendor/lit.js";
import { clockState, mss, warningOf } from "./clock.js";
import { t } from "./i18n.js";
import { openPage } from "./page.js";
import { bar, deadlineMark, digits, fill, stateMark } from "./parts.js";
import { isSlowedDown, slowedUntil } from "./slow-down.js";
import { icon, shape, shapeOf } from "./shapes.js";
import { Awake } from "./display/awake.js";
import { fitWords } from "./lectern/fit.js";

/** @typedef {import("./page.js").Page} Page */
/** @typedef {import("./store.js").View} View */
/** @typedef {import("./clock.js").Reading} Reading */

const app = /** @type {HTMLElement} */ (document.getElementById("app"));
app.replaceChildren();
new Awake(() => {});

/** @param {Page} page @param {number} now */
function draw(page, now) {
  const { store } = page;
  const { turn = null } = store.beside.lectern ?? {};
  const open = store.view?.dialogue.phase === "open";
  const interrupted = (open && store.view?.interrupted) || null;
  // A point of order is raised from the delegation's seat: on the rostrum waits whoever it interrupted.
  const told = turn && open && !interrupted && turn.id === store.view?.floor?.id ? turn : null;
  const note = page.texts.of(told?.note) ?? null;
  const slow = isSlowedDown(told, now);
  const reading = store.view && clockState(interrupted ? { ...store.view, floor: interrupted } : store.view, now);
  const picture = interrupted && reading ? waits(reading) : pictureOf(page, reading);
  render(
    html`<main
      class="lectern"
      data-state=${picture.state}
      data-lost=${store.connection === "lost" ? "" : nothing}
      data-slow=${slow ? "" : nothing}
      data-note=${note ? "" : nothing}
      ${deadlineMark(reading, page.clock.offset)}
    >
      <h1 class="state">${picture.mark}</h1>
      ${picture.body}
      ${slow ? html`<p class="slower" role="status">${shape("steps")}<span>${t("Please slow down")}</span></p>` : nothing}
      ${note ? html`<div class="from-chair" role="status">${icon("note")}<p dir="auto" lang="">${note}</p></div>` : nothing}
      ${store.connection === "lost" ? lost(page) : note || slow ? nothing : picture.foot}
    </main>`,
    app,
  );
  fitWords(app.querySelector(".from-chair p"));
  fitWords(app.querySelector(".then p"));
  return slowedUntil(told);
}

/**
 * `mark` is the word of the state with its shape.
 * @typedef {{state: string, mark: unknown, body: unknown, foot: unknown}} Picture
 * @param {Page} page @param {Reading | null} reading @returns {Picture}
 */
function pictureOf(page, reading) {
  const { view, refusal } = page.store;
  if (refusal) return still("closed", t("This screen is no longer connected"));
  if (!view || !reading) return still("closed", t("Connecting…"));
  if (view.dialogue.phase === "scheduled") return still("closed", t("Not open yet"));
  if (view.dialogue.phase === "closed") return still("closed", t("The dialogue is closed"));
  if (view.dialogue.phase === "suspended") return still("paused", t("Suspended"));
  if (!reading.turn) return { ...still(reading.state, t("Nobody has the floor")), foot: then(page, view) };
  const { state, startsIn, remaining } = reading;
  return {
    state,
    mark: html`${stateMark(state, warningOf(view))}${startsIn === null
      ? nothing
      : html`<small>${fill(t("starts in {time}"), { time: mss(Math.max(0, startsIn)) })}</small>`}`,
    body: html`<div class="remains">${digits(remaining, t("Your remaining speaking time"))}</div>${bar(reading)}`,
    foot: then(page, view),
  };
}

/** Whose turn a point of order interrupted: the clock stands, and nothing is lost. @param {Reading} reading @returns {Picture} */
function waits(reading) {
  return {
    state: "paused",
    mark: html`<span data-state="order">${shape("diamond")}${t("Point of order")}</span>`,
    body: html`<div class="remains">${digits(reading.remaining, t("Your remaining speaking time"))}</div>${bar(reading)}`,
    foot: html`<div class="then"><p>${t("Your time stands still.")}</p></div>`,
  };
}

/** @param {string} state @param {string} words @returns {Picture} */
function still(state, words) {
  return { state, mark: html`${shapeOf(state)}<span>${words}</span>`, body: nothing, foot: nothing };
}

/** Who comes next. @param {Page} page @param {View} view */
function then({ programme }, { list }) {
  const first = list.first[0];
  if (!first) return nothing;
  const name = html`<strong>${programme.delegation(first.delegation).name}</strong>`;
  return html`<div class="then"><p>${fill(t("Next: {name}"), { name })}</p></div>`;
}

/** @param {Page} page */
function lost({ store, programme }) {
  const since = store.heardAt === null ? "" : programme.timeOfDay(store.heardAt, { seconds: true });
  return html`<div class="then lost" role="status">${shape("brokenRing")}<span>${since ? fill(t("clock on its own since {time}"), { time: since }) : t("Reconnecting")}</span></div>`;
}

const page = await openPage(draw, { beside: true });
for (const change of ["resize", "orientationchange"]) addEventListener(change, page.redraw);
document.fonts?.ready.then(page.redraw);
document.fonts?.addEventListener("loadingdone", page.redraw);
