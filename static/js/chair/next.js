// @ts-check
/**
 * The one next action of the chair's screen, decided from the view alone: whoever presides needs to
 * press one button (or N) from the first gavel to the last.
 */

/** Kinds of segments in which delegations ask for the floor. */
export const DISCUSSIONS = ["panel", "statements"];

export const POINT_OF_ORDER = "point-of-order";

/** The kinds that wait on the list of speakers, and fill a round. */
const STATEMENTS = ["statement", "question"];

/**
 * What the bureau sees: the public view with all lists, the gavel, the course of the programme, and what the public never sees.
 * @typedef {import("../store.js").Entry} Entry
 * @typedef {{delegation: string | null, person: string | null, group: string | null}} Voice
 * @typedef {Entry & {statement: string | null, in_reply_to: Voice | null, private_limit: number | null,
 *            details: import("../store.js").Details | null}} BureauEntry  an entry as the bureau has it
 * @typedef {{id: string, delegation: string, ended_at: number}} Unruled  a point of order that was heard and not ruled on
 * @typedef {{id: string, delegation: string, kind: string, capacity: string, group: string | null, number: number, standing: string}} NotHeard
 * @typedef {Voice & {id: string, given_at: number}} Statement
 * @typedef {Required<import("../store.js").View> & {forecast: import("./forecast.js").Section, replies: BureauEntry[],
 *            points: {waiting: BureauEntry[], unruled: Unruled[]}, not_heard: NotHeard[], statements: Statement[],
 *            questions: Record<string, import("../store.js").Question[]>,
 *            round: {size: number, taken: number, replied: string[]} | null,
 *            speaker: import("../store.js").OwnTurn & {private_limit: number | null} | null,
 *            private_limits: {delegation: string | null, person: string | null, total: number}[]}} BureauView
 * @typedef {import("../programme.js").ProgrammeDocument} ProgrammeDocument
 * @typedef {import("../programme.js").PlannedSegment} PlannedSegment
 */

/**
 * The next action: the command that it sends (`fields` null: there is nothing to press), whether that
 * ends the present turn or asks for a second press, and whom or what it is about. `waits`: better wait for
 * requests; the action is the way on if none come. `replies`: the panel replies, as the round has it.
 * @typedef {{act: "open-dialogue" | "resume-dialogue" | "close-dialogue" | "begin-segment" | "open-list" | "close-list" |
 *                 "give-floor" | "start-clock" | "end-intervention" | "rule-on-point" | "none",
 *            fields: Record<string, unknown> | null, ends: boolean, confirm: boolean, waits: boolean, replies: boolean,
 *            entry: import("../store.js").Entry | null, person: string | null, segment: PlannedSegment | null,
 *            returns: import("../store.js").Floor | null}} Next
 *   `returns`: whose floor it is again after a point of order
 */

/**
 * What the chair does next.
 * @param {BureauView} view @param {ProgrammeDocument} programme
 * @returns {Next}
 */
export function nextAction(view, programme) {
  switch (view.dialogue.phase) {
    case "scheduled":
      return step("open-dialogue", {});
    case "suspended":
      return step("resume-dialogue", {});
    case "closed":
      return step("none", null);
    default:
      return view.segment ? withinSegment(view, programme) : nextSegment(view, programme);
  }
}

/**
 * The persons of the programme who have not spoken in the segment that is going on, in its order.
 * @param {BureauView} view @param {ProgrammeDocument} programme
 */
export function unheardSpeakers(view, programme) {
  const { segment } = view;
  if (!segment) return [];
  const heard = view.programme.find((part) => part.id === segment.id)?.heard ?? [];
  const speakers = segmentOf(programme, segment.id)?.speakers ?? [];
  return speakers.filter((person) => !heard.includes(person) && view.floor?.person !== person);
}

/**
 * Whether a delegation has had the floor in the segment that is going on. From then on the list
 * goes before whoever of the programme was passed over.
 */
export function discussionBegun(/** @type {BureauView} */ view) {
  return Object.values(view.heard).some((count) => count > 0);
}

/**
 * The segment that follows the one going on; the first one before any has begun; null after the last.
 * @param {BureauView} view @param {ProgrammeDocument} programme
 */
export function followingSegment(view, programme) {
  const current = programme.segments.findIndex((segment) => segment.id === view.segment?.id);
  return programme.segments.slice(current + 1).find((segment) => !hasBegun(view, segment.id)) ?? null;
}

