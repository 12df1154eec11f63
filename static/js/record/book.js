// @ts-check
/** The rapporteur's notes: those the server has, those on their way to it, and the one being written. */

import { newId, Refused } from "../api.js";

/**
 * @typedef {{id: string, segment: string, intervention: string | null, theme: string | null, text: string,
 *            at?: number, author?: string}} Note
 * @typedef {{text: string, theme: string | null, intervention: string | null}} Draft
 */

/** A note that did not get through is tried again this often. */
const RETRY = 5_000;

export class Book {
  /** When the server last took a note, in server time; null before the first. @type {number | null} */
  keptAt = null;

  /** What the server has, and after it what it has not yet. @type {Note[]} */
  #kept = [];
  /** @type {Note[]} */
  #outbox;
  /** Why the server will not take a note: its id and the words. @type {Map<string, string>} */
  #refused = new Map();
  #page;
  #key;
  #sending = false;
  #timer = 0;

  /** @param {import("../page.js").Page} page */
  constructor(page) {
    this.#page = page;
    this.#key = `notes-${page.boot.dialogue}-${page.boot.seat}`;
    this.#outbox = recall(`${this.#key}-outbox`, []);
  }

  /** All notes, in the order in which they were written; one that waits stands in the place of its older text. */
  get notes() {
    const waiting = new Map(this.#outbox.map((note) => [note.id, note]));
    const known = new Set(this.#kept.map(({ id }) => id));
    return [...this.#kept.map((note) => waiting.get(note.id) ?? note), ...this.#outbox.filter(({ id }) => !known.has(id))];
  }

  /** Whether a note has not reached the server yet. */
  isWaiting(/** @type {string} */ id) {
    return this.#outbox.some((note) => note.id === id);
  }

  /** Why the server will not take a note; empty when it has not said so. */
  refusal(/** @type {string} */ id) {
    return this.#refused.get(id) ?? "";
  }

  /** The note being written, as it was left on this device. @returns {Draft} */
  get draft() {
    return recall(`${this.#key}-draft`, { text: "", theme: null, intervention: null });
  }

  set draft(draft) {
    keep(`${this.#key}-draft`, draft);
  }

  /** Fetches what the server has; what was written elsewhere comes with it. */
  async load() {
    try {
      const answer = await this.#page.api.getJson(this.#page.boot.urls.notes);
      if (answer) this.#kept = answer.notes;
      this.#page.redraw();
    } catch {
      // Not reached: what is on this device stays, and the next turn asks again.
    }
    this.#send();
  }

  /** Keeps a note, here at once and on the server as soon as it can be reached. @param {Omit<Note, "id">} note */
  write(note) {
    this.#wait({ id: newId(), ...note });
  }

  /** Replaces the text or theme of a note. */
  rewrite(/** @type {Note} */ note) {
    this.#refused.delete(note.id);
    this.#wait(note);
  }

  /** Removes a note for good. Tells whether the server agreed. */
  async remove(/** @type {Note} */ { id }) {
    const held = this.#kept.some((note) => note.id === id);
    try {
      if (held) await this.#page.api.write("DELETE", `${this.#page.boot.urls.notes}/${id}`);
    } catch {
      return false;
    }
    this.#kept = this.#kept.filter((note) => note.id !== id);
    this.#unwait(id);
    this.#page.redraw();
    return true;
  }

  #wait(/** @type {Note} */ note) {
    this.#outbox = [...this.#outbox.filter(({ id }) => id !== note.id), note];
    keep(`${this.#key}-outbox`, this.#outbox);
    this.#page.redraw();
    this.#send();
  }

  #unwait(/** @type {string} */ id) {
    this.#outbox = this.#outbox.filter((note) => note.id !== id);
    this.#refused.delete(id);
    keep(`${this.#key}-outbox`, this.#outbox);
  }

  /** Sends what waits, one after the other; the same id again is the same note. */
  async #send() {
    if (this.#sending) return;
    this.#sending = true;
    clearTimeout(this.#timer);
    for (const note of this.#outbox) {
      if (this.#refused.has(note.id)) continue;
      const { id, segment, intervention, theme, text } = note;
      try {
        await this.#page.api.write("PUT", `${this.#page.boot.urls.notes}/${id}`, { segment, intervention, theme, text });
      } catch (failure) {
        if (!(failure instanceof Refused) || failure.status >= 500 || failure.status === 429) break;
        this.#refused.set(id, failure.message);
        continue;
      }
      this.keptAt = this.#page.clock.now();
      // Changed again while it was on its way: then the newer text still waits.
      if (this.#outbox.includes(note)) this.#unwait(id);
      const held = this.#kept.some((kept) => kept.id === id);
      this.#kept = held ? this.#kept.map((kept) => (kept.id === id ? note : kept)) : [...this.#kept, note];
    }
    this.#sending = false;
    this.#page.redraw();
    if (this.#outbox.some(({ id }) => !this.#refused.has(id))) this.#timer = setTimeout(() => this.#send(), RETRY);
  }
}

/** @template T @param {string} key @param {T} otherwise @returns {T} */
function recall(key, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null") ?? otherwise;
  } catch {
    return otherwise;
  }
}

function keep(/** @type {string} */ key, /** @type {unknown} */ value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing still sends it as long as the page is open.
  }
}
