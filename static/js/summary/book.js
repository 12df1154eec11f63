// @ts-check
/** The paragraphs of the Summary: as the server has them, and those on their way to it, which this device keeps. */

import { Refused } from "../api.js";

/**
 * @typedef {{fault: "slot" | "outruns" | "without-evidence" | "named" | "agreement", words: string, supported: string | null}} Flag
 * @typedef {{kind: string, code: string, name: string, members: number | null, interventions: string[]}} Voice
 * @typedef {{phrase: string, n: number, of: number, doubt: boolean, voices: Voice[]}} Evidence
 * @typedef {{key: string, state: "drafted" | "edited" | "own" | "taken-out", number: number | null, text: string,
 *            drafted: string | null, changed_from: string | null, revision: number,
 *            pieces: {text: string, evidence?: number}[], evidence: Evidence[], notes: string[],
 *            sources: {kind: string, id: string}[], flags: Flag[]}} Paragraph
 * @typedef {{key: string, label: string, heading: string, level: number, annex: boolean, done: boolean,
 *            paragraphs: Paragraph[], columns: string[], rows: string[][]}} Section
 * @typedef {{at: number, delegation: string | null, person: string | null, group: string | null}} Intervention
 * @typedef {{title: string, masthead: {organ: string, date: string, place: string, original: string}, words: number,
 *            gauges: number[], box: Paragraph, status: Paragraph, sections: Section[],
 *            notes: Record<string, {text: string, intervention: string | null}>,
 *            interventions: Record<string, Intervention>}} Paper
 * @typedef {{revision: number, after: string | null, text: string | null, drafted: string | null, author: string, at: number}} Version
 * @typedef {{key: string, base: number, text: string | null, after: string | null, tried: (string | null)[],
 *            theirs?: Version, refused?: string}} Waiting
 *   what waits to be sent: `tried` are the texts that were sent and may have arrived, `theirs` what came between
 * @typedef {{key: string, revision: number, text: string | null, after: string | null}} Written
 *   what the server has taken from this page
 */

/** What did not get through is tried again, and what others write is looked for, this often. */
const RETRY = 5_000;
const LOOK = 3_000;

export class Book {
  /** @type {Paper | null} */
  paper = null;
  /** When the server last took a paragraph, in server time; null before the first. @type {number | null} */
  keptAt = null;

  /** @type {Waiting[]} */
  #waiting;
  /** What was sent last of each paragraph. @type {Map<string, Written>} */
  #written = new Map();
  #page;
  #store;
  #sending = false;
  #timer = 0;

