// @ts-check
/** The projected display: who has the floor and what is left, legible from the last row, and never a stale clock unsaid. */

import { html, nothing, render } from "../vendor/lit.js";
import { clockState, nextSecond } from "./clock.js";
import { t } from "./i18n.js";
import { openPage } from "./page.js";
import { deadlineMark, num, vars } from "./parts.js";
import { shape } from "./shapes.js";
import { Fit } from "./display/fit.js";
import { forgetLetters, letterHeight, roomOf } from "./display/picture-size.js";
import { layoutFor } from "./display/room.js";
import { Setup } from "./display/setup.js";
import { announcement, dark, lostLine, notOpen, still } from "./display/stills.js";
import { StageMessage } from "./stage.js";

/** @typedef {import("./page.js").Page} Page */
/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./store.js").View} View */
/** @typedef {import("./clock.js").Reading} Reading */
/** @typedef {import("./display/stills.js").Picture} Picture */

/** A title of a segment beyond this many letters is set smaller, to stay on its line. */
const LONG_TITLE = 66;

/** Thanks after a turn give way to the invitation when the list is open and nobody waits. */
const THANKS = 15_000;

const app = /** @type {HTMLElement} */ (document.getElementById("app"));
app.replaceChildren();

const fit = new Fit(app);
const setup = new Setup();

/** What is shown once the dialogue goes on. @type {(typeof import("./display/turn.js") & typeof import("./display/between.js")) | null} */
let going = null;
let loading = false;
const message = new StageMessage();

/** @type {import("./display/chime.js").Chime | null} */
let chime = null;
let ringing = false;

/** How the picture is set at the moment. */
let layout = layoutFor(roomOf(setup.settings, letterHeight()));

/** @param {Page} page @param {number} now */
function draw(page, now) {
  const { store } = page;
  setup.follow(page);
  if (!going && goesOn(store.view)) loadGoing();
  layout = layoutFor(roomOf(setup.settings, letterHeight()));
  const { name, state, next, foot } = layout.sizes;
  const reading = store.view && clockState(store.view, now);
  chimeAt(store.view?.floor ?? null, reading?.remaining ?? 0);
  const words = message.of(page);
  const picture = setup.picture?.testPicture(page, setup.settings, now) ?? pictureFor(page, reading, now, words);
  render(
    html`<main
      class="display"
      data-state=${picture.state}
      data-lost=${store.connection === "lost" ? "" : nothing}
      data-band=${picture.band ? "" : nothing}
      data-next=${layout.next}
      data-plain=${layout.flags ? nothing : ""}
      data-safe=${setup.settings.captions ? "" : nothing}
      data-mirrored=${setup.settings.mirror ? "" : nothing}
      ${vars({ "--name": name, "--word": state, "--next": next, "--foot": foot })}
      ${deadlineMark(reading, page.clock.offset)}
    >
      <header>
        <span class="title ${title(page).length > LONG_TITLE ? "long" : ""}">${title(page)}</span>
        ${picture.state === "dark" ? nothing : (going?.notices(page, now) ?? nothing)}
        <time datetime=${page.programme.timeOfDay(now)}>${store.view ? num(page.programme.timeOfDay(now)) : nothing}</time>
      </header>
      ${picture.body} ${store.connection === "lost" && picture.state !== "dark" ? lostLine(page) : nothing}
    </main>`,
    app,
  );
  if (!fit.fit(roomKey(store), listKey(store))) page.redraw();
  return nextChange(store.view, now);
}

/** Lets the end of a firm limit be heard; what for is fetched with the first turn that has one. @param {View["floor"]} floor @param {number} left */
async function chimeAt(floor, left) {
  if (chime) chime.follow(floor, left, setup.settings.silent);
  else if (floor?.enforcement === "firm" && !ringing) {
    ringing = true;
    const sound = await import("./display/chime.js").catch(() => null);
    const bell = sound && new sound.Bell();
    if (sound) chime = new sound.Chime(() => bell?.ring());
    ringing = sound !== null; // without contact: asked for again
  }
}

/** Whether the picture is one of those that are loaded later. @param {View | null} view */
function goesOn(view) {
  return view !== null && view.dialogue.phase !== "scheduled";
}

async function loadGoing() {
  if (loading) return;
  loading = true;
  // Without contact: asked for again with the next picture, which comes within a second.
  going = await Promise.all([import("./display/turn.js"), import("./display/between.js")]).then(
    ([turns, between]) => ({ ...turns, ...between }),
    () => null,
  );
  loading = false;
  if (going) fitAgain();
}

/** What a picture is set by, beside the view. @param {Page} page @param {View} view @returns {import("./display/turn.js").Setting} */
function setting(page, view) {
  return { page, view, captions: setup.settings.captions, told: message.of(page), rows: fit.rows(listKey(page.store), layout.rows) };
}

