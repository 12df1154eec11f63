// @ts-check
/** The notes of this page: the outbox in this browser's storage, on its way to the server, and what others write meanwhile. */

import { newId } from "../api.js";
import { contentOf, Outbox } from "./outbox.js";

/**
 * @typedef {import("./outbox.js").Content} Content
 * @typedef {import("./outbox.js").Shown} Note
 * `before` is what a note said when somebody began to change it; null for a new one.
 * @typedef {{id: string, before: Content | null}} Writing
 */

/** How often others' notes are asked for while the page is seen; answered in a few bytes when there is nothing new. */
const LOOK = 1_500;

/** The same while the server is not reached. */
const LOOK_IN_VAIN = 4_000;

export class Book {
  /** When the server last took a note, in server time; null before the first. @type {number | null} */
  keptAt = null;
  /** Whether the server has told its notes since the page was opened. */
  loaded = false;

  #page;
  #key;
  #outbox;
  /** @type {Writing | null} */
  #writing;
  #sending = 0;
  /** After trouble nothing is sent before this, however much is typed. */
  #notBefore = 0;
  #looking = 0;
  #asked = false;

  /** @param {import("../page.js").Page} page */
  constructor(page) {
    const { boot, api } = page;
    this.#page = page;
    // By office, not by seat: whoever has to enter anew finds what they wrote.
    this.#key = `notes/${boot.dialogue}/${boot.role}/${boot.subject ?? ""}/`;
    this.#outbox = new Outbox({
      drawer: drawerAt(`${this.#key}note/`),
      carrier: {
        put: async (id, body) => {
          const answer = await api.write("PUT", `${boot.urls.notes}/${id}`, body);
          this.keptAt = page.clock.now();
          return answer;
        },
        drop: (id, base) => api.write("DELETE", `${boot.urls.notes}/${id}?base=${base}`),
      },
      newId,
      now: () => performance.now(),
    });
    this.#writing = this.#recall();
    this.#outbox.open(this.#writing?.id ?? null);
    this.#outbox.sweep();
    this.#watch();
    this.#look();
    this.#deliverIn(0);
  }

  /** All notes, in the order in which they were written. */
  get notes() {
    return this.#outbox.notes;
  }

  /** Which note is being written; null: none has been begun. */
  get writing() {
    return this.#writing;
  }

  /** One note; null when there is none. */
  note(/** @type {string} */ id) {
    return this.#outbox.note(id);
  }

  /** What two have made of a note; null when they agree. */
  clash(/** @type {string} */ id) {
    return this.#outbox.clash(id);
  }

  /** Whether what is written has to wait for the server. */
  get held() {
    return this.#outbox.held || navigator.onLine === false;
  }

  /** Begins to write: a new note, or one that is there. What was being written before is done with. @param {Note} [note] */
  begin(note) {
    const writing = note ? { id: note.id, before: contentOf(note) } : { id: newId(), before: null };
    this.#setWriting(writing);
    if (note) this.#outbox.write(note.id, contentOf(note));
    return writing.id;
  }

  /** Writes what is being written; it is sent when its writer rests. @param {string} id @param {Content} content */
  type(id, content) {
    this.#outbox.write(id, content, { typing: true });
    this.#changed();
  }

  /** Writes a note and sends it as soon as can be. @param {string} id @param {Content} content */
  write(id, content) {
    this.#outbox.write(id, content);
    this.#changed();
  }

  /** What is being written is done: it stays as it is. */
  done() {
    this.#setWriting(null);
    this.#changed();
  }

  /** Removes a note. */
  remove(/** @type {string} */ id) {
    if (this.#writing?.id === id) this.#setWriting(null);
    this.#outbox.remove(id);
    this.#changed();
  }

  /** Settles what two have made of a note. @param {string} id @param {"mine" | "theirs" | "both"} which */
  settle(id, which) {
    const mine = this.#outbox.settle(id, which);
    // Whoever is writing goes on with their own words, whatever they are called now.
    if (this.#writing?.id === id && mine !== id) {
      const note = mine && this.#outbox.note(mine);
      this.#setWriting(note ? { id: note.id, before: null } : null);
    }
    this.#changed();
  }

  #setWriting(/** @type {Writing | null} */ writing) {
    this.#writing = writing;
    this.#outbox.open(writing?.id ?? null);
    for (const store of stores()) {
      if (writing) put(store, `${this.#key}writing`, JSON.stringify(writing));
      else store.removeItem(`${this.#key}writing`);
    }
  }

  /** What this tab was writing when it was closed, or else what any tab was. @returns {Writing | null} */
  #recall() {
    for (const store of stores()) {
      try {
        const writing = JSON.parse(store.getItem(`${this.#key}writing`) ?? "null");
        if (writing && this.#outbox.note(writing.id)) return writing;
      } catch {
        // Not of our making: as if nothing had been begun.
      }
    }
    return null;
  }

  #changed() {
    this.#page.redraw();
    this.#deliverIn(0);
  }

  /** Sends what is due, in so many milliseconds, and what becomes due after it. */
  #deliverIn(/** @type {number} */ pause) {
    clearTimeout(this.#sending);
    const wait = Math.max(pause, this.#notBefore - performance.now());
    if (wait !== Infinity) this.#sending = setTimeout(() => this.#deliver(), wait);
  }

  async #deliver() {
    // Where the device itself knows that there is no network, nothing goes out that might have arrived.
    if (navigator.onLine === false) return;
    const again = await this.#outbox.deliver();
    if (this.#outbox.held) this.#notBefore = performance.now() + again;
    this.#page.redraw();
    this.#deliverIn(again);
  }

  #watch() {
    addEventListener("online", () => {
      this.#notBefore = 0;
      this.#deliverIn(0);
      this.#look();
    });
    addEventListener("offline", () => this.#page.redraw());
    addEventListener("storage", ({ key }) => {
      if (key === null || key.startsWith(this.#key)) this.#changed();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.#look();
      else {
        // The page may be about to go, and its timers with it.
        this.#outbox.hurry();
        this.#deliver();
      }
    });
  }

  /** Asks what others have written, and goes on asking while the page is seen. */
  async #look() {
    clearTimeout(this.#looking);
    if (this.#asked || this.#page.store.refusal) return;
    this.#asked = true;
    let pause = LOOK;
    const mark = this.#outbox.mark();
    try {
      const answer = await this.#page.api.getJson(this.#page.boot.urls.notes);
      if (answer) {
        this.#outbox.take(answer.notes, mark);
        this.loaded = true;
        this.#page.redraw();
      }
    } catch {
      pause = LOOK_IN_VAIN;
    }
    this.#asked = false;
    if (document.visibilityState === "visible") this.#looking = setTimeout(() => this.#look(), pause);
  }
}

/** Where this tab keeps things, and where all tabs of the browser do; none in a browser that keeps nothing. */
function stores() {
  try {
    return [sessionStorage, localStorage];
  } catch {
    return [];
  }
}

/** Tells whether the browser has kept it. @param {Storage} store @param {string} key @param {string} value */
function put(store, key, value) {
  try {
    store.setItem(key, value);
    return true;
  } catch {
    return false;
  }
}

/**
 * A drawer in the storage of this browser, and in this page's memory for what the browser will not keep.
 * @param {string} prefix @returns {import("./outbox.js").Drawer}
 */
function drawerAt(prefix) {
  /** @type {Map<string, string>} */
  const memory = new Map();
  const store = stores()[1] ?? null;
  return {
    ids() {
      const ids = [...memory.keys()];
      for (let index = 0; index < (store?.length ?? 0); index += 1) {
        const key = store?.key(index) ?? "";
        if (key.startsWith(prefix) && !memory.has(key.slice(prefix.length))) ids.push(key.slice(prefix.length));
      }
      return ids;
    },
    read: (id) => memory.get(id) ?? store?.getItem(prefix + id) ?? null,
    write(id, entry) {
      memory.delete(id);
      if (store && put(store, prefix + id, entry)) return;
      // What is newer stands: the browser shall not come back with the older.
      store?.removeItem(prefix + id);
      memory.set(id, entry);
    },
    remove(id) {
      memory.delete(id);
      store?.removeItem(prefix + id);
    },
  };
}