  /** @param {import("../page.js").Page} page */
  constructor(page) {
    this.#page = page;
    this.#store = `summary-${page.boot.dialogue}-${page.boot.seat}`;
    this.#waiting = recall(this.#store);
    setInterval(() => document.visibilityState === "visible" && this.load(), LOOK);
    addEventListener("online", () => this.#send());
  }

  /** What waits for a paragraph to be sent; undefined when the server has it as it is here. */
  waiting(/** @type {string} */ key) {
    return this.#waiting.find((one) => one.key === key);
  }

  /**
   * What this page wrote of a paragraph and the paper here does not hold yet; undefined when the paper is the newest.
   * Between the answer to a paragraph and the paper that holds it, the paper shows an older text: nobody may go on from that.
   */
  latest(/** @type {string} */ key) {
    const written = this.#written.get(key);
    return this.waiting(key) ?? (written && written.revision > this.#known(key) ? written : undefined);
  }

  /** How many paragraphs are kept on this device alone. */
  get unsent() {
    return this.#waiting.length;
  }

  /** What was added here and is not in the paper yet, behind a paragraph or a section. @returns {(Waiting | Written)[]} */
  addedBehind(/** @type {string} */ key) {
    const here = new Map([...this.#written.values(), ...this.#waiting].map((one) => [one.key, one]));
    return [...here.values()].filter((one) => one.after === key && one.text !== null && !this.#entry(one.key));
  }

  /** Fetches what the server has; what others wrote comes with it. */
  async load() {
    try {
      const answer = await this.#page.api.getJson(this.#page.boot.urls.paragraphs);
      if (answer) {
        this.paper = answer;
        this.#page.redraw();
      }
    } catch {
      // Not reached: what is here stays, and it is asked again.
    }
    this.#send();
  }

  /**
   * Keeps a paragraph, here at once and on the server as soon as it can be reached; null takes it out.
   * @param {string} key @param {string | null} text @param {string | null} after @param {number} [base] the revision that was seen
   */
  write(key, text, after, base = this.revision(key)) {
    const before = this.waiting(key);
    const one = { key, base, text, after, tried: before && !before.theirs ? before.tried : [] };
    this.#waiting = [...this.#waiting.filter((other) => other.key !== key), one];
    keep(this.#store, this.#waiting);
    this.#page.redraw();
    this.#send();
  }

  /** Lets go of what was written here, for what the server has. */
  drop(/** @type {string} */ key) {
    this.#done(key);
    this.#page.redraw();
    this.load();
  }

  /** The newest revision that this page knows of. */
  revision(/** @type {string} */ key) {
    const waiting = this.waiting(key);
    return waiting && !waiting.theirs ? waiting.base : Math.max(this.#known(key), this.ours(key));
  }

  /** The revision that this page itself wrote last, or goes on from: what came since is by others. 0 before the first. */
  ours(/** @type {string} */ key) {
    return this.waiting(key)?.base ?? this.#written.get(key)?.revision ?? 0;
  }

  /** Every version of a paragraph, oldest first. @returns {Promise<Version[]>} */
  async versions(/** @type {string} */ key) {
    return (await this.#page.api.getJson(`${this.#page.boot.urls.paragraphs}/${key}/versions`))?.versions ?? [];
  }

  #entry(/** @type {string} */ key) {
    if (!this.paper) return undefined;
    const { box, status, sections } = this.paper;
    return [box, status, ...sections.flatMap(({ paragraphs }) => paragraphs)].find((one) => one.key === key);
  }

  /** The revision in which the paper here holds a paragraph; 0 where it does not. */
  #known(/** @type {string} */ key) {
    return this.#entry(key)?.revision ?? 0;
  }

  /** Sends what waits, one after the other; the same again is the same paragraph. */
  async #send() {
    if (this.#sending) return;
    this.#sending = true;
    clearTimeout(this.#timer);
    let kept = false;
    for (const one of this.#waiting) {
      if (one.theirs || one.refused) continue;
      const { key, base, text, after } = one;
      one.tried = [...new Set([...one.tried, text])];
      keep(this.#store, this.#waiting);
      try {
        const { revision } = await this.#page.api.write("PUT", `${this.#page.boot.urls.paragraphs}/${key}`, { base, text, after });
        this.keptAt = this.#page.clock.now();
        this.#kept(one, revision);
        kept = true;
      } catch (failure) {
        if (!(failure instanceof Refused) || failure.status >= 500 || failure.status === 429) break;
        if (failure.reason === "paragraph-changed") this.#changed(one, failure.body.theirs);
        else one.refused = failure.message;
        keep(this.#store, this.#waiting);
      }
    }
    this.#sending = false;
    this.#page.redraw();
    if (kept) this.load();
    if (this.#waiting.some((one) => !one.theirs && !one.refused)) this.#timer = setTimeout(() => this.#send(), kept ? 0 : RETRY);
  }

  /** @param {Waiting} one @param {number} revision */
  #kept({ key, text, after }, revision) {
    this.#written.set(key, { key, revision, text, after });
    const now = this.waiting(key);
    if (now?.text === text) this.#done(key);
    else if (now) now.base = revision; // written again while it was on its way
    keep(this.#store, this.#waiting);
  }

  /** @param {Waiting} one @param {Version} theirs */
  #changed(one, theirs) {
    const now = this.waiting(one.key) ?? one;
    // What came between may be our own: it had arrived, and its answer was lost.
    if (now.tried.includes(theirs.text) && theirs.revision > now.base) this.#kept({ ...one, text: theirs.text }, theirs.revision);
    else now.theirs = theirs;
  }

  #done(/** @type {string} */ key) {
    this.#waiting = this.#waiting.filter((one) => one.key !== key);
    keep(this.#store, this.#waiting);
  }
}

/** @returns {Waiting[]} */
function recall(/** @type {string} */ key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "[]");
  } catch {
    return [];
  }
}

function keep(/** @type {string} */ key, /** @type {Waiting[]} */ waiting) {
  try {
    localStorage.setItem(key, JSON.stringify(waiting));
  } catch {
    // A browser that keeps nothing still sends it as long as the page is open.
  }
}
