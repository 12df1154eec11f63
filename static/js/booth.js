// @ts-check
/** The interpreters' page: who speaks and who comes next, in which language and from which text, and until when there is interpretation. */

import { html, nothing, ref, render, repeat } from "../vendor/lit.js";
import { clockState, mss, warningOf } from "./clock.js";
import { t, tn } from "./i18n.js";
import { openPage, say } from "./page.js";
import { bar, connectionChip, deadlineMark, digits, fill, num, stateMark } from "./parts.js";
import { menu, menuButton } from "./phone/menu.js";
import { shortTitle } from "./programme.js";
import { isSlowedDown, slowedUntil } from "./slow-down.js";
import { icon, shape } from "./shapes.js";
import { opened, stillChosen } from "./booth/chosen.js";
import { serviceAt } from "./booth/service.js";
import { howSpoken, whoSpeaks } from "./booth/speaker.js";
import { deliveryWord, languageName } from "./booth/words.js";

/** @typedef {import("./page.js").Page} Page */
/** @typedef {import("./store.js").View} View */
/** @typedef {import("./store.js").Booth} Booth */
/** @typedef {import("./store.js").Heard} Heard */

/** Asking a speaker to slow down helps now or not at all. */
const PATIENCE = 5_000;

/** Sizes of the text, in rem: what is read from a stand in the dark, and from a tablet in the hand. */
const SIZES = [1.125, 1.375, 1.625, 2, 2.5];
const KEPT = "booth-size";

/** Below this the minutes that are left are counted in seconds. */
const LAST_MINUTES = 10 * 60_000;

/** @type {Booth} */
const NOTHING = { floor: null, next: [], interpretation_until: [], closes_at: null };

const app = /** @type {HTMLElement} */ (document.getElementById("app"));
app.replaceChildren();
let menuOpen = false;
/** Whose text was opened by hand. @type {string | null} */
let chosen = null;
/** Whose text lies open: a new one is read from its beginning. @type {string | null} */
let lies = null;
let sending = false;
/** Why the speaker could not be asked, and which speaker. */
let refused = { holder: "", words: "" };
let size = rememberedSize();
/** What was said last about the speaker, so that it is said once. */
let told = "";

/** @param {Page} page @param {number} now */
function draw(page, now) {
  const booth = page.store.beside.booth ?? NOTHING;
  chosen = stillChosen(booth, chosen);
  render(
    html`<div class="booth">
      <header class="booth-top">
        <p class="what"><strong class="title">${what(page)}</strong><small>${page.boot.name}</small></p>
        ${service(page, booth, now)}
        <span class="end">${connectionChip(page.store.connection)} ${menuButton(menuOpen, toggleMenu)}</span>
      </header>
      <main class="booth-work">
        ${menuOpen ? menu(page.boot, page.redraw) : nothing} ${content(page, booth, now)}
      </main>
    </div>`,
    app,
  );
  tell(page, booth, now);
  return slowedUntil(booth.floor);
}

/** What goes on. @param {Page} page */
function what({ programme, store }) {
  const segment = store.view?.segment && store.view.dialogue.phase !== "closed" ? programme.segment(store.view.segment.id) : null;
  return segment ? shortTitle(segment.title) : programme.document.title;
}

/** Until when there is interpretation, always in sight. @param {Page} page @param {Booth} booth @param {number} now */
function service({ programme, store }, booth, now) {
  if (!store.view || store.refusal) return nothing;
  const { state, at, left } = serviceAt(booth.interpretation_until, store.view.dialogue, now);
  if (state === "none") return html`<p class="service" data-state="closed">${t("No end of interpretation is set")}</p>`;
  const time = html`<strong>${num(programme.timeOfDay(at))}</strong>`;
  if (state === "over") return html`<p class="service" data-state="time">${shape("square")}<span>${fill(t("Interpretation ended at {time}"), { time })}</span></p>`;
  return html`<p class="service" data-state=${state === "soon" ? "warning" : "speaking"}>
    ${state === "soon" ? shape("triangle") : nothing}<span>${fill(t("Interpretation until {time}"), { time })}</span> <b role="timer">${leftWord(left)}</b>
  </p>`;
}

/** What is left, in as few words as are needed. */
function leftWord(/** @type {number} */ left) {
  if (left < LAST_MINUTES) return num(mss(left));
  const minutes = Math.ceil(left / 60_000);
  if (minutes < 60) return fill(tn("{n} min", "{n} min", minutes, {}), { n: minutes });
  return fill(t("{hours} h {minutes} min"), { hours: Math.floor(minutes / 60), minutes: String(minutes % 60).padStart(2, "0") });
}

