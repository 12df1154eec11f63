// @ts-check
/** The lower third of a webcast: who speaks and the clock, on nothing; laid over the picture by the program that mixes it. */

import { html, nothing, render } from "../vendor/lit.js";
import { clockState, warningOf } from "./clock.js";
import { t } from "./i18n.js";
import { openPage } from "./page.js";
import { bar, deadlineMark, digits, flag, stateMark } from "./parts.js";
import { shape } from "./shapes.js";
import { LONGEST_ALONE, shownAt } from "./overlay/shown.js";

/** @typedef {import("./page.js").Page} Page */
/** @typedef {import("./store.js").View} View */
/** @typedef {import("./clock.js").Reading} Reading */

const app = /** @type {HTMLElement} */ (document.getElementById("app"));
app.replaceChildren();

/** Whether the address asks for the title of what goes on while nobody speaks: ?title=1 */
const withTitle = ["1", "true", ""].includes(new URLSearchParams(location.search).get("title") ?? "0");

/** @param {Page} page @param {number} now */
function draw(page, now) {
  const { store } = page;
  const away = store.connection === "lost" && store.heardAt !== null ? now - store.heardAt : 0;
  const { what, until } = store.view && !store.refusal ? shownAt(store.view, now, { away, withTitle }) : { what: "nothing", until: null };
  const reading = what === "turn" && store.view ? clockState(store.view, now) : null;
  render(
    html`<main>
      <h1 class="hidden">${t("Overlay for the webcast")}</h1>
      ${reading ? lowerThird(page, reading, away > 0) : what === "title" ? title(page) : nothing}
    </main>`,
    app,
  );
  return away > 0 ? Math.min(until ?? Infinity, now + LONGEST_ALONE - away) : until;
}

/** @param {Page} page @param {Reading} reading @param {boolean} lost */
function lowerThird({ programme, store, texts, clock }, reading, lost) {
  const turn = /** @type {import("./store.js").Turn} */ (reading.turn);
  const { name, initials, picture, second, group } = programme.voice(turn);
  const person = [texts.of(turn.shown?.speaker), texts.of(turn.shown?.title)].filter(Boolean).join(", ");
  const below = [person, group && t("on behalf of the {group}", { group }), second].filter(Boolean);
  return html`<section class="lower" data-theme="dark" data-state=${lost ? "lost" : reading.state} ${deadlineMark(reading, clock.offset)}>
    ${flag(initials, picture)}
    <div class="names"><p class=${name.length > 26 ? "name long" : "name"}>${name}</p>${below.map((line) => html`<p class="second" dir="auto">${line}</p>`)}</div>
    <div class="clock">
      ${digits(reading.remaining)}
      <p class="state">${lost ? html`${shape("brokenRing")}${t("Reconnecting")}` : stateMark(reading.state, warningOf(store.view))}</p>
    </div>
    ${bar(reading)}
  </section>`;
}

/** @param {Page} page */
function title({ programme, store }) {
  const words = store.view?.segment && programme.segment(store.view.segment.id)?.title;
  return words ? html`<section class="lower only" data-theme="dark"><p class="title">${words}</p></section>` : nothing;
}

await openPage(draw);