/** When the picture changes by time alone: the end of the thanks, a second of the last call. @param {View | null} view @param {number} now */
function nextChange(view, now) {
  const thanks = view?.last ? view.last.ended_at + THANKS : 0;
  return Math.min(thanks > now ? thanks : Infinity, nextSecond(view, now) ?? Infinity);
}

/**
 * `words` are the message for the hall. @param {Page} page @param {Reading | null} reading @param {number} now @param {string | null} words @returns {Picture}
 */
function pictureFor(page, reading, now, words) {
  const { view, refusal, connection } = page.store;
  if (view?.stage?.blackout && !refusal) return dark(connection);
  const picture = meeting(page, reading, now);
  if (!words || refusal || !view) return picture;
  if (view.floor && view.dialogue.phase === "open") {
    if (setup.settings.captions) return picture;
    const below = connection === "lost" ? nothing : html`<p class="band"><span dir="auto" lang="">${words}</span></p>`;
    return { ...picture, body: html`${picture.body} ${below}`, band: true };
  }
  return { state: picture.state, body: announcement(picture.state, view, words) };
}

/** @param {Page} page @param {Reading | null} reading @param {number} now @returns {Picture} */
function meeting(page, reading, now) {
  const { view, refusal } = page.store;
  if (refusal) return still("closed", shape("dash"), t("Closed"), t("This screen is no longer connected"), refusal.message);
  if (!view || !reading) return connecting(page);
  switch (view.dialogue.phase) {
    case "scheduled":
      return notOpen(page);
    case "closed":
      return still("closed", shape("dash"), t("Closed"), t("Thank you"), t("The dialogue is closed."));
    case "suspended":
      return going?.suspended(page, reading) ?? connecting(page);
    default:
      if (!reading.turn || invitesAgain(view, now)) return nobody(page, view);
      return going?.turn(setting(page, view), reading) ?? connecting(page);
  }
}

/** Before there is anything to show, or what shows it. @param {Page} page @returns {Picture} */
function connecting({ programme }) {
  return still("closed", shape("dash"), t("Connecting…"), programme.document.title, "");
}

/** What is going on; before the first gavel that stands in the middle of the picture. @param {Page} page */
function title({ programme, store }) {
  if (store.view?.dialogue.phase === "scheduled") return "";
  const current = store.view?.dialogue.phase === "closed" ? null : store.view?.segment;
  const segment = current && programme.segment(current.id);
  return segment ? segment.title : programme.document.title;
}

/** @param {Page} page @param {View} view */
function nobody(page, view) {
  const { list, segment } = view;
  if (list.open) return going?.invitation(page, view) ?? connecting(page);
  if (!segment) return still("closed", shape("dash"), t("Not open yet"), t("The dialogue is open"), t("The first part of the programme has not begun."));
  return {
    state: "closed",
    body: html`
      <section class="invite">
        <p class="state">${shape("dash")}${t("List closed")}</p>
        <h1>${list.length ? t("The list of speakers is closed") : t("Nobody has the floor")}</h1>
        <p>${list.length ? t("Those already on it will be heard.") : t("The chair will say who takes it.")}</p>
      </section>
      ${going?.queue(setting(page, view)) ?? nothing}
    `,
  };
}

/** Whether the thanks after the last turn have stood long enough for an open list on which nobody waits. @param {View} view @param {number} now */
function invitesAgain({ floor, last, list }, now) {
  return !floor && last?.outcome !== "time-expired" && list.open && list.length === 0 && now - (last?.ended_at ?? 0) > THANKS;
}

/** What the room for words depends on, beside the words themselves. @param {Store} store */
function roomKey({ connection, view }) {
  const band = view?.stage?.message ?? "";
  const { depth, height, captions } = setup.settings;
  return [innerWidth, innerHeight, connection === "lost", band, depth, height, captions].join(" ");
}

/** What the number of rows depends on: the room for them, and the first names. @param {Store} store */
function listKey(store) {
  return [roomKey(store), ...(store.view?.list.first ?? []).slice(0, layout.rows).map(({ delegation, group, to }) => `${delegation}-${group}-${to}`)].join(" ");
}

function fitAgain() {
  fit.forget();
  page.redraw();
}

function lettersCame() {
  forgetLetters();
  fitAgain();
}

/** @type {Page} */
const page = await openPage(draw, { isWhole: ({ store }) => going !== null || !goesOn(store.view) });
for (const change of ["resize", "orientationchange"]) addEventListener(change, fitAgain);
document.fonts?.ready.then(lettersCame);
// Another script's letters come when the first name or message in it is drawn.
document.fonts?.addEventListener("loadingdone", lettersCame);