/** @param {Page} page @param {Booth} booth @param {number} now */
function content(page, booth, now) {
  const { store, boot } = page;
  if (store.refusal) return sentence(t("This device is no longer connected"), store.refusal.message);
  if (!store.view) return sentence(boot.name, t("Connecting…"));
  if (store.view.dialogue.phase === "scheduled") return sentence(t("The dialogue has not begun"), page.programme.document.place);
  if (store.view.dialogue.phase === "closed") return sentence(t("The dialogue is closed"), t("Thank you for your work."));
  const heard = booth.floor && booth.floor.id === store.view.floor?.id ? booth.floor : null;
  return html`${theFloor(page, store.view, heard, now)} ${slowDown(page, store.view, heard, now)} ${comesNext(page, booth)} ${theText(page, booth)}`;
}

/** @param {string} words @param {unknown} lead */
function sentence(words, lead) {
  return html`<div class="alone"><h1>${words}</h1><p class="lead">${lead}</p></div>`;
}

/** Who speaks, and the clock; `heard` is what interpreters are told of it. @param {Page} page @param {View} view @param {Heard | null} heard @param {number} now */
function theFloor(page, view, heard, now) {
  const reading = clockState(view, now);
  const suspended = view.dialogue.phase === "suspended";
  const holds = view.floor !== null;
  const lost = page.store.connection === "lost";
  return html`<section class="speaks" data-state=${lost ? "lost" : suspended ? "paused" : holds ? reading.state : "closed"} aria-labelledby="speaks" ${deadlineMark(reading, page.clock.offset)}>
    <h1 class="state" id="speaks">
      ${suspended
        ? html`${shape("bars")}${t("Suspended")}`
        : holds
          ? stateMark(reading.state, warningOf(view))
          : html`${shape("dash")}${t("Nobody has the floor")}`}
    </h1>
    ${holds ? html`<div class="who">${whoSpeaks(page, heard ?? unheard(view))}</div>` : nothing}
    ${heard ? howSpoken(page, heard) : nothing}
    ${holds ? html`<div class="clock">${digits(reading.remaining)}<span>${fill(t("Limit {limit}"), { limit: mss(reading.turn?.allowance ?? 0) })}</span>${bar(reading)}</div>` : nothing}
  </section>`;
}

/** Who has the floor while what interpreters are told of it is still on its way. @param {View} view @returns {Heard} */
function unheard({ floor }) {
  return { .../** @type {import("./store.js").Floor} */ (floor), to: null, details: null };
}

/** The one big press. @param {Page} page @param {View} view @param {Heard | null} heard @param {number} now */
function slowDown(page, view, heard, now) {
  const holder = view.floor?.id ?? null;
  const asked = isSlowedDown(heard, now);
  const possible = holder !== null && view.dialogue.phase === "open" && !asked && !sending;
  const problem = refused.holder === holder ? refused.words : "";
  return html`<section class="ask" aria-label=${t("To the speaker")}>
    <button type="button" class="button primary slow" aria-describedby="slow-said" aria-disabled=${possible ? nothing : "true"} data-asked=${asked ? "" : nothing} @click=${() => possible && ask(page, holder)}>
      ${asked ? icon("check") : shape("steps")}<span>${asked ? t("The speaker is asked") : sending ? t("Asking…") : t("Please slow down")}</span>
    </button>
    <p class="said ${problem ? "problem" : ""}" id="slow-said">
      ${problem || (asked
        ? fill(t("Shown to the speaker alone since {time}."), { time: page.programme.timeOfDay(heard?.slow_down ?? now, { seconds: true }) })
        : t("Only the speaker sees it, for ten seconds. It can be asked again."))}
    </p>
  </section>`;
}

/** @param {Page} page @param {string} holder */
async function ask(page, holder) {
  sending = true;
  refused = { holder, words: "" };
  page.redraw();
  const answer = await page.api.command("ask-to-slow-down", { holder }, { patience: PATIENCE });
  sending = false;
  if (!answer.ok) {
    const words = answer.reason === "unreachable" ? t("No contact: the speaker was not asked.") : answer.message;
    refused = { holder, words };
    say(words);
  }
  await page.store.refresh("tap");
  page.redraw();
}

