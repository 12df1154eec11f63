// @ts-check
/** The server's time on this device, and what it makes of a speaking clock. Instants and durations are milliseconds. */

/** @typedef {import("./store.js").View} View */
/** @typedef {import("./store.js").Floor} Floor */
/** @typedef {import("./store.js").Turn} Turn */

/**
 * Where the speaking clock stands. `turn` is who has the floor or had it last; `deadline` is when the
 * allowance runs out, null while the clock stands still; `startsIn` counts to its start, null otherwise.
 * @typedef {{state: ClockState, turn: Turn | null, remaining: number, fraction: number, warnAt: number,
 *            deadline: number | null, startsIn: number | null}} Reading
 * @typedef {"ready" | "speaking" | "warning" | "time" | "overtime" | "paused" | "ended" | "open" | "closed"} ClockState
 */

/** Probes that are remembered: enough to meet a quick way there and a quick way back, few enough to follow a drifting clock. */
const WINDOW = 12;

/** The server's stamps are whole milliseconds, rounded down. */
const STAMP = 1;

/** A message's stamp is late by its way here. Later than this it tells of another clock, not of a slow way. */
const SLOWEST = 2_000;

const SECOND = 1000;

/**
 * The server's clock, carried by this device's monotonic one, so that a device whose own clock is wrong
 * by an hour, or is set while the page is open, shows the same second as all others.
 */
export class ServerClock {
  #local;
  #offset = 0;
  #known = false;
  /** What each probe proves: the offset is no less and no more. @type {{least: number, most: number}[]} */
  #probes = [];

  /** @param {() => number} local an instant that never jumps */
  constructor(local = localInstant) {
    this.#local = local;
  }

  /** The server's time now. */
  now() {
    return this.#local() + this.#offset;
  }

  /** This device's own instant, by which probes are stamped. */
  local() {
    return this.#local();
  }

  /** Server time minus this device's time. */
  get offset() {
    return this.#offset;
  }

  /** By how much the offset may be wrong at most; infinite before the first probe. */
  get doubt() {
    const { least, most } = this.#bounds();
    return (most - least) / 2;
  }

