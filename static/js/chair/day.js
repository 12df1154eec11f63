// @ts-check
/** The day as planned and as it goes: what stands where on the strip, and the drift in minutes. Pure. */

const MINUTE = 60_000;

/** A pause of the programme as long as this is folded, and splits the strip. */
const BREAK = 20 * MINUTE;

/** Opened further than this from the plan (a rehearsal on another day), the plan is counted from the opening. */
const SAME_OCCASION = 3 * 60 * MINUTE;

/** A box narrower than this part of the strip shows only when it begins; below the second it has its title beneath. */
const SHORT = 0.22;
const NARROW = 0.09;

/**
 * `from`, `to` and `now` are parts (0 to 1) of the half; `starts` and `ends` are instants, as planned and shifted.
 * @typedef {import("./next.js").BureauView} BureauView
 * @typedef {import("./next.js").ProgrammeDocument} ProgrammeDocument
 * @typedef {import("./next.js").PlannedSegment} PlannedSegment
 * @typedef {{from: number, to: number}} Bar
 * @typedef {Bar & {segment: PlannedSegment, starts: number, ends: number, state: "past" | "current" | "coming",
 *                  short: boolean, narrow: boolean}} Box
 * @typedef {{weight: number, boxes: Box[], actual: (Bar & {current: boolean})[], forecast: Bar | null,
 *            now: number | null}} Half  what lies between two breaks; `weight` is its length in minutes
 * @typedef {{kind: "unplanned" | "to-begin" | "overdue" | "on-time" | "late" | "ahead" | "closed",
 *            minutes: number}} Drift
 * @typedef {{segment: PlannedSegment, starts: number, ends: number}} Planned
 */

/**
 * By how much the plan is shifted so that it can be compared with today; null when nothing has begun
 * and the plan is for another day.
 * @param {ProgrammeDocument} programme @param {BureauView} view @param {number} now
 */
export function planShift(programme, view, now) {
  const planned = plannedSegments(programme)[0]?.starts ?? null;
  if (planned === null) return 0;
  const begun = view.programme.flatMap((part) => (part.begun_at === null ? [] : [part.begun_at]));
  const from = begun.length > 0 ? Math.min(...begun) : now;
  if (Math.abs(from - planned) <= SAME_OCCASION) return 0;
  return begun.length > 0 ? from - planned : null;
}

/**
 * How far the dialogue is from its programme, in whole minutes: as the server forecasts it, once a segment has begun.
 * @param {ProgrammeDocument} programme @param {BureauView} view @param {{drift: number | null}} expected @param {number} now
 * @returns {Drift}
 */
export function drift(programme, view, expected, now) {
  if (view.dialogue.phase === "closed") return { kind: "closed", minutes: 0 };
  if (view.segment) return expected.drift === null ? { kind: "unplanned", minutes: 0 } : driftOf(expected.drift);
  const shift = planShift(programme, view, now);
  const planned = plannedSegments(programme, shift ?? 0);
  if (planned.length === 0 || shift === null) return { kind: "unplanned", minutes: 0 };
  const until = planned[0].starts - now;
  return { kind: until > 0 ? "to-begin" : "overdue", minutes: Math.ceil(Math.abs(until) / MINUTE) };
}

/** @param {number} by @returns {Drift} */
function driftOf(by) {
  const minutes = Math.floor(Math.abs(by) / MINUTE);
  if (minutes === 0) return { kind: "on-time", minutes };
  return { kind: by > 0 ? "late" : "ahead", minutes };
}

/**
 * The strip: one half for each sitting between breaks. `ends` is when the list will probably have been heard.
 * @param {ProgrammeDocument} programme @param {BureauView} view @param {number} now @param {number | null} ends
 * @returns {Half[]}
 */
export function strip(programme, view, now, ends) {
  const shift = planShift(programme, view, now);
  const sittings = splitAtBreaks(plannedSegments(programme, shift ?? 0));
  const spans = sittings.map((sitting, index) => span(sitting, sittings[index + 1], view, now));
  const total = spans.reduce((sum, { from, to }) => sum + (to - from), 0);
  const present = shift === null ? -1 : spans.filter(({ from }) => from <= now).length - 1;
  return sittings.map((sitting, index) => {
    const { from, to } = spans[index];
    const part = (/** @type {number} */ instant) => Math.min(1, Math.max(0, (instant - from) / (to - from)));
    const here = index === present;
    return {
      weight: (to - from) / MINUTE,
      boxes: sitting.map((planned) => ({
        ...planned,
        from: part(planned.starts),
        to: part(planned.ends),
        state: boxState(view, planned.segment.id),
        short: (planned.ends - planned.starts) / total < SHORT,
        narrow: (planned.ends - planned.starts) / total < NARROW,
      })),
      actual: held(sitting, view, now).map((bar) => ({ ...bar, from: part(bar.from), to: part(bar.to) })),
      forecast: here && view.segment && ends !== null && ends > now ? { from: part(now), to: part(ends) } : null,
      now: here ? part(now) : null,
    };
  });
}

/** The segments of the programme that have times, in order. @returns {Planned[]} */
function plannedSegments(/** @type {ProgrammeDocument} */ programme, shift = 0) {
  return programme.segments.flatMap((segment) =>
    segment.starts === null || segment.ends === null
      ? []
      : [{ segment, starts: segment.starts + shift, ends: segment.ends + shift }],
  );
}

/** Segments in sittings, split where the programme pauses. */
function splitAtBreaks(/** @type {Planned[]} */ planned) {
  /** @type {Planned[][]} */
  const sittings = [];
  let last = -Infinity;
  for (const each of planned) {
    if (each.starts - last >= BREAK) sittings.push([]);
    sittings[sittings.length - 1].push(each);
    last = each.ends;
  }
  return sittings;
}

/**
 * From the first planned start to the last planned end, or to now where the sitting runs over into its break.
 * @param {Planned[]} sitting @param {Planned[] | undefined} following @param {BureauView} view @param {number} now
 */
function span(sitting, following, view, now) {
  const from = sitting[0].starts;
  const planned = sitting[sitting.length - 1].ends;
  const goesOn = sitting.some(({ segment }) => boxState(view, segment.id) === "current");
  const limit = following ? following[0].starts : planned + BREAK;
  return { from, to: goesOn ? Math.max(planned, Math.min(now, limit)) : planned };
}

/** @param {BureauView} view @param {string} id @returns {Box["state"]} */
function boxState(view, id) {
  if (view.segment?.id === id && view.dialogue.phase !== "closed") return "current";
  return view.programme.some((part) => part.id === id && part.begun_at !== null) ? "past" : "coming";
}

/** @param {Planned[]} sitting @param {BureauView} view @param {number} now */
function held(sitting, view, now) {
  return sitting.flatMap(({ segment }) => {
    const part = view.programme.find((each) => each.id === segment.id);
    if (!part || part.begun_at === null) return [];
    return [{ from: part.begun_at, to: part.ended_at ?? now, current: part.ended_at === null }];
  });
}
