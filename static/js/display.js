// @ts-check
/** The projected display: who has the floor and what is left, legible from the last row, and never a stale clock unsaid. */

import { html, nothing, render } from "../vendor/lit.js";
import { clockState, closesAt, mss, nextSecond } from "./clock.js";
import { limitInWords, t, tn } from "./i18n.js";
import { openPage } from "./page.js";
import { deadlineMark, fill, flag, num, stateMark, vars } from "./parts.js";
import { shortTitle } from "./programme.js";
import { shape } from "./shapes.js";
import { Fit } from "./display/fit.js";
import { forgetLetters, letterHeight, roomOf } from "./display/picture-size.js";
import { layoutFor } from "./display/room.js";
import { Setup } from "./display/setup.js";
import { StageMessage } from "./stage.js";

/** @typedef {import("./page.js").Page} Page */
/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./store.js").View} View */
/** @typedef {import("./clock.js").Reading} Reading */

/** A title of a segment beyond this many letters is set smaller, to stay on its line. */
const LONG_TITLE = 66;

/** Thanks after a turn give way to the invitation when the list is open and nobody waits. */
const THANKS = 15_000;

const app = /** @type {HTMLElement} */ (document.getElementById("app"));
const qr = /** @type {HTMLTemplateElement} */ (document.getElementById("qr")).content.firstElementChild;
app.replaceChildren();

const fit = new Fit(app);
const setup = new Setup();

/** What is shown once the dialogue goes on. @type {typeof import("./display/turn.js") | null} */
let going = null;
let loading = false;
const message = new StageMessage();

/** How the picture is set at the moment. */
let layout = layoutFor(roomOf(setup.settings, letterHeight()));

