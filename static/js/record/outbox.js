// @ts-check
/**
 * What was written here and what the server has of it. All of it stays on this device until the server has it; it is sent in
 * order and once, and never over words that nobody here has seen.
 */

/**
 * What a note says. A theme belongs to the segment.
 * @typedef {{segment: string, intervention: string | null, theme: string | null, kind: string | null, stance: string | null,
 *            text: string}} Content
 */
/**
 * A note as the server has it; `at` and `author` are missing until it has told them.
 * @typedef {Content & {id: string, revision: number, at?: number,
 *            author?: {office: string, name: string, seat: string | null}}} Kept
 */
/**
 * What waits: `content` is what shall stand (null: nothing, the note goes), `base` the revision it was written on and `was`
 * what that said; `sent` went out and was not answered yet; `clash` is what somebody else made of it (null: they removed it).
 * @typedef {{id: string, seq: number, base: number, was: Content | null, content: Content | null,
 *            sent: {content: Content | null} | null, clash: {note: Kept | null} | null}} Entry
 */
/**
 * Where entries are kept, each by itself, so that two tabs of one browser do not write over each other's.
 * @typedef {{ids: () => string[], read: (id: string) => string | null, write: (id: string, entry: string) => void,
 *            remove: (id: string) => void}} Drawer
 */
/**
 * The way to the server; both throw what has a `status` and a `body` when the server says no, and anything else when it was
 * not reached.
 * @typedef {{put: (id: string, body: Content & {base: number}) => Promise<{revision: number}>,
 *            drop: (id: string, base: number) => Promise<unknown>}} Carrier
 */
/**
 * A note as it is shown: where it stands is "kept", "waiting", "refused" (with the server's words) or "clash".
 * @typedef {Content & {id: string, revision: number, at?: number, author?: Kept["author"], standing: string, words: string,
 *            removed: boolean}} Shown
 */

/** How long somebody rests from typing before it is sent, and how long it waits for that at most. */
export const PAUSE = 800;
export const LONGEST_PAUSE = 4_000;

/** What did not get through is tried again after this. */
export const RETRY = 4_000;

const FIELDS = /** @type {const} */ (["segment", "intervention", "theme", "kind", "stance", "text"]);

export class Outbox {
  /** Whether the last attempt did not get through. */
  held = false;

  #drawer;
  #carrier;
  #newId;
  #now;
  /** @type {Map<string, Kept>} */
  #kept = new Map();
  /** The ids of notes that were removed: they never come back, whatever a late answer says. @type {Set<string>} */
  #gone = new Set();
  /** Why the server will not take a note. @type {Map<string, string>} */
  #refused = new Map();
  /** Until when an entry waits for its writer to rest. @type {Map<string, {since: number, until: number}>} */
  #resting = new Map();
  /** When this page last learnt of a note by something else than a list. @type {Map<string, number>} */
  #learnt = new Map();
  #moment = 0;
  /** The note that is being written: its entry stays, so that it is known what it was written on. @type {string | null} */
  #open = null;
  /** @type {Promise<number> | null} */
  #delivering = null;
  /** Entries as they were read last, by what stood in the drawer. @type {Map<string, {raw: string, entry: Entry}>} */
  #read = new Map();

  /** @param {{drawer: Drawer, carrier: Carrier, newId: () => string, now: () => number}} parts */
  constructor({ drawer, carrier, newId, now }) {
    this.#drawer = drawer;
    this.#carrier = carrier;
    this.#newId = newId;
    this.#now = now;
  }

