// @ts-check
/** A delegation's phone: two taps from the link to the request, then its place, its turn and its own clock. */

import { closesAt, nextSecond } from "./clock.js";
import { html, nothing, render } from "../vendor/lit.js";
import { t, useStrings } from "./i18n.js";
import { openPage, say } from "./page.js";
import { connectionChip, fill, flag } from "./parts.js";
import { actionsOf, heldWord } from "./phone/actions.js";
import { USUAL } from "./phone/choices.js";
import { menuButton } from "./phone/menu-button.js";
import { situation, thankedUntil } from "./phone/place.js";
import { screenFor } from "./phone/screens.js";
import { shape } from "./shapes.js";

/** @typedef {import("./page.js").Page} Page */
/** @typedef {import("./phone/screens.js").Intent} Intent */
/** @typedef {import("./phone/place.js").Situation} Situation */

const app = /** @type {HTMLElement} */ (document.getElementById("app"));
app.replaceChildren();

/** What is gone when the screen changes. @type {Pick<Intent, "again" | "leaving" | "passing" | "raising" | "refused">} */
const AFRESH = { again: false, leaving: null, passing: null, raising: false, refused: null };

/** Screens that stand on what is rare. */
const RARE = ["waiting", "next", "floor", "interrupted", "suspended", "thanked"];

/** @type {Intent} */
let intent = { ...AFRESH, choice: USUAL, about: null, sending: null };
let menuOpen = false;
let screen = "";

/** What is rare, loaded when it is first wanted: a hall loads its phones all at once. @type {import("./phone/screens.js").More | null} */
let more = null;
let loading = false;
/** @type {import("./phone/more/cues.js").Cues | null} */
let cues = null;

/** @param {Page} page @param {number} now */
function draw(page, now) {
  const stands = situation(page.store, page.boot.subject ?? "", now);
  const arrived = stands.screen !== screen;
  if (arrived) {
    screen = stands.screen;
    intent = { ...intent, ...AFRESH, about: screen === "floor" ? null : intent.about };
  }
  if (!more && wantsMore(stands, page.store)) loadMore();
  const frame = { page, situation: stands, intent, actions, more, now };
  const { call = false, body, thumb } = screenFor(frame);
  const { initials, picture } = page.programme.delegation(page.boot.subject ?? "");
  const hadFocus = app.contains(document.activeElement);
  render(
    html`<div class="phone ${call ? "call" : ""}" data-screen=${stands.screen} data-state=${call ? "next" : nothing}>
      <header class="seat">
        ${flag(initials, picture)}
        <p>${page.boot.name}<small>${page.programme.document.title}</small></p>
        ${connectionChip(page.store.connection)} ${menuButton(menuOpen, toggleMenu)}
      </header>
      <main class="hall" tabindex="-1">${menuOpen && more ? more.menu(page.boot, page.redraw) : nothing} ${notices(page, now)} ${more?.news(frame) ?? nothing} ${body} ${more?.asked(frame) ?? nothing}</main>
      ${thumb === nothing ? nothing : html`<nav class="thumb" aria-label=${t("What you can do")}>${thumb}</nav>`}
    </div>`,
    app,
  );
  if (arrived && !cues) say(app.querySelector("h1")?.textContent?.trim() ?? "");
  if (hadFocus && document.activeElement === document.body) focusOn("main");
  document.title = `${app.querySelector("h1")?.textContent?.trim() ?? page.boot.name} · Moderator`;
  cues?.follow(stands, page.store, now);
  more?.cues(page, now);
  return nextChange(page, now);
}

/** When the picture changes by time alone: the end of the thanks, a second of the last call. @param {Page} page @param {number} now */
function nextChange({ store, boot }, now) {
  if (!store.view) return null;
  const changes = [thankedUntil(store.view, boot.subject ?? ""), nextSecond(store.view, now), more?.changesAt(store) ?? null];
  return Math.min(...changes.map((at) => (at !== null && at > now ? at : Infinity)));
}

/** Whether something is shown, or about to be, that is not of every day. @param {Situation} stands @param {import("./store.js").Store} store */
function wantsMore({ screen }, { own, view }) {
  return (
    menuOpen || RARE.includes(screen) || intent.about !== null || intent.again || intent.choice.kind !== "statement" ||
    !!view?.segment?.announced || closesAt(view) !== null ||
    [own?.points, own?.replies, own?.questions, own?.unheard].some((list) => list?.length)
  );
}

async function loadMore() {
  if (loading) return;
  loading = true;
  try {
    const [module, words] = await Promise.all([import("./phone/more.js"), page.api.getJson(page.boot.urls.more)]);
    if (words) useStrings(words);
    await module.dressed();
    more = module;
    cues = new module.Cues();
  } catch {
    // Without contact: asked for again with the next picture, which comes within a second.
  }
  loading = false;
  page.redraw();
}

/** What is not as usual, and what is kept all the same. @param {Page} page @param {number} now */
function notices({ store }, now) {
  const { sending, refused } = intent;
  const seconds = store.heardAt === null ? 0 : Math.max(0, Math.round((now - store.heardAt) / 1000));
  return html`
    ${store.connection === "lost" && sending?.held !== "unreachable"
      ? html`<section class="notice" data-state="lost">
          ${shape("brokenRing")}
          <div>
            <strong>${t("Reconnecting")}</strong>
            <p>${store.heardAt === null ? nothing : fill(t("No contact for {seconds} s."), { seconds })} ${t("Your place is kept on the server. Nothing you sent is lost, and nothing is sent twice.")}</p>
          </div>
        </section>`
      : nothing}
    ${sending?.held
      ? html`<section class="notice" data-state="paused">
          ${shape("bars")}
          <div><strong>${heldWord(sending.held)}</strong><p>${heldWords(sending.held)}</p></div>
        </section>`
      : nothing}
    ${refused
      ? html`<section class="notice" data-state="warning">
          ${shape("triangle")}
          <div><strong>${t("Not done")}</strong><p>${refused}</p></div>
        </section>`
      : nothing}
  `;
}

function heldWords(/** @type {string} */ reason) {
  return reason === "unreachable"
    ? t("Your tap is kept on this phone and is sent once, as soon as there is contact within a minute.")
    : t("The server cannot write at the moment. Your tap is tried again for a minute, and is recorded once.");
}

/** A control that goes away with its screen takes the focus with it: it is kept on the page. @param {string} selector */
function focusOn(selector) {
  /** @type {HTMLElement | null} */ (app.querySelector(selector))?.focus({ preventScroll: true });
}

function toggleMenu() {
  menuOpen = !menuOpen;
  page.redraw();
}

/** @param {Partial<Intent>} change */
function intend(change) {
  // Who has spoken since is not known here, and may be replied to.
  const toReply = change.choice?.kind === "right-of-reply" && intent.choice.kind !== "right-of-reply";
  if (toReply || change.again) page.store.refresh("tap");
  intent = { ...intent, ...change };
  page.redraw();
}

const actions = actionsOf({ page: () => page, more: () => more, intend, focusOn });

const page = await openPage(draw);
