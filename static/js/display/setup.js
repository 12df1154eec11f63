// @ts-check
/** The technician's hand on the display: keys, the mouse, the panel of settings, the test picture. Nothing of it comes by itself. */

import { html, nothing, render } from "../../vendor/lit.js";
import { t, useStrings } from "../i18n.js";
import { Awake } from "./awake.js";
import { begin, keep } from "./settings.js";

/** @typedef {import("./settings.js").Settings} Settings */
/** @typedef {import("../page.js").Page} Page */

/** A mouse moved on purpose goes so far (pixels) within so short a time: a table that is knocked does not. */
const FAR_ENOUGH = 80;
const AT_ONCE = 1_000;

/** The button goes soon, the panel when nobody has touched it for a while. */
const BUTTON_STAYS = 4_000;
const PANEL_STAYS = 20_000;

/** Where letters are typed, no letter is a command. */
const TYPED = "input[type=text]";

export class Setup {
  /** @type {Settings} */
  settings = begin();
  /** Whether the panel is open. */
  open = false;
  /** What a typed length is not, while it is wrong. @type {{depth?: string, height?: string}} */
  wrong = {};
  /** Whether the screen stays awake. */
  awake;

  #host = document.body.appendChild(Object.assign(document.createElement("div"), { id: "set-up" }));
  /** @type {Page | null} */
  #page = null;
  /** @type {typeof import("./panel.js") | null} */
  #panel = null;
  /** @type {typeof import("./picture.js") | null} */
  #picture = null;
  #testing = false;
  #near = false;
  #timer = 0;
  #way = { length: 0, since: 0, x: NaN, y: NaN };

  constructor() {
    this.awake = new Awake(() => this.draw());
    document.addEventListener("keydown", (event) => this.#key(event));
    addEventListener("pointermove", (event) => this.#moved(event));
    addEventListener("pointerdown", (event) => event.pointerType !== "mouse" && this.#come());
    document.addEventListener("fullscreenchange", () => this.draw());
    for (const touch of ["pointermove", "pointerdown", "keydown", "input"]) {
      this.#host.addEventListener(touch, () => this.open && this.#stay());
    }
  }

  /** What draws the test picture, while it is to be shown: never while somebody has the floor. */
  get picture() {
    return this.#testing ? this.#picture : null;
  }

  /** Whether a test picture may be shown: a turn goes before it, and darkness that the chair wants. */
  get mayTest() {
    const view = this.#page?.store.view;
    return this.#page !== null && !view?.floor && !view?.stage?.blackout;
  }

  /** Goes by what the page shows now; a test picture gives way when a turn begins. @param {Page} page */
  follow(page) {
    this.#page = page;
    if (!this.mayTest) this.#testing = false;
    this.draw();
  }

  /** Takes over settings, at once and for later. @param {Partial<Settings>} change */
  set(change) {
    this.settings = { ...this.settings, ...change };
    keep(this.settings);
    this.#page?.redraw();
  }

  /** Opens the panel, or closes it. */
  async show(open = !this.open) {
    this.wrong = {};
    if (open) this.#panel ??= await this.#fetched(import("./panel.js"));
    this.open = open && this.#panel !== null;
    if (this.open) this.#stay();
    else this.#go();
    this.draw();
    if (this.open) /** @type {HTMLElement | null} */ (this.#host.querySelector("input"))?.focus();
  }

  /** Shows the test picture, or takes it away. */
  async test() {
    if (this.#testing) this.#testing = false;
    else if (this.mayTest) {
      this.#picture ??= await this.#fetched(import("./picture.js"));
      // The picture may have taken its time, and somebody the floor.
      this.#testing = this.#picture !== null && this.mayTest;
    }
    this.#page?.redraw();
  }

  /**
   * A part of the page that is fetched when it is first wanted, with its words and its looks; null without contact.
   * @template T @param {Promise<T>} part
   */
  async #fetched(part) {
    const page = this.#page;
    if (!page) return null;
    try {
      const [fetched, words] = await Promise.all([part, page.api.getJson(page.boot.urls.panel), (styles ??= styled())]);
      if (words) useStrings(words); // or they are known already
      return fetched;
    } catch {
      styles = undefined;
      return null;
    }
  }

  /** Fills the screen, or no longer. */
  async fill() {
    try {
      await (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
    } catch {
      // The browser will not: its own key for it is named in the panel.
    }
  }

  /** Draws the panel, or the button that opens it. */
  draw() {
    const page = this.#page;
    if (!page) return;
    const root = document.documentElement.dataset;
    if (this.#near || this.open) root.pointer = "";
    else delete root.pointer;
    render(this.open && this.#panel ? this.#panel.panel(this, page) : this.#near ? this.#button() : nothing, this.#host);
  }

  #button() {
    return html`<button type="button" class="button to-settings" @click=${() => this.show(true)}>
      ${t("Settings of this display")} <kbd>S</kbd>
    </button>`;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    const typing = /** @type {Element} */ (event.target).closest?.(TYPED);
    const act = this.#actOf(event.key === "Escape" ? "Escape" : typing ? "" : letterOf(event));
    if (!act) return;
    event.preventDefault();
    act();
  }

  /** @param {string} key @returns {(() => unknown) | undefined} */
  #actOf(key) {
    switch (key) {
      case "s":
        return () => this.show();
      case "t":
        return () => this.test();
      case "f":
        return () => this.fill();
      case "Escape":
        if (this.open) return () => this.show(false);
        return this.#testing ? () => this.test() : undefined;
      default:
        return undefined;
    }
  }

  /** @param {PointerEvent} event */
  #moved({ clientX: x, clientY: y, pointerType }) {
    if (pointerType !== "mouse") return;
    const now = performance.now();
    const step = Number.isNaN(this.#way.x) ? 0 : Math.hypot(x - this.#way.x, y - this.#way.y);
    const fresh = now - this.#way.since > AT_ONCE;
    this.#way = { length: (fresh ? 0 : this.#way.length) + step, since: fresh ? now : this.#way.since, x, y };
    if (this.#way.length >= FAR_ENOUGH) this.#come();
  }

  #come() {
    if (this.open) return;
    const here = this.#near;
    this.#near = true;
    this.#after(BUTTON_STAYS);
    if (!here) this.draw();
  }

  #stay() {
    this.#after(PANEL_STAYS);
  }

  #after(/** @type {number} */ duration) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.open = false;
      this.#go();
      this.draw();
    }, duration);
  }

  #go() {
    clearTimeout(this.#timer);
    this.#near = false;
    this.wrong = {};
  }
}

/** The letter of a key as it is named on the screen, on keyboards of any script. */
function letterOf(/** @type {KeyboardEvent} */ { key, code }) {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  return code.startsWith("Key") ? code.slice(3).toLowerCase() : key;
}

/** How both parts look. @type {Promise<unknown> | undefined} */
let styles;

function styled() {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL("../../css/display-setup.css", import.meta.url).href });
  document.head.append(link);
  return new Promise((resolve, reject) => {
    link.onload = resolve;
    link.onerror = () => {
      link.remove();
      reject(new Error("no contact"));
    };
  });
}