/** @param {BureauView} view @param {ProgrammeDocument} programme @returns {Next} */
function withinSegment(view, programme) {
  const { floor, list, interrupted } = view;
  if (floor?.kind === POINT_OF_ORDER) {
    // The ruling is chosen on the screen; recording it ends the point, and the floor returns.
    return step("rule-on-point", { point: floor.id }, { ends: true, returns: interrupted ?? null });
  }
  const segment = /** @type {import("../store.js").Segment} */ (view.segment);
  if (floor && startsByHand(floor, segment)) return step("start-clock", { holder: floor.id });

  const [speaker] = unheardSpeakers(view, programme);
  const [entry] = list.entries;
  const begun = discussionBegun(view);
  if (speaker && !(begun && (entry || list.open))) return giveFloor(view, { person: speaker });
  const replying = panelReplies(view, programme);
  if (replying) return { ...giveFloor(view, { person: replying }), replies: true };
  if (entry) return giveFloor(view, { entry });
  if (floor) return step("end-intervention", { holder: floor.id, outcome: "concluded" }, { ends: true });
  if (list.open) {
    if (begun) return step("close-list", { segment: segment.id });
    // Right after opening nobody can have asked yet: the button must not undo its own press.
    return { ...nextSegment(view, programme), confirm: true, waits: true };
  }
  if (DISCUSSIONS.includes(segment.kind) && !begun) return step("open-list", { segment: segment.id });
  return nextSegment(view, programme);
}

/**
 * Which person of the programme replies now, where rounds are taken; null when none does. A round is full with the turn that goes on.
 * Whoever was asked replies first; then the panel has replied, unless nobody in particular was asked.
 * @param {BureauView} view @param {ProgrammeDocument} programme
 */
export function panelReplies(view, programme) {
  const { round, floor, segment } = view;
  if (!round || !segment) return null;
  const speakers = segmentOf(programme, segment.id)?.speakers ?? [];
  const open = speakers.filter((person) => !round.replied.includes(person) && asked(view, person));
  const [first = null] = open;
  if (round.replied.length > 0) return first;
  const full = round.taken + (floor && STATEMENTS.includes(floor.kind) && floor.delegation !== null ? 1 : 0) >= round.size;
  return full ? (first ?? speakers[0] ?? null) : null;
}

/** Whether a person has a question that is not answered yet. @param {BureauView} view @param {string} person */
function asked(view, person) {
  return (view.questions?.[person] ?? []).some(({ answered }) => !answered);
}

/** @param {BureauView} view @param {ProgrammeDocument} programme @returns {Next} */
function nextSegment(view, programme) {
  const holder = view.floor?.id ?? null;
  const segment = followingSegment(view, programme);
  if (!segment) return step("close-dialogue", { holder }, { confirm: true });
  return step("begin-segment", { segment: segment.id, holder }, { segment });
}

/** @param {BureauView} view @param {{person?: string, entry?: import("../store.js").Entry}} whom @returns {Next} */
function giveFloor(view, { person, entry }) {
  const holder = view.floor?.id ?? null;
  const fields = entry ? { request: entry.id, holder } : { person, holder };
  return step("give-floor", fields, { person: person ?? null, entry: entry ?? null, ends: holder !== null });
}

/** @param {Next["act"]} act @param {Next["fields"]} fields @param {Partial<Next>} [more] @returns {Next} */
function step(act, fields, more = {}) {
  const none = { ends: false, confirm: false, waits: false, replies: false, entry: null, person: null, segment: null, returns: null };
  return { act, fields, ...none, ...more };
}

/**
 * Whether the one who has the floor waits for the chair to start the clock.
 * @param {import("../store.js").Floor} floor @param {import("../store.js").Segment} segment
 */
function startsByHand(floor, segment) {
  const untouched = floor.used === 0 && floor.running_since === null && floor.starts_at === null;
  return untouched && segment.rules.start_after === null;
}

function hasBegun(/** @type {BureauView} */ view, /** @type {string} */ segment) {
  return view.programme.some((part) => part.id === segment && part.begun_at !== null);
}

/** @param {ProgrammeDocument} programme @param {string} id */
function segmentOf(programme, id) {
  return programme.segments.find((segment) => segment.id === id);
}
