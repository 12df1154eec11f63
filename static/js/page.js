// @ts-check
/** What every seat's page does: fetch words and programme, keep the link, draw on each change and each second. */

import { Api, Refused } from "./api.js";
import { nextTick, ServerClock } from "./clock.js";
import { useStrings } from "./i18n.js";
import { Link } from "./link.js";
import { Programme } from "./programme.js";
import { Store } from "./store.js";
import { Texts } from "./texts.js";

/**
 * @typedef {{boot: import("./api.js").Boot, api: Api, store: Store, clock: ServerClock, link: Link,
 *            programme: Programme, texts: Texts, redraw: () => void}} Page
 */

/** Pauses before a document that did not come is asked for again; the last one is repeated. */
const PAUSES = [500, 1_000, 2_000, 4_000];

/** A timer may fire a little early; the digit must have changed when the page is drawn. */
const MARGIN = 3;

/**
 * Opens the page: `draw` is called with everything it may show and the server's time, after each change
 * and just after each second of the running clock (`everySecond`: of the time of day as well). It may
 * return an instant at which the picture changes by itself. With `beside` it follows what its seat alone is told.
 * Once it was drawn with a view, and `isWhole` (what it needs beside was loaded), the document is marked as ready.
 * @param {(page: Page, now: number) => number | null | void} draw
 * @param {{everySecond?: boolean, beside?: boolean, isWhole?: (page: Page) => boolean}} [options]
 * @returns {Promise<Page>}
 */
export async function openPage(draw, { everySecond = false, beside = false, isWhole = () => true } = {}) {
  applyTheme(chosenTheme());
  const boot = readBoot();
  const clock = new ServerClock();
  const api = new Api(boot, (refusal) => store.refuse(refusal));
  const store = new Store(() => loadView(api, boot, clock, (refusal) => store.refuse(refusal)), {
    delegation: boot.role === "delegation" ? boot.subject : null,
    beside,
  });
  const stop = store.onChange(async () => {
    if (!boot.rehearsal && !store.rehearsal && !store.refusal) return;
    stop(); // most pages never need it
    const { followRehearsal } = await import("./rehearsal.js");
    followRehearsal(boot, store);
  });
  const [strings, programme] = await Promise.all([
    persist(() => api.getJson(boot.urls.strings)),
    persist(() => api.getJson(boot.urls.programme)),
  ]);
  useStrings(strings ?? { lang: boot.lang, strings: {} });
  const link = new Link(boot, store, clock);
  const drawing = new Drawing(() => draw(page, clock.now()), () => isWhole(page), store, clock, everySecond);
  const redraw = () => drawing.soon();
  const page = {
    boot, api, store, clock, link, redraw,
    programme: new Programme(programme ?? NO_PROGRAMME, boot.urls.flags),
    texts: new Texts(api, boot.urls.texts, redraw),
  };
  store.onChange(() => drawing.soon());
  store.onChange(() => keepUp(page));
  drawing.soon();
  if (!store.refusal) link.start();
  return page;
}

/** The side that somebody chose on this device: "light" or "dark"; null when it follows the device. */
export function chosenTheme() {
  try {
    return localStorage.getItem("theme");
  } catch {
    return null;
  }
}

/** Keeps the chosen side (null: as the device) and shows it. */
export function chooseTheme(/** @type {string | null} */ theme) {
  try {
    if (theme === null) localStorage.removeItem("theme");
    else localStorage.setItem("theme", theme);
  } catch {
    // A browser that keeps nothing still shows it on this page.
  }
  applyTheme(theme);
}

/** Says something politely, once: the page's one live region, so nothing is announced twice. */
export function say(/** @type {string} */ text) {
  const region = document.getElementById("said");
  if (region && region.textContent !== text) region.textContent = text;
}

/** Draws soon after it is asked to, once for several reasons, and by itself when time alone changes the picture. */
export class Drawing {
  #draw;
  #isWhole;
  #store;
  #clock;
  #everySecond;
  #waiting = false;
  #timer = 0;