  /** All notes as they shall stand, in the order in which they were written. @returns {Shown[]} */
  get notes() {
    const entries = new Map(this.#entries().map((entry) => [entry.id, entry]));
    const shown = [];
    for (const note of this.#kept.values()) {
      const one = this.#shown(note, entries.get(note.id));
      if (one) shown.push(one);
    }
    for (const entry of entries.values()) {
      if (this.#kept.has(entry.id)) continue;
      const one = this.#shown(undefined, entry);
      if (one) shown.push(one);
    }
    return shown;
  }

  /** One note as it shall stand; null when there is none. @returns {Shown | null} */
  note(/** @type {string} */ id) {
    return this.#shown(this.#kept.get(id), this.#entry(id) ?? undefined);
  }

  /** What two have made of a note: `mine` null where it was removed here, `theirs` null where it was removed there. */
  clash(/** @type {string} */ id) {
    const entry = this.#entry(id);
    return entry?.clash ? { mine: entry.content, theirs: this.#theirs(entry) } : null;
  }

  /** A mark for `take`: what is learnt from now on is newer than a list that is asked for now. */
  mark() {
    return this.#moment;
  }

  /** Takes in what the server has, asked for when `mark` was given. @param {Kept[]} notes @param {number} mark */
  take(notes, mark) {
    const before = this.#kept;
    this.#kept = new Map();
    for (const note of notes) {
      if (this.#gone.has(note.id)) continue;
      const held = before.get(note.id);
      this.#kept.set(note.id, held && held.revision > note.revision ? held : note);
    }
    for (const [id, note] of before) {
      if (this.#kept.has(id)) continue;
      // Written after the list was made, or removed by somebody.
      if ((this.#learnt.get(id) ?? 0) > mark) this.#kept.set(id, note);
      else this.#gone.add(id);
    }
  }

  /** Says which note is being written; null: none. What was being written before is done with. */
  open(/** @type {string | null} */ id) {
    const before = this.#open;
    this.#open = id;
    if (before !== null && before !== id) {
      this.#resting.delete(before);
      this.#leave(before);
    }
  }

  /** Clears away what was begun in an earlier page and never written. */
  sweep() {
    for (const { id } of this.#entries()) if (id !== this.#open) this.#leave(id);
  }

  /**
   * Writes a note, or writes it anew; while somebody is `typing` it is sent only when they rest.
   * @param {string} id @param {Content} content @param {{typing?: boolean}} [how]
   */
  write(id, content, { typing = false } = {}) {
    const entry = this.#begun(id);
    entry.content = content;
    this.#refused.delete(id);
    if (typing) {
      const since = this.#resting.get(id)?.since ?? this.#now();
      this.#resting.set(id, { since, until: Math.min(this.#now() + PAUSE, since + LONGEST_PAUSE) });
    } else {
      this.#resting.delete(id);
    }
    this.#tidy(entry);
  }

  /** Removes a note. One that the server never had leaves no trace. */
  remove(/** @type {string} */ id) {
    const entry = this.#begun(id);
    entry.content = null;
    this.#refused.delete(id);
    this.#resting.delete(id);
    this.#tidy(entry);
  }

  /**
   * Settles what two have made of a note, by keeping "mine", "theirs" or "both". Tells the id of what was written here; null
   * when it is given up.
   * @param {string} id @param {"mine" | "theirs" | "both"} which @returns {string | null}
   */
  settle(id, which) {
    const entry = this.#entry(id);
    if (!entry?.clash) return id;
    const theirs = this.#theirs(entry);
    const { content } = entry;
    if (which === "mine" && theirs) {
      this.#store({ ...entry, base: theirs.revision, was: contentOf(theirs), clash: null });
      return id;
    }
    this.#forget(id);
    if (which === "theirs" || content === null) return null;
    const another = this.#newId();
    this.write(another, content);
    return another;
  }

  /** Sends at once what waits for somebody to rest: the page may be about to go. */
  hurry() {
    this.#resting.clear();
  }

  /**
   * Sends what is due, one after the other, and tells after how many milliseconds it is worth trying again: Infinity when
   * nothing waits.
   */
  deliver() {
    this.#delivering ??= this.#deliver().finally(() => {
      this.#delivering = null;
    });
    return this.#delivering;
  }

  async #deliver() {
    for (;;) {
      const entry = this.#entries().find((waiting) => this.#isDue(waiting));
      if (!entry) {
        const until = [...this.#resting.values()].map((rest) => rest.until);
        return until.length > 0 ? Math.max(0, Math.min(...until) - this.#now()) : Infinity;
      }
      const wait = await this.#send(entry);
      this.held = wait > 0;
      if (wait > 0) return wait;
    }
  }

  /** Whether an entry can go out now. @param {Entry} entry */
  #isDue(entry) {
    if (entry.clash || this.#refused.has(entry.id)) return false;
    if (entry.sent) return true;
    if (isSettled(entry) || (entry.content !== null && !entry.content.text.trim())) return false;
    const rest = this.#resting.get(entry.id);
    if (rest && rest.until > this.#now()) return false;
    this.#resting.delete(entry.id);
    return true;
  }

  /**
   * Sends one entry. What was sent before and not answered goes out again as it was, for it may have arrived; what was written
   * since goes after it. Tells how long to wait before anything else is tried.
   * @param {Entry} entry
   */
  async #send({ id, base, sent, ...rest }) {
    const { content } = sent ?? { content: rest.content && trimmed(rest.content) };
    if (!sent) this.#store({ id, base, ...rest, sent: { content } });
    try {
      if (content === null) {
        await this.#carrier.drop(id, base);
        this.#dropped(id);
      } else {
        const { revision } = await this.#carrier.put(id, { base, ...content });
        this.#arrived(id, content, revision);
      }
    } catch (failure) {
      const { status, body, retryAfter, final } = /** @type {import("../api.js").Refused} */ (failure);
      if (final) return Infinity;
      if (!status || status >= 500 || status === 429) return Math.max(RETRY, retryAfter || 0);
      this.#declined(id, body);
    }
    return 0;
  }

  /** The server has it. @param {string} id @param {Content} content @param {number} revision */
  #arrived(id, content, revision) {
    const { at, author } = this.#kept.get(id) ?? {};
    this.#learn({ ...content, id, revision, at, author });
    const entry = this.#entry(id);
    // Another tab of this browser may have been faster, and may be further.
    if (!entry || entry.base > revision) return;
    if (entry.base === revision && !(entry.sent?.content && same(entry.sent.content, content))) return;
    this.#tidy({ ...entry, base: revision, was: content, sent: null });
  }

  #dropped(/** @type {string} */ id) {
    this.#lose(id);
    const entry = this.#entry(id);
    if (!entry) return;
    if (entry.content === null) this.#forget(id);
    else this.#store({ ...entry, sent: null, clash: { note: null } });
  }

  /** The server will not have it: somebody else was first, or it is not as a note must be. @param {string} id @param {any} body */
  #declined(id, { reason, message, note }) {
    if (reason === "note-dropped") {
      this.#dropped(id);
    } else if (reason === "note-changed") {
      this.#changed(note);
    } else {
      const entry = this.#entry(id);
      if (entry) this.#store({ ...entry, sent: null });
      this.#refused.set(id, message);
    }
  }

  /** Somebody else has written: put together what can be, and else leave it to the writer. */
  #changed(/** @type {Kept} */ theirs) {
    this.#learn(theirs);
    const entry = this.#entry(theirs.id);
    if (!entry || entry.base >= theirs.revision) return;
    if (entry.sent?.content && same(entry.sent.content, theirs)) {
      this.#arrived(theirs.id, entry.sent.content, theirs.revision);
      return;
    }
    const content = entry.content && merged(entry.was, entry.content, theirs);
    if (content) this.#tidy({ ...entry, base: theirs.revision, was: contentOf(theirs), content, sent: null });
    else this.#store({ ...entry, sent: null, clash: { note: theirs } });
  }

  /** The newest of what somebody else made of it. @param {Entry} entry */
  #theirs({ id, clash }) {
    if (this.#gone.has(id)) return null;
    const kept = this.#kept.get(id) ?? null;
    const told = clash?.note ?? null;
    return kept && told && told.revision > kept.revision ? told : (kept ?? told);
  }

  #learn(/** @type {Kept} */ note) {
    this.#moment += 1;
    this.#learnt.set(note.id, this.#moment);
    const held = this.#kept.get(note.id);
    if (!this.#gone.has(note.id) && (!held || held.revision <= note.revision)) this.#kept.set(note.id, note);
  }

  #lose(/** @type {string} */ id) {
    this.#gone.add(id);
    this.#kept.delete(id);
  }

  /** The entry of a note, or a new one on top of what the server has. @param {string} id @returns {Entry} */
  #begun(id) {
    const entry = this.#entry(id);
    const kept = this.#kept.get(id);
    if (entry && !(kept && isSettled(entry) && kept.revision > entry.base)) return { ...entry };
    const was = kept ? contentOf(kept) : null;
    const seq = entry?.seq ?? 1 + Math.max(0, ...this.#entries().map((other) => other.seq));
    return { id, seq, base: kept?.revision ?? 0, was, content: was, sent: null, clash: null };
  }

  /** Nobody writes this note any more: without words it is as it was before. */
  #leave(/** @type {string} */ id) {
    const entry = this.#entry(id);
    if (!entry) return;
    const blank = entry.content !== null && !entry.content.text.trim();
    this.#tidy(blank ? { ...entry, content: entry.sent?.content ?? entry.was } : entry);
  }

  /** Keeps an entry while there is a reason to. @param {Entry} entry */
  #tidy(entry) {
    const { id, base, content, sent, clash } = entry;
    const nothing = base === 0 && !sent && !clash && !content?.text.trim();
    if ((isSettled(entry) || nothing) && (id !== this.#open || content === null)) this.#forget(id);
    else this.#store(entry);
  }

  /** @param {Kept | undefined} kept @param {Entry | undefined} entry @returns {Shown | null} */
  #shown(kept, entry) {
    const settled = !entry || isSettled(entry);
    // A settled entry says only on what its note was written: what the server has since is newer. The rest is as it was typed.
    const content = entry && !(settled && kept && kept.revision > entry.base) ? entry.content : kept;
    const shown = content ?? (entry?.clash ? (kept ?? entry.was) : null);
    if (!shown) return null;
    const id = /** @type {string} */ (entry?.id ?? kept?.id);
    const words = this.#refused.get(id) ?? "";
    const standing = entry?.clash ? "clash" : words ? "refused" : settled ? "kept" : "waiting";
    const { revision = 0, at, author } = kept ?? {};
    return { ...contentOf(shown), id, revision, at, author, standing, words, removed: content === null };
  }

  /** All entries, in the order in which they were begun. @returns {Entry[]} */
  #entries() {
    const found = [];
    for (const id of this.#drawer.ids()) {
      const entry = this.#entry(id);
      if (entry) found.push(entry);
    }
    return found.sort((one, other) => one.seq - other.seq);
  }

