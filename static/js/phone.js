// @ts-check
/** A delegation's phone: two taps from the link to the request, then its place, its turn and its own clock. */

import { html, nothing, render } from "../vendor/lit.js";
import { t } from "./i18n.js";
import { openPage, say } from "./page.js";
import { connectionChip, fill, flag } from "./parts.js";
import { menu, menuButton } from "./phone/menu.js";
import { Cues } from "./phone/cues.js";
import { ownCapacity, situation, thankedUntil } from "./phone/place.js";
import { screenFor } from "./phone/screens.js";
import { shape } from "./shapes.js";

/** @typedef {import("./page.js").Page} Page */
/** @typedef {import("./phone/screens.js").Intent} Intent */

/** A list that changes often is published a little later: so long is waited before the view is asked for. */
const PATCH_DUE = 1_500;

const app = /** @type {HTMLElement} */ (document.getElementById("app"));
app.replaceChildren();
const cues = new Cues();

/** @type {Intent} */
let intent = { as: "", again: false, leaving: null, sending: null, refused: null };
let menuOpen = false;
let screen = "";

/** @param {Page} page @param {number} now */
function draw(page, now) {
  const stands = situation(page.store, page.boot.subject ?? "", now);
  if (stands.screen !== screen) {
    screen = stands.screen;
    intent = { ...intent, again: false, leaving: null, refused: null };
  }
  const { call = false, body, thumb } = screenFor({ page, situation: stands, intent, actions, now });
  const { initials, picture } = page.programme.delegation(page.boot.subject ?? "");
  const hadFocus = app.contains(document.activeElement);
  render(
    html`<div class="phone ${call ? "call" : ""}" data-screen=${stands.screen} data-state=${call ? "next" : nothing}>
      <header class="seat">
        ${flag(initials, picture)}
        <p>${page.boot.name}<small>${page.programme.document.title}</small></p>
        ${connectionChip(page.store.connection)} ${menuButton(menuOpen, toggleMenu)}
      </header>
      <main class="hall" tabindex="-1">${menuOpen ? menu(page.boot, page.redraw) : nothing} ${notices(page, now)} ${body}</main>
      ${thumb === nothing ? nothing : html`<nav class="thumb" aria-label=${t("What you can do")}>${thumb}</nav>`}
    </div>`,
    app,
  );
  if (hadFocus && document.activeElement === document.body) focusOn("main");
  document.title = `${app.querySelector("h1")?.textContent?.trim() ?? page.boot.name} · Moderator`;
  cues.follow(stands, page.store, now);
  return page.store.view && thankedUntil(page.store.view, page.boot.subject ?? "");
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

/** What a tap that has not got through yet is said to be, by the reason. */
function heldWord(/** @type {string} */ reason) {
  return reason === "unreachable" ? t("Not sent yet") : t("Not written down yet");
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
  intent = { ...intent, ...change };
  page.redraw();
}

/** @type {import("./phone/screens.js").Actions} */
const actions = {
  chooseAs: (as) => intend({ as }),
  askAgain: (again) => intend({ again }),
  leave(leaving) {
    intend({ leaving });
    // The safe one of the two buttons, or the one that was there before.
    queueMicrotask(() => focusOn(".thumb button"));
  },
  reconnect: () => page.link.retry(),

  async ask(as) {
    const group = as === "" ? null : as;
    const fields = { segment: page.store.view?.segment?.id, kind: "statement", group };
    const answer = await send("ask", "request-floor", fields);
    if (answer.ok) page.store.asked(answer.id, group === null ? ownCapacity(page.store.own) : "group", group);
    finished(answer, { as: "", again: false });
  },

  async withdraw(request) {
    const answer = await send("withdraw", "withdraw-request", { request });
    if (answer.ok) page.store.withdrew(request);
    finished(answer, { leaving: null });
  },

  async finish() {
    finished(await send("finish", "yield-floor", { holder: page.store.view?.floor?.id }), {});
  },
};

/** @param {NonNullable<Intent["sending"]>["what"]} what @param {string} type @param {Record<string, unknown>} fields */
function send(what, type, fields) {
  intend({ sending: { what, held: null }, refused: null });
  const onHeld = (/** @type {string} */ reason) => {
    say(heldWord(reason));
    intend({ sending: { what, held: reason } });
  };
  return page.api.command(type, fields, { onHeld });
}

/** @param {import("./api.js").Accepted | import("./api.js").Rejected} answer @param {Partial<Intent>} change */
async function finished(answer, change) {
  if (!answer.ok) {
    say(answer.message);
    intend({ sending: null, refused: answer.message });
    page.store.refresh("tap");
    return;
  }
  await shown(answer.version);
  intend({ ...change, sending: null });
}

/** Until the page shows what the server has accepted; a patch that does not come is fetched. @param {number} version */
async function shown(version) {
  if (page.store.version >= version) return;
  await new Promise((resolve) => {
    const timer = setTimeout(resolve, PATCH_DUE);
    const stop = page.store.onChange(() => {
      if (page.store.version < version) return;
      stop();
      clearTimeout(timer);
      resolve(null);
    });
  });
  if (page.store.version < version) await page.store.refresh("tap");
}

const page = await openPage(draw);
