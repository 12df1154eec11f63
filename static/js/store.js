// @ts-check
/** What this page knows of the dialogue: the one place of its state, and the rules by which messages change it. */

/**
 * @typedef {{limits: Record<string, number>, enforcement: "automatic" | "firm" | "advisory", warning: number,
 *            grace: number, start_after: number | null, round?: number | null, draw_window?: number}} Rules
 * @typedef {{id: string, kind: string, begun_at: number, rules: Rules,
 *            announced?: {at: number, by: string} | null}} Segment
 * @typedef {{id: string, delegation: string | null, person: string | null, capacity: string, group: string | null,
 *            kind: string, allowance: number, used: number, to?: string | null, statement?: string | null,
 *            also_national?: boolean, shown?: {speaker: string | null, title: string | null} | null}} Turn
 *   `shown` names the texts of the speaker's name and title, where they were let out
 * @typedef {Turn & {given_at: number, starts_at: number | null, running_since: number | null,
 *            paused?: string | null, enforcement?: string, warning?: number, grace?: number}} Floor
 * @typedef {Turn & {outcome: string, ended_at: number}} Last
 * @typedef {{id: string, delegation: string, kind: string, capacity: string, group: string | null, number: number,
 *            asked_at: number, limit: number, first: boolean, by_bureau?: boolean, to?: string | null,
 *            also_national?: boolean}} Entry
 * @typedef {{open: boolean, closes_at?: number | null, hidden?: boolean, length: number, first: Entry[],
 *            order: string[], entries: Entry[]}} List
 *   `first` and `order` in the public view, `entries` in the bureau's
 * @typedef {{dialogue: {phase: "scheduled" | "open" | "suspended" | "closed", since: number | null},
 *            segment: Segment | null, floor: Floor | null, interrupted?: Floor | null, last: Last | null, list: List,
 *            revision: number, stage: {blackout: boolean, message: string | null},
 *            gavel?: string | null,
 *            programme?: {id: string, begun_at: number | null, ended_at: number | null, heard: string[]}[],
 *            heard?: Record<string, number>}} View
 * @typedef {{requests: {id: string, capacity: string, group: string | null, number: number, place?: number}[],
 *            capacities: Record<string, number>}} Own
 * @typedef {{level: string | null, language: string | null, delivery: string | null, speaker: string | null, title: string | null,
 *            text: string | null, gist: string | null, show_speaker: boolean}} Details
 *   `speaker`, `title`, `text` and `gist` are ids of free texts
 * @typedef {{id: string, note: string | null, slow_down: number | null, details?: Details | null}} OwnTurn
 *   what whoever has the floor is told alone
 * @typedef {{id: string, written: boolean, delegation: string | null, group: string | null, at: number, words: string | null,
 *            answered: boolean}} Question
 * @typedef {{questions: Question[], turn: OwnTurn | null}} Panellist
 * @typedef {{id: string, delegation: string | null, person?: string | null, kind: string, capacity: string, group: string | null,
 *            to: string | null, details: Details | null, slow_down?: number | null}} Heard
 *   whom interpreters will hear
 * @typedef {{floor: Heard | null, next: Heard[], interpretation_until: number[], closes_at: number | null}} Booth
 * @typedef {{turn: OwnTurn | null}} Lectern
 * @typedef {{panellist?: Panellist, booth?: Booth, lectern?: Lectern}} Beside
 *   what the seat of a panellist, of interpreters, of a lectern is told beside the view
 * @typedef {{version: number, now: number, view: View, rehearsal?: boolean, own?: Own} & Beside} Snapshot
 * @typedef {{from: number, to: number, now: number, set: Partial<View>}} Patch
 * @typedef {{reason: string, message: string}} Refusal
 * @typedef {"connecting" | "connected" | "lost" | "refused"} Connection
 */

/** A gap is met by many pages at once; they come for the view one by one within this time. */
const SPREAD = 500;
const MET_BY_MANY = ["gap", "behind"];

export class Store {
  version = 0;
  /** @type {View | null} */
  view = null;
  /** What the seat's own delegation waits for; null for other roles. @type {Own | null} */
  own = null;
  /** What else this seat alone is told; nothing before it was fetched. @type {Beside} */
  beside = {};
  /** The segment that `own` speaks of. @type {string | null} */
  ownSegment = null;
  /** @type {Connection} */
  connection = "connecting";
  /** When contact was last had, in server time; null before the first. @type {number | null} */
  heardAt = null;
  /** Whether a rehearsal of the dialogue goes on. */
  rehearsal = false;
  /** Why the server will not have this seat any more. @type {Refusal | null} */
  refusal = null;

  #load;
  #delegation;
  #hasBeside;
  #besideVersion = -1;
  #pause;
  /** @type {Promise<boolean> | null} */
  #refreshing = null;
  /** @type {Set<() => void>} */
  #listeners = new Set();