/** @param {Page} page @param {number} now */
function draw(page, now) {
  const { store } = page;
  setup.follow(page);
  if (!going && store.view && store.view.dialogue.phase !== "scheduled") loadGoing();
  layout = layoutFor(roomOf(setup.settings, letterHeight()));
  const { name, state, next, foot } = layout.sizes;
  const reading = store.view && clockState(store.view, now);
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

async function loadGoing() {
  if (loading) return;
  loading = true;
  // Without contact: asked for again with the next picture, which comes within a second.
  going = await import("./display/turn.js").catch(() => null);
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
 * `words` are the message for the hall, `band` whether it stands below a clock.
 * @typedef {{state: string, body: unknown, band?: boolean}} Picture
 * @param {Page} page @param {Reading | null} reading @param {number} now @param {string | null} words @returns {Picture}
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

/** Nothing but a sign of life: whoever knows where it is sees that the screen is on, and whether it is in contact. */
function dark(/** @type {string} */ connection) {
  return { state: "dark", body: html`<p class="alive">${shape(connection === "lost" ? "brokenRing" : "disc")}<span class="hidden">${t("The display is dark")}</span></p>` };
}

/** A message for the hall in place of what stands where nobody speaks. @param {string} state @param {View} view @param {string} words */
function announcement(state, { dialogue }, words) {
  return html`<section class="announcement">
    ${dialogue.phase === "suspended"
      ? html`<p class="state">${shape("bars")}${t("Suspended")}</p>`
      : state === "open"
        ? html`<p class="state">${stateMark("open")}</p>`
        : nothing}
    <h1 dir="auto" lang="">${words}</h1>
  </section>`;
}

/** @param {Page} page @param {Reading | null} reading @param {number} now @returns {Picture} */
function meeting(page, reading, now) {
  const { store, programme } = page;
  const { view, refusal } = store;
  if (refusal) return still("closed", shape("dash"), t("Closed"), t("This screen is no longer connected"), refusal.message);
  if (!view || !reading) return still("closed", shape("dash"), t("Connecting…"), programme.document.title, "");
  switch (view.dialogue.phase) {
    case "scheduled":
      return notOpen(page);
    case "closed":
      return still("closed", shape("dash"), t("Closed"), t("Thank you"), t("The dialogue is closed."));
    case "suspended":
      return suspended(page, reading);
    default:
      if (!reading.turn || invitesAgain(view, now)) return nobody(page, view);
      return going?.turn(setting(page, view), reading) ?? still("closed", shape("dash"), t("Connecting…"), programme.document.title, "");
  }
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
  if (list.open) return invitation(page, view);
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

/** @param {Page} page @param {View} view */
function invitation(page, view) {
  const { list, segment } = view;
  const limit = segment?.rules.limits.national ?? 0;
  const first = list.first[0] && page.programme.delegation(list.first[0].delegation).name;
  const closes = closesAt(view);
  return {
    state: "open",
    body: html`
      <section class="invite">
        ${closes === null
          ? html`<p class="state">${stateMark("open")}</p>
              <h1>${t("The floor is open")}</h1>`
          : html`<p class="state" data-state="warning">${shape("triangle")}${t("Last call")}</p>
              <h1>${fill(t("The list closes at {time}"), { time: page.programme.timeOfDay(closes) })}</h1>`}
        <p>${fill(t("Ask for it from your phone. Each intervention is limited to {limit}."), { limit: html`<strong>${limitInWords(limit)}</strong>` })}</p>
        ${first
          ? html`<p>${fill(tn("{n} waiting, next: {name}", "{n} waiting, next: {name}", list.length, {}), { n: list.length, name: html`<strong>${first}</strong>` })}</p>`
          : nothing}
      </section>
      ${join(page)}
    `,
  };
}

/** How to join: the code drawn by the server. @param {Page} page */
function join({ boot }) {
  if (!qr || !boot.join_url) return nothing;
  const address = boot.join_url.replace(/^https?:\/\//, "");
  return html`<aside class="join" aria-label=${t("How to join")}>
    <div class="qr" role="img" aria-label=${t("QR code to join")}>${qr}</div>
    <p class="address"><bdi class="n" dir="ltr">${address}</bdi></p>
    <p>${t("or type the code on your place card")}</p>
  </aside>`;
}

/** @param {Page} page */
function notOpen(page) {
  const { title, place, starts, segments } = page.programme.document;
  return {
    state: "closed",
    body: html`
      <section class="invite before-opening">
        <p class="state">${shape("dash")}${t("Not open yet")}</p>
        <h1 class="title">${title}</h1>
        <p>${fill(t("Begins at {time}, {place}"), { time: html`<strong>${num(page.programme.timeOfDay(starts))}</strong>`, place })}</p>
        <ol class="parts">
          ${segments.map(
            (segment) => html`<li>
              <span class="at">${segment.starts === null ? nothing : num(page.programme.timeOfDay(segment.starts))}</span>
              <span>${shortTitle(segment.title)}</span>
            </li>`,
          )}
        </ol>
      </section>
      ${join(page)}
    `,
  };
}

/** @param {Page} page @param {Reading} reading */
function suspended(page, { turn, remaining }) {
  const held = page.store.view?.floor ? turn : null;
  const voice = held && page.programme.voice(held);
  return {
    state: "paused",
    body: html`<section class="invite">
      <p class="state">${shape("bars")}${t("Suspended")}</p>
      <h1>${t("The meeting is suspended")}</h1>
      ${voice
        ? html`<p class="held">
            ${flag(voice.initials, voice.picture)}
            <span>${fill(t("{name} keeps the floor, with {time} left"), { name: html`<strong>${voice.name}</strong>`, time: html`<strong>${num(mss(remaining))}</strong>` })}</span>
          </p>`
        : html`<p>${t("The list of speakers is kept.")}</p>`}
    </section>`,
  };
}

/** @param {string} state @param {unknown} mark @param {string} word @param {string} sentence @param {string} more */
function still(state, mark, word, sentence, more) {
  return {
    state,
    body: html`<section class="invite">
      <p class="state">${mark}${word}</p>
      <h1>${sentence}</h1>
      ${more ? html`<p>${more}</p>` : nothing}
    </section>`,
  };
}

/** @param {Page} page */
function lostLine({ store, programme }) {
  const since = store.heardAt === null ? "" : programme.timeOfDay(store.heardAt, { seconds: true });
  return html`<p class="lost-line" role="status">
    ${shape("brokenRing")}${t("Reconnecting")} ${since ? html`<span>${fill(t("clock on its own since {time}"), { time: since })}</span>` : nothing}
  </p>`;
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

/** @type {Page} */
const page = await openPage(draw);
for (const change of ["resize", "orientationchange"]) addEventListener(change, fitAgain);
document.fonts?.ready.then(() => {
  forgetLetters();
  fitAgain();
});
