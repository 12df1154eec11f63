// @ts-check
/**
 * The one next action of the chair's screen, decided from the view alone: whoever presides needs to
 * press one button (or N) from the first gavel to the last.
 */

/** Kinds of segments in which delegations ask for the floor. */
export const DISCUSSIONS = ["panel", "statements"];

/**
 * What the bureau sees: the public view with the whole list, the gavel and the course of the programme.
 * @typedef {Required<import("../store.js").View>} BureauView
 * @typedef {import("../programme.js").ProgrammeDocument} ProgrammeDocument
 * @typedef {import("../programme.js").PlannedSegment} PlannedSegment
 */

/**
 * The next action: the command that it sends (`fields` null: there is nothing to press), whether that
 * ends the present turn or asks for a second press, and whom or what it is about. `waits`: better wait for
 * requests; the action is the way on if none come.
 * @typedef {{act: "open-dialogue" | "resume-dialogue" | "close-dialogue" | "begin-segment" | "open-list" | "close-list" |
 *                 "give-floor" | "start-clock" | "end-intervention" | "none",
 *            fields: Record<string, unknown> | null, ends: boolean, confirm: boolean, waits: boolean,
 *            entry: import("../store.js").Entry | null, person: string | null, segment: PlannedSegment | null}} Next
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
  const { floor, list } = view;
  const segment = /** @type {import("../store.js").Segment} */ (view.segment);
  if (floor && startsByHand(floor, segment)) return step("start-clock", { holder: floor.id });

  const [speaker] = unheardSpeakers(view, programme);
  const [entry] = list.entries;
  const begun = discussionBegun(view);
  if (speaker && !(begun && (entry || list.open))) return giveFloor(view, { person: speaker });
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
  return { act, fields, ends: false, confirm: false, waits: false, entry: null, person: null, segment: null, ...more };
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
