// @ts-check
/** Keeps the screen of the display awake where the browser can do that, and knows where it cannot. */

/** @typedef {"asking" | "awake" | "insecure" | "unable" | "refused"} Wakefulness */

export class Awake {
  /** "insecure": browsers keep a screen awake only over https or on their own machine. @type {Wakefulness} */
  state = "asking";

  #changed;

  /** @param {() => void} changed is called when the state is another one */
  constructor(changed) {
    this.#changed = changed;
    document.addEventListener("visibilitychange", () => this.ask());
    this.ask();
  }

  /** Asks for it, again after the page was out of sight: a browser lets go of it then. */
  async ask() {
    if (document.visibilityState !== "visible") return;
    if (!window.isSecureContext) return this.#is("insecure");
    if (!navigator.wakeLock) return this.#is("unable");
    try {
      const lock = await navigator.wakeLock.request("screen");
      this.#is("awake");
      lock.addEventListener("release", () => this.#is("asking"));
    } catch {
      this.#is("refused");
    }
  }

  #is(/** @type {Wakefulness} */ state) {
    if (this.state === state) return;
    this.state = state;
    this.#changed();
  }
}