  /**
   * Takes in a probe, sent and answered at these local instants. The quickest way there and the quickest way back
   * bound the offset, whichever probes they belong to; between the bounds the middle is believed.
   */
  add(/** @type {number} */ sent, /** @type {number} */ received, /** @type {number} */ serverNow) {
    // Answered before it was sent: the device has set even this clock meanwhile, and the probe proves nothing.
    if (received < sent) return;
    this.#probes.push({ least: serverNow - received, most: serverNow + STAMP - sent });
    if (this.#probes.length > WINDOW) this.#probes.shift();
    let { least, most } = this.#bounds();
    while (least > most) {
      // One of the clocks has drifted since: the oldest probe holds no longer.
      this.#probes.shift();
      ({ least, most } = this.#bounds());
    }
    this.#known = true;
    this.#offset = (least + most) / 2;
  }

  #bounds() {
    return {
      least: Math.max(...this.#probes.map(({ least }) => least)),
      most: Math.min(...this.#probes.map(({ most }) => most)),
    };
  }

  /** Takes the stamp of a message for the time until a probe has answered: late by its way here, so the latest wins. */
  hint(/** @type {number} */ serverNow) {
    if (this.#probes.length) return;
    const hinted = serverNow - this.#local();
    const late = this.#offset - hinted;
    if (!this.#known || late < 0 || late > SLOWEST) this.#offset = hinted;
    this.#known = true;
  }

  /** Forgets the probes (a new connection, a device that slept); the last offset holds until it is disproved. */
  reset() {
    this.#probes = [];
  }
}

/** An instant of this device that goes on evenly, whatever is done to its wall clock. */
export function localInstant() {
  return performance.timeOrigin + performance.now();
}

/** Speaking time left; negative once the allowance is overrun. */
export function remaining(/** @type {Floor} */ floor, /** @type {number} */ now) {
  const since = runningSince(floor, now);
  return floor.allowance - floor.used - (since === null ? 0 : now - since);
}

/** What the clock shows at `now`; a warning, the limit and the start come about by time alone. */
export function clockState(/** @type {View} */ view, /** @type {number} */ now) {
  const { floor, last, segment, list } = view;
  if (floor) return readFloor(floor, segment?.rules, now);
  if (last && last.outcome !== "not-present") return readLast(last, segment?.rules);
  return reading(list.open ? "open" : "closed", null, 0, 0);
}

/**
 * Milliseconds until the digits or the state change by themselves; null while nothing runs.
 * @returns {number | null}
 */
export function nextTick(/** @type {View} */ view, /** @type {number} */ now) {
  if (!view.floor) return null;
  const { deadline, startsIn } = clockState(view, now);
  if (startsIn !== null) return untilSecond(startsIn);
  if (deadline === null) return null;
  const left = deadline - now;
  const toWarning = left - (view.floor.warning ?? view.segment?.rules.warning ?? 0);
  return toWarning > 0 ? Math.min(untilSecond(left), toWarning) : untilSecond(left);
}

/** How long before the limit whoever has the floor is told. @param {View | null} view */
export function warningOf(view) {
  return view?.floor?.warning ?? view?.segment?.rules.warning ?? 0;
}

/** A duration as m:ss. What is left is rounded up, so 0:00 is the limit itself; an overrun is "+0:12". */
export function mss(/** @type {number} */ duration) {
  const seconds = duration < 0 ? Math.floor(-duration / SECOND) : Math.ceil(duration / SECOND);
  const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return duration < 0 ? `+${text}` : text;
}

/** When the clock began to run; null while it stands still. It starts by itself at `starts_at`, heard of or not. */
function runningSince(/** @type {Floor} */ floor, /** @type {number} */ now) {
  if (floor.running_since !== null) return floor.running_since;
  return floor.starts_at !== null && floor.starts_at <= now ? floor.starts_at : null;
}

/** @param {import("./store.js").Rules | undefined} rules */
function readFloor(/** @type {Floor} */ floor, rules, /** @type {number} */ now) {
  const left = remaining(floor, now);
  // A turn keeps the rules under which it was given: other ones hold from the next speaker on.
  const warning = floor.warning ?? rules?.warning ?? 0;
  const enforcement = floor.enforcement ?? rules?.enforcement;
  const since = runningSince(floor, now);
  if (since === null) {
    const ready = floor.starts_at !== null;
    const startsIn = floor.starts_at === null ? null : floor.starts_at - now;
    return { ...reading(ready ? "ready" : "paused", floor, left, warning), startsIn };
  }
  const deadline = since + floor.allowance - floor.used;
  return { ...reading(runningState(left, warning, enforcement), floor, left, warning), deadline };
}

/** @param {string | undefined} enforcement @returns {ClockState} */
function runningState(/** @type {number} */ left, /** @type {number} */ warning, enforcement) {
  if (left <= 0) return enforcement && enforcement !== "automatic" ? "overtime" : "time";
  return left <= warning ? "warning" : "speaking";
}

/** @param {import("./store.js").Last} last @param {import("./store.js").Rules | undefined} rules */
function readLast(last, rules) {
  const expired = last.outcome === "time-expired";
  return reading(expired ? "time" : "ended", last, last.allowance - last.used, rules?.warning ?? 0);
}

/**
 * Digits of an automatic limit stand at 0:00, grace or not: the overrun is shown only where it is let happen.
 * @param {ClockState} state @param {Turn | null} turn @param {number} left @param {number} warning
 * @returns {Reading}
 */
function reading(state, turn, left, warning) {
  const allowance = turn?.allowance ?? 0;
  return {
    state,
    turn,
    remaining: state === "time" ? 0 : left,
    fraction: share(left, allowance),
    warnAt: share(warning, allowance),
    deadline: null,
    startsIn: null,
  };
}

function share(/** @type {number} */ part, /** @type {number} */ whole) {
  return whole > 0 ? Math.min(1, Math.max(0, part / whole)) : 0;
}

/** Until a count that is rounded as in `mss` shows its next figure. */
function untilSecond(/** @type {number} */ left) {
  return left > 0 ? left - SECOND * (Math.ceil(left / SECOND) - 1) : SECOND - (-left % SECOND);
}

/** When the open list closes by itself; null when no time is set for it. @param {View | null} view */
export function closesAt(view) {
  return (view?.dialogue.phase === "open" && view.list.open && view.list.closes_at) || null;
}

/** When the count to its closing shows another second; null when nothing is counted. @param {View | null} view @param {number} now */
export function nextSecond(view, now) {
  const left = (closesAt(view) ?? now) - now;
  return left > 0 ? now + (left % 1_000 || 1_000) : null;
}
