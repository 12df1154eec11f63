// @ts-check
/** What the chair's screen asks for: each press as the command that it is, with what is said when it was done. */

import { mss } from "../clock.js";
import { t } from "../i18n.js";
import { shortTitle } from "../programme.js";
import { Sending } from "./sending.js";
import { doneWord, pauseWord, rulingWord } from "./words.js";

/** @typedef {import("../store.js").Entry} Entry */
/** @typedef {import("../store.js").Turn} Turn */

/** A finger that bounces must not give the floor twice: the next action rests this long after a press. */
const REST = 600;

export class Acts extends Sending {
  /** Whether the next action rests after a press. */
  resting = false;

  /**
   * The total asked for last, so that two quick presses of "+0:30" make a minute.
   * @type {{holder: string, total: number} | null}
   */
  #asked = null;
  /** The version after the last move: until it is here, places on the screen are of yesterday. */
  #movedAt = 0;
  #moving = false;

  /** The one next action; `ruling` is what is chosen where it rules. @param {import("./next.js").Next} next @param {{ruling: string, words?: string}} ruling */
  takeNext(next, ruling = { ruling: "noted" }) {
    if (this.resting || next.fields === null) return;
    this.#rest();
    if (next.confirm && !this.confirmed(next.act)) {
      this.announce(t("Press again to confirm"));
      return;
    }
    switch (next.act) {
      case "begin-segment":
        return this.send(next.act, next.fields, t("Begun: {title}", { title: shortTitle(next.segment?.title ?? "") }));
      case "give-floor":
        return this.send(
          next.act,
          next.fields,
          this.#hasFloor(next.entry ?? { delegation: null, person: next.person, group: null }),
        );
      case "rule-on-point":
        return this.send(next.act, { ...next.fields, ...ruling }, t("Ruled: {ruling}", { ruling: rulingWord(ruling.ruling) }));
      default:
        return this.send(next.act, next.fields, doneWord(next.act));
    }
  }

  /** Begins a part; who waits is carried over to its list, or not reached. @param {import("./next.js").PlannedSegment} segment @param {boolean} carry_over */
  begin(segment, carry_over = false) {
    const title = shortTitle(segment.title);
    return this.send("begin-segment", { segment: segment.id, holder: this.#holder, carry_over }, t("Begun: {title}", { title }));
  }

  /** Opens, suspends, resumes or closes the dialogue. */
  setPhase(/** @type {"suspend-dialogue" | "resume-dialogue" | "close-dialogue"} */ act) {
    return this.send(act, act === "close-dialogue" ? { holder: this.#holder } : {}, doneWord(act));
  }

  giveTo(/** @type {Entry} */ entry) {
    return this.send("give-floor", { request: entry.id, holder: this.#holder }, this.#hasFloor(entry));
  }

  givePerson(/** @type {string} */ person) {
    return this.send("give-floor", { person, holder: this.#holder }, this.#hasFloor({ delegation: null, person, group: null }));
  }

  withdraw(/** @type {Entry} */ entry) {
    return this.send("withdraw-request", { request: entry.id }, t("{name} is off the list", { name: this.nameOf(entry) }));
  }

  notPresent(/** @type {{id: string, delegation: string | null, person?: string | null, group: string | null}} */ turn) {
    return this.send("mark-not-present", { request: turn.id }, t("{name} is not present", { name: this.nameOf(turn) }));
  }

  /** Moves an entry to a place of its list, counted from 0. @param {Entry} entry @param {number} place @param {string} [reason] */
  async move(entry, place, reason = "") {
    const entries = this.lineOf(entry);
    const from = entries.findIndex(({ id }) => id === entry.id);
    const behind = this.page.store.version < this.#movedAt;
    if (this.#moving || behind || from === -1 || place === from || place < 0 || place >= entries.length) return;
    const others = entries.filter(({ id }) => id !== entry.id);
    this.#moving = true;
    const text = t("{name} moved from place {from} to place {to}", { name: this.nameOf(entry), from: from + 1, to: place + 1 });
    const fields = { request: entry.id, before: others[place]?.id ?? null, ...(reason && { reason }) };
    const version = await this.send("move-request", fields, reason ? `${text}: ${reason}` : text);
    this.#moving = false;
    if (version !== null) this.#movedAt = version;
    return version;
  }

  /** The list on which requests of its kind wait. @param {{kind: string}} entry */
  lineOf({ kind }) {
    const { list, replies, points } = this.view;
    if (kind === "right-of-reply") return replies;
    return kind === "point-of-order" ? points.waiting : list.entries;
  }

  /** Starts the clock or stops it, and tells the hall why. @param {boolean} running @param {string} [reason] */
  setClock(running, reason) {
    const holder = this.#holder;
    if (!holder) return;
    if (running) return this.send("start-clock", { holder }, t("The clock runs"));
    const stopped = t("The clock is stopped");
    return this.send("stop-clock", { holder, ...(reason && { reason }) }, reason ? `${stopped}: ${pauseWord(reason)}` : stopped);
  }

  /** Adds to the allowance of whoever has the floor. */
  extend(/** @type {number} */ duration) {
    const { floor } = this.view;
    if (!floor) return;
    const asked = this.#asked?.holder === floor.id ? this.#asked.total : 0;
    return this.allow(Math.max(floor.allowance, asked) + duration);
  }

  /** Sets the allowance of whoever has the floor, always as a total. */
  async allow(/** @type {number} */ total) {
    const holder = this.#holder;
    if (!holder) return null;
    this.#asked = { holder, total };
    const version = await this.send("set-allowance", { holder, total }, t("The limit is now {limit}", { limit: mss(total) }));
    if (version === null) this.#asked = null;
    return version;
  }

  /** Ends the turn. @param {"concluded" | "withdrawn-by-chair"} outcome */
  end(outcome) {
    const { floor } = this.view;
    if (!floor) return;
    const name = this.nameOf(floor);
    const text =
      outcome === "concluded" ? t("{name} has finished", { name }) : t("The floor was withdrawn from {name}", { name });
    return this.send("end-intervention", { holder: floor.id, outcome }, text);
  }

  returnToList() {
    const { floor } = this.view;
    if (!floor) return;
    return this.send("return-to-list", { holder: floor.id }, t("{name} waits again", { name: this.nameOf(floor) }));
  }

  /** Lets the one who spoke last go on, up to a total. @param {Turn} last @param {number} total */
  continueTurn(last, total) {
    return this.send("continue-intervention", { intervention: last.id, total }, t("{name} goes on", { name: this.nameOf(last) }));
  }

  /** Darkens the displays or lights them; `message` is what they show. @param {boolean} blackout @param {string | null} message */
  darken(blackout, message) {
    const done = blackout ? t("The displays are dark") : t("The displays are light again");
    return this.sendTick("dark", blackout, "set-stage", { blackout, message }, done);
  }

  /** Shows a message on the displays, or takes it away. @param {boolean} blackout @param {string | null} message */
  setMessage(blackout, message) {
    return this.send("set-stage", { blackout, message }, message === null ? t("The message is taken away") : t("The message is shown"));
  }

  takeGavel() {
    return this.send("take-gavel", {}, t("You hold the gavel"));
  }

  get #holder() {
    return this.view.floor?.id ?? null;
  }

  /** @param {{delegation: string | null, person?: string | null, group: string | null}} turn */
  #hasFloor(turn) {
    return t("{name} has the floor", { name: this.nameOf(turn) });
  }

  #rest() {
    this.resting = true;
    setTimeout(() => {
      this.resting = false;
      this.page.redraw();
    }, REST);
  }
}
