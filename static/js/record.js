// @ts-check
/** The record as it grows; for the rapporteur also the notes: who has the floor, the points made, and the next one. */

import { html, nothing, render } from "../vendor/lit.js";
import { clockState } from "./clock.js";
import { t } from "./i18n.js";
import { languageList } from "./languages.js";
import { openPage, say } from "./page.js";
import { connectionChip, digits, fill, flag, stateMark } from "./parts.js";
import { behalfOf } from "./chair/words.js";
import { Book } from "./record/book.js";
import { Desk } from "./record/desk.js";
import { printPaper } from "./print.js";
import { Correcting } from "./record/correct.js";
import { Follower } from "./record/follow.js";

/** @typedef {import("./page.js").Page} Page */
/** @typedef {import("./store.js").View} View */

/** A turn that has just ended is recorded before this. */
const SETTLES = 300;

const contact = /** @type {HTMLElement} */ (document.getElementById("contact"));
const live = /** @type {HTMLElement} */ (document.getElementById("live"));
const told = /** @type {HTMLElement} */ (document.getElementById("told"));

/** The record as the rapporteur's desk fetched it last. @type {import("./record/turns.js").Recorded | null} */
let recorded = null;
/** What the record was fetched for: who has the floor and who had it last. */
let known = "";
/** @type {Desk | null} */
let desk = null;
/** @type {Follower | null} */
let follower = null;

const print = /** @type {HTMLAnchorElement} */ (document.getElementById("print"));
print.addEventListener("click", (event) => printPaper(print.pathname, event));

const page = await openPage(draw);
new Correcting(page, told);
if (page.boot.role === "rapporteur") {
  desk = new Desk(page, new Book(page), say);
}
page.redraw();
/** @param {Page} page @param {number} now */
function draw(page, now) {
  const { store } = page;
  render(contactPart(page), contact);
  if (!store.view) return;
  if (desk) fetchRecord(page, store.view);
  follower ??= new Follower(page.boot.urls.record, told);
  // While the dialogue is open the minute counts too: the picture of the day has a line for the present.
  const minute = store.view.dialogue.phase === "open" ? Math.floor(now / 60_000) : 0;
  follower.follow(`${store.version} ${minute}`);
  const reading = clockState(store.view, now);
  render(desk ? desk.draw(store.view, reading, recorded) : listening(page, store.view, reading), live);
}

/** @param {Page} page */
function contactPart({ store, boot, programme }) {
  const kept = desk?.keptAt ? programme.timeOfDay(desk.keptAt, { seconds: true }) : "";
  return html`${store.refusal ? html`<span class="chip"><strong>${store.refusal.message}</strong></span>` : connectionChip(store.connection)}
    ${kept ? html`<span class="chip">${fill(t("Kept {time}"), { time: kept })}</span>` : nothing}
    ${languageList(boot, t("Language of this screen"))}`;
}

/**
 * Who has the floor, for those who read the record without writing it.
 * @param {Page} page @param {View} view @param {import("./clock.js").Reading} reading
 */
function listening({ programme, boot }, view, reading) {
  const { turn } = reading;
  if (!turn)
    return html`<section class="panel">
      <div class="listening none"><h2>${t("Nobody has the floor")}</h2></div>
    </section>`;
  const { name, initials, picture, group, second } = programme.voice(turn);
  return html`<section class="panel" aria-labelledby="who">
    <div class="listening" data-state=${reading.state}>
      ${flag(initials, picture)}
      <h2 id="who">${name}</h2>
      <p>
        ${group ? html`${behalfOf(group, boot.lang)} · ` : second ? html`${second} · ` : nothing}<span class="state small plain"
          >${stateMark(reading.state, view.segment?.rules.warning)}</span
        >
      </p>
      ${digits(reading.remaining)}
    </div>
  </section>`;
}

/** Fetches the record again when a turn has begun or ended. @param {Page} page @param {View} view */
function fetchRecord(page, view) {
  const wanted = [view.segment?.id, view.floor?.id, view.last?.id, view.last?.ended_at].join();
  if (wanted === known) return;
  known = wanted;
  setTimeout(async () => {
    try {
      recorded = (await page.api.getJson(`${page.boot.urls.record}.json`)) ?? recorded;
      page.redraw();
    } catch {
      known = "";
    }
  }, SETTLES);
}