  /** @param {string} id @returns {Entry | null} */
  #entry(id) {
    const raw = this.#drawer.read(id);
    if (raw === null) return null;
    const known = this.#read.get(id);
    if (known?.raw === raw) return known.entry;
    const entry = parsed(raw);
    if (entry) this.#read.set(id, { raw, entry });
    return entry;
  }

  #store(/** @type {Entry} */ entry) {
    this.#drawer.write(entry.id, JSON.stringify(entry));
  }

  #forget(/** @type {string} */ id) {
    this.#read.delete(id);
    this.#refused.delete(id);
    this.#resting.delete(id);
    this.#drawer.remove(id);
  }
}

/** What a note says, and no more. @param {Content} note @returns {Content} */
export function contentOf({ segment, intervention, theme, kind, stance, text }) {
  return { segment, intervention, theme, kind, stance, text };
}

/** Whether two notes say the same; white space around a text says nothing. @param {Content} one @param {Content} other */
export function same(one, other) {
  return FIELDS.every((field) => bare(one, field) === bare(other, field));
}

/**
 * What two have made of what `was`, put together field by field; null when both changed the same one.
 * @param {Content | null} was @param {Content} mine @param {Content} theirs @returns {Content | null}
 */
export function merged(was, mine, theirs) {
  // A theme belongs to its segment: not one of each.
  if (mine.segment !== theirs.segment && mine.theme !== theirs.theme) return null;
  /** @type {Record<string, string | null>} */
  const content = {};
  for (const field of FIELDS) {
    const [before, here, there] = [was && bare(was, field), bare(mine, field), bare(theirs, field)];
    if (here === there || (was && there === before)) content[field] = mine[field];
    else if (was && here === before) content[field] = theirs[field];
    else return null;
  }
  return /** @type {Content} */ (/** @type {unknown} */ (content));
}

/** Whether the server has all of an entry. @param {Entry} entry */
function isSettled({ was, content, sent, clash }) {
  return !sent && !clash && was !== null && content !== null && same(was, content);
}

/** @param {Content} content @param {(typeof FIELDS)[number]} field */
function bare(content, field) {
  return field === "text" ? content.text.trim() : content[field];
}

/** @param {Content} content @returns {Content} */
function trimmed(content) {
  return { ...content, text: content.text.trim() };
}

/** @param {string} raw @returns {Entry | null} */
function parsed(raw) {
  try {
    return JSON.parse(raw);
  } catch {
    return null;
  }
}