  /** @param {() => number | null | void} draw @param {() => boolean} isWhole @param {Store} store @param {ServerClock} clock @param {boolean} everySecond */
  constructor(draw, isWhole, store, clock, everySecond) {
    this.#draw = draw;
    this.#isWhole = isWhole;
    this.#store = store;
    this.#clock = clock;
    this.#everySecond = everySecond;
  }

  soon() {
    if (this.#waiting) return;
    this.#waiting = true;
    queueMicrotask(() => {
      this.#waiting = false;
      this.#now();
    });
  }

  #now() {
    clearTimeout(this.#timer);
    const began = this.#clock.now();
    const change = this.#draw() ?? Infinity;
    const root = document.documentElement.dataset;
    root.version = String(this.#store.version);
    root.offset = String(this.#clock.offset);
    if (this.#store.view && this.#isWhole()) root.ready = "1";
    // What came about while it was drawn is drawn at once: else it would be missed, by up to a minute.
    const left = this.#untilNext(change, began) - (this.#clock.now() - began);
    this.#timer = setTimeout(() => this.#now(), Math.max(0, left) + MARGIN);
  }

  #untilNext(/** @type {number} */ change, /** @type {number} */ now) {
    const { view, connection } = this.#store;
    const step = this.#everySecond || connection === "lost" ? 1_000 : 60_000;
    const counted = step - (now % step);
    const announced = change > now ? change - now : Infinity; // what has passed is in the picture already
    return Math.min(counted, announced, (view && nextTick(view, now)) ?? Infinity);
  }
}

/** @type {import("./programme.js").ProgrammeDocument} */
const NO_PROGRAMME = {
  id: "", revision: 0, title: "", place: "", starts: 0, organ: "", original: "en", public: false, timezone: "UTC", utc_offset: 0,
  segments: [], persons: {}, bureau: {}, delegations: {}, groups: {},
};

/** @returns {import("./api.js").Boot} */
function readBoot() {
  return JSON.parse(document.getElementById("boot")?.textContent ?? "{}");
}

/**
 * The view by HTTP. Its stamp serves as a hint of the server's time where no socket brings better. `onGone` hears
 * when there is no such dialogue for this seat any more: a rehearsal that is over.
 * @param {Api} api @param {import("./api.js").Boot} boot @param {ServerClock} clock @param {(refusal: Refused) => void} onGone
 */
async function loadView(api, boot, clock, onGone) {
  const loaded = await api.getJson(boot.urls.view).catch((failure) => {
    if (failure instanceof Refused && failure.reason === "not-found") onGone(failure);
    throw failure;
  });
  if (loaded) clock.hint(loaded.now);
  return loaded;
}

/** Fetches the programme anew once the view tells of a newer one; many pages are told at the same time. */
async function keepUp(/** @type {Page & {renewing?: boolean}} */ page) {
  const { api, boot, store } = page;
  if (page.renewing || !isOlder(page)) return;
  page.renewing = true;
  while (isOlder(page) && !store.refusal) {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * PAUSES[0]));
    const programme = await persist(() => api.getJson(boot.urls.programme));
    if (programme) page.programme = new Programme(programme, boot.urls.flags);
  }
  page.renewing = false;
  page.redraw();
}

function isOlder(/** @type {Page} */ { programme, store }) {
  return programme.document.revision < (store.view?.revision ?? 0);
}

/** Fetches until it comes, however long the server is away; null when the server refuses it. @param {() => Promise<any>} fetchIt */
async function persist(fetchIt) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await fetchIt();
    } catch (failure) {
      if (failure instanceof Refused && failure.status < 500 && failure.status !== 429) return null;
    }
    const pause = PAUSES[Math.min(attempt, PAUSES.length - 1)];
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

function applyTheme(/** @type {string | null} */ theme) {
  const root = document.documentElement;
  if (root.hasAttribute("data-theme-fixed")) return;
  if (theme === null) root.removeAttribute("data-theme");
  else root.dataset.theme = theme;
}