/** @param {Page} page @param {Booth} booth */
function comesNext(page, booth) {
  return html`<section class="follows" aria-labelledby="follows">
    <h2 id="follows">${t("Next")}</h2>
    ${booth.next.length === 0 ? html`<p class="note">${t("Nobody is waiting.")}</p>` : nothing}
    <ol>
      ${repeat(
        booth.next,
        ({ id }) => id,
        (heard, index) => html`<li>
          <span class="num">${num(index + 1)}</span>
          ${whoSpeaks(page, heard)} ${howSpoken(page, heard)}
          ${heard.details?.text
            ? html`<button type="button" class="button" aria-pressed=${chosen === heard.id ? "true" : "false"} @click=${() => choose(page, chosen === heard.id ? null : heard.id)}>
                ${chosen === heard.id ? t("Close the text") : t("Open the text")}
              </button>`
            : nothing}
        </li>`,
      )}
    </ol>
  </section>`;
}

/** @param {Page} page @param {string | null} id */
function choose(page, id) {
  chosen = id;
  page.redraw();
}

/** The text of whoever speaks, or of the one that was opened by hand. @param {Page} page @param {Booth} booth */
function theText(page, booth) {
  const heard = opened(booth, chosen);
  const { programme, texts, boot } = page;
  const details = heard?.details ?? null;
  const words = details && texts.of(details.text);
  const language = details?.language ?? "";
  const name = heard ? programme.voice({ ...heard, person: heard.person ?? null }).name : "";
  const about = [language && languageName(language, boot.lang), deliveryWord(details?.delivery)].filter(Boolean).join(" · ");
  return html`<section class="paper" aria-labelledby="paper">
    <header>
      <div><h2 id="paper">${heard ? t("Text of {name}", { name }) : t("Text")}</h2>${about ? html`<p>${about}</p>` : nothing}</div>
      ${chosen
        ? html`<button type="button" class="button" @click=${() => choose(page, null)}>${t("Back to who speaks")}</button>`
        : nothing}
      <span class="sizes">
        <button type="button" class="icon-button" aria-label=${t("Smaller letters")} aria-disabled=${size === 0 ? "true" : nothing} @click=${() => resize(page, size - 1)}><span aria-hidden="true">A</span></button>
        <button type="button" class="icon-button larger" aria-label=${t("Larger letters")} aria-disabled=${size === SIZES.length - 1 ? "true" : nothing} @click=${() => resize(page, size + 1)}><span aria-hidden="true">A</span></button>
      </span>
    </header>
    <div class="words" tabindex="0" role="group" aria-labelledby="paper" ${ref((element) => lay(element, heard?.id ?? null))}>
      ${words
        ? html`<p dir="auto" lang=${language}>${words}</p>`
        : html`<p class="none">${words === undefined && details?.text ? t("The text is on its way…") : heard ? t("There is no text of this speaker.") : t("The text of whoever speaks lies open here.")}</p>`}
    </div>
  </section>`;
}

/** Sets the letters, and begins a new text at its beginning. @param {Element | undefined} element @param {string | null} whose */
function lay(element, whose) {
  if (!(element instanceof HTMLElement)) return;
  element.style.setProperty("--letters", `${SIZES[size]}rem`);
  if (lies !== whose) element.scrollTop = 0;
  lies = whose;
}

/** @param {Page} page @param {number} to */
function resize(page, to) {
  size = Math.min(SIZES.length - 1, Math.max(0, to));
  try {
    localStorage.setItem(KEPT, String(size));
  } catch {
    // A browser that keeps nothing has it on this page.
  }
  page.redraw();
}

function rememberedSize() {
  try {
    return Math.min(SIZES.length - 1, Math.max(0, Math.round(Number(localStorage.getItem(KEPT) ?? 1)) || 0));
  } catch {
    return 1;
  }
}

function toggleMenu() {
  menuOpen = !menuOpen;
  page.redraw();
}

/** Says what is new: who speaks and how, and that a speaker was asked to slow down. @param {Page} page @param {Booth} booth @param {number} now */
function tell({ programme, boot, store }, { floor }, now) {
  if (!floor || !store.view) return;
  const { name } = programme.voice({ ...floor, person: floor.person ?? null });
  const language = floor.details?.language;
  const words = isSlowedDown(floor, now)
    ? t("The speaker is asked to slow down")
    : language
      ? t("{name} speaks, in {language}", { name, language: languageName(language, boot.lang) })
      : t("{name} speaks", { name });
  if (words === told) return;
  told = words;
  say(words);
}

const page = await openPage(draw, { everySecond: true, beside: true });
