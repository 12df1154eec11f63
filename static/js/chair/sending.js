// @ts-check
/** How the chair's screen sends a command: asks twice where it must, says what came of it, and keeps the way back. */

import { t } from "../i18n.js";

/** @typedef {import("./next.js").BureauView} BureauView */
/**
 * @typedef {{type: string, fields: Record<string, unknown>}} Back the command that puts back what another has changed
 * @typedef {{text: string, undo: number | Back | null, refused: boolean, at: number, version: number}} Toast
 *   `undo` is the version by which it is taken back, or what is sent instead where the server serves no undoing
 */

/** A toast may be read and its undo pressed for at least this long. */
const TOAST_STAYS = 10_000;

/** Whoever meant it presses again within this time. */
const CONFIRM_WITHIN = 5_000;

/** A command of the chair that could not be sent by then is no longer what the meeting needs. */
const PATIENCE = 20_000;

export class Sending {
  /** What was done or refused last, as it is shown. @type {Toast | null} */
  toast = null;
  /** What waits for a second press. @type {{key: string, until: number} | null} */
  confirming = null;
  /** How each tick was set last, and the version from which on the view has it. @type {Map<string, {set: boolean, until: number}>} */
  #ticks = new Map();
  /** @type {import("../page.js").Page} */
  page;
  /** Says something at once to whoever listens. @type {(text: string) => void} */
  announce;

  /** @param {import("../page.js").Page} page @param {(text: string) => void} announce */
  constructor(page, announce) {
    this.page = page;
    this.announce = announce;
  }

  /** What is on the screen now. */
  get view() {
    return /** @type {BureauView} */ (this.page.store.view);
  }

  /** Lets go of what time has overtaken: an unanswered question, a toast after the next move. */
  tick() {
    const now = performance.now();
    if (this.confirming && now >= this.confirming.until) this.confirming = null;
    const { toast } = this;
    if (toast && now >= toast.at + TOAST_STAYS && this.page.store.version > toast.version) this.toast = null;
  }

  /** Whether this press is the second one of two; the first only asks. */
  confirmed(/** @type {string} */ key) {
    if (this.confirming?.key === key) {
      this.confirming = null;
      return true;
    }
    this.ask(key, CONFIRM_WITHIN);
    return false;
  }

  /** Asks what is meant; in a sheet nobody need hurry much. @param {string} key @param {number} [within] */
  ask(key, within = 6 * CONFIRM_WITHIN) {
    this.confirming = { key, until: performance.now() + within };
    this.page.redraw();
  }

  /** Takes back what the toast tells of. */
  async undo() {
    const { toast } = this;
    if (!toast || toast.undo === null) return;
    const { type, fields } = typeof toast.undo === "number" ? { type: "undo", fields: { version: toast.undo } } : toast.undo;
    await this.send(type, fields, t("Taken back: {what}", { what: toast.text }));
  }

  /**
   * Sends a command and shows what came of it. Returns its version, null when it was refused.
   * @param {string} type @param {Record<string, unknown>} fields @param {string} done @param {Back | null} [back]
   */
  async send(type, fields, done, back = null) {
    this.confirming = null;
    const onHeld = (/** @type {string} */ reason) => {
      const text =
        reason === "unreachable" ? t("Not sent yet. It is tried again.") : t("Not written down yet. It is tried again.");
      if (this.toast?.text !== text) this.announce(text);
      this.#show({ text, undo: null, refused: true });
    };
    const answer = await this.page.api.command(type, fields, { patience: PATIENCE, onHeld });
    if (answer.ok) {
      this.#show({ text: done, undo: answer.undo ?? back, refused: false, version: answer.version });
      if (this.page.store.connection !== "connected") this.page.store.refresh("tap");
      return answer.version;
    }
    await this.page.store.refresh("tap");
    const text = answer.reason === "floor-changed" ? `${answer.message} ${this.#whoHasFloor()}` : answer.message;
    this.#show({ text, undo: null, refused: true });
    this.announce(text);
    return null;
  }

  /**
   * Sends what a tick stands for; until the view has it, the tick stays as it was set.
   * @param {string} of @param {boolean} set @param {string} type @param {Record<string, unknown>} fields @param {string} done
   */
  async sendTick(of, set, type, fields, done) {
    const tick = { set, until: Infinity };
    this.#ticks.set(of, tick);
    tick.until = (await this.send(type, fields, done)) ?? 0;
    this.page.redraw();
  }

  /** How a tick shows: as the server has it, unless it was set here and is on its way. @param {string} of @param {boolean} told */
  isTicked(of, told) {
    const tick = this.#ticks.get(of);
    return tick !== undefined && this.page.store.version < tick.until ? tick.set : told;
  }

  /** @param {{delegation: string | null, person?: string | null, group: string | null}} turn */
  nameOf(turn) {
    return this.page.programme.voice(turn).name;
  }

  /** What is true now, for whoever acted on what is no longer. */
  #whoHasFloor() {
    const { floor } = this.view;
    return floor ? t("{name} has the floor now.", { name: this.nameOf(floor) }) : t("Nobody has the floor now.");
  }

  /** @param {{text: string, undo: Toast["undo"], refused: boolean, version?: number}} toast */
  #show({ version = this.page.store.version, ...toast }) {
    this.toast = { ...toast, version: Math.max(version, this.page.store.version), at: performance.now() };
    if (toast.undo !== null) this.announce(`${toast.text}. ${t("Undo: {key}", { key: "U" })}`);
    this.page.redraw();
  }
}