  /**
   * `load` fetches the view (null: unchanged); `delegation` is the seat's own code; `pause` waits. With `beside` what this
   * seat alone is told is fetched anew with each version, at once: for pages of which a hall has a few.
   * @param {() => Promise<Snapshot | null>} load
   * @param {{delegation?: string | null, beside?: boolean, pause?: (milliseconds: number) => Promise<void>}} [options]
   */
  constructor(load, { delegation = null, beside = false, pause = wait } = {}) {
    this.#load = load;
    this.#delegation = delegation;
    this.#hasBeside = beside;
    this.#pause = pause;
  }

  /** Calls `listener` after each change; returns how to stop that. */
  onChange(/** @type {() => void} */ listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes in a whole view, unless a newer one is held. */
  snapshot(/** @type {Snapshot} */ { version, view, rehearsal = false, own, panellist, booth, lectern }) {
    if (this.view && version < this.version) return;
    this.version = version;
    this.rehearsal = rehearsal;
    this.view = view;
    if (own) {
      this.own = own;
      this.ownSegment = view.segment?.id ?? null;
    }
    if (panellist || booth || lectern) {
      this.beside = { panellist, booth, lectern };
      this.#besideVersion = version;
    }
    this.#changed();
    this.#keepBeside();
  }

  /** Takes in a difference: what follows is merged, what is held already is dropped, a gap brings the view. */
  patch(/** @type {Patch} */ { from, to, set }) {
    if (this.view && to <= this.version) return;
    if (!this.view || from !== this.version) {
      this.refresh("gap");
      return;
    }
    const before = this.view;
    this.version = to;
    this.view = { ...before, ...set };
    this.#changed();
    if (this.#delegation && !ownFits(before, this.view, this.own, this.#delegation)) this.refresh("own");
    this.#keepBeside();
  }

  /**
   * Remembers an own request that the server has just accepted: its place comes with the next patch, and
   * nothing more need be fetched. Its number on the list is not known here (0).
   * @param {string} id @param {string} capacity @param {string | null} group
   */
  asked(id, capacity, group) {
    if (!this.own || this.own.requests.some((request) => request.id === id)) return;
    this.own = { ...this.own, requests: [...this.own.requests, { id, capacity, group, number: 0 }] };
    this.#changed();
  }

  /** Forgets an own request whose withdrawal the server has just accepted. */
  withdrew(/** @type {string} */ id) {
    if (!this.own) return;
    this.own = { ...this.own, requests: this.own.requests.filter((request) => request.id !== id) };
    this.#changed();
  }

  /** Takes in a sign of life: a version ahead of the held one means that something was missed. */
  beat(/** @type {{version: number}} */ { version }) {
    if (!this.view || version > this.version) this.refresh("behind");
    else this.#keepBeside();
  }

  /**
   * Fetches the view: the one way back after a gap, a sleep, an outage. Whoever asks meanwhile shares the answer.
   * Returns whether the server was reached.
   * @param {"gap" | "behind" | "own" | "woken" | "poll" | "tap"} reason
   */
  refresh(reason) {
    this.#refreshing ??= this.#fetch(reason).then((reached) => {
      this.#refreshing = null;
      // What was answered may be older than what has come meanwhile.
      if (reached) this.#keepBeside();
      return reached;
    });
    return this.#refreshing;
  }

  /** Says how contact with the server stands. */
  connected(/** @type {Connection} */ connection) {
    if (this.connection === connection || this.refusal) return;
    this.connection = connection;
    this.#changed();
  }

  /** A rehearsal of the dialogue has begun, or is over. */
  rehearses(/** @type {boolean} */ goingOn) {
    this.rehearsal = goingOn;
    this.#changed();
  }

  /** The server will not have this seat: expelled, expired, or unknown. Final for this page. */
  refuse(/** @type {Refusal} */ refusal) {
    this.refusal = refusal;
    this.connection = "refused";
    this.#changed();
  }

  async #fetch(/** @type {string} */ reason) {
    if (MET_BY_MANY.includes(reason)) await this.#pause(Math.random() * SPREAD);
    try {
      const loaded = await this.#load();
      if (loaded) this.snapshot(loaded);
      return true;
    } catch {
      return false;
    }
  }

  #keepBeside() {
    if (this.#hasBeside && !this.refusal && this.#besideVersion < this.version) this.refresh("own");
  }

  #changed() {
    for (const listener of this.#listeners) listener();
  }
}

/**
 * Whether what is known of the own requests still agrees with the list that all see. Patches never
 * carry it: it is fetched again when the own codes in the order change, or when the own turn ends
 * (a second statement has another limit).
 * @param {View} before @param {View} after @param {Own | null} own @param {string} delegation
 */
export function ownFits(before, after, own, delegation) {
  if (!own) return false;
  const spoke = before.floor?.delegation === delegation && before.floor.id !== after.floor?.id;
  const places = after.list.order.filter((code) => code === delegation).length;
  return !spoke && places === own.requests.length;
}

function wait(/** @type {number} */ milliseconds) {
  return /** @type {Promise<void>} */ (new Promise((resolve) => setTimeout(resolve, milliseconds)));
}
