// A small dialogue for the tests of the chair's screen: an opening, a panel, a closing.

export const MINUTE = 60_000;
export const TEN = Date.UTC(2012, 3, 3, 14);

const rules = {
  limits: {
    national: 3 * MINUTE,
    group: 5 * MINUTE,
    observer: 3 * MINUTE,
    stakeholder: 3 * MINUTE,
    panellist: 7 * MINUTE,
    again: 2 * MINUTE,
    reply: 2 * MINUTE,
    right_of_reply: 3 * MINUTE,
    right_of_reply_again: 2 * MINUTE,
    point_of_order: 2 * MINUTE,
  },
  enforcement: "automatic",
  warning: 30_000,
  grace: 0,
  start_after: 5_000,
};

const segment = (id, kind, title, speakers, starts, ends) => ({
  id,
  kind,
  title,
  speakers,
  starts: TEN + starts * MINUTE,
  ends: TEN + ends * MINUTE,
  themes: [],
  chairs: [],
  rules,
});

export const programme = {
  id: "d1",
  title: "A dialogue",
  place: "Room 2",
  starts: TEN,
  organ: "",
  original: "en",
  timezone: "America/New_York",
  utc_offset: -240,
  segments: [
    segment("open", "opening", "Opening", ["p1"], 0, 60),
    segment("panel", "panel", "Panel I: on victims", ["p2", "p3"], 60, 180),
    segment("close", "closing", "Closing", ["p1"], 300, 320),
  ],
  persons: {
    p1: { name: "The President", title: "" },
    p2: { name: "Ms. Two", title: "Professor" },
    p3: { name: "Mr. Three", title: "" },
  },
  bureau: { "chair/p1": { role: "chair", name: "Portugal" } },
  delegations: {
    MX: { name: "Mexico", category: "member-state", region: "GRULAC", initials: "MX" },
    DZ: { name: "Algeria", category: "member-state", region: "AFR", initials: "DZ" },
    TH: { name: "Thailand", category: "member-state", region: "APG", initials: "TH" },
    VA: { name: "Holy See", category: "observer-state", region: null, initials: "VA" },
    CI: { name: "Côte d'Ivoire", category: "member-state", region: "AFR", initials: "CI" },
    EC: { name: "ECPAT International", category: "ngo", region: null, initials: "EC" },
  },
  groups: { G77: { name: "Group of 77 and China" } },
};

/** A turn at the floor, its clock running since ten o'clock unless told otherwise. */
export function turn(changes) {
  return {
    id: "i1",
    delegation: null,
    person: null,
    capacity: "national",
    group: null,
    kind: "statement",
    given_at: TEN,
    starts_at: null,
    allowance: 3 * MINUTE,
    used: 0,
    running_since: TEN,
    ...changes,
  };
}

export function entry(changes) {
  return {
    id: "r1",
    delegation: "MX",
    kind: "statement",
    capacity: "national",
    group: null,
    number: 1,
    asked_at: TEN,
    limit: 3 * MINUTE,
    first: true,
    by_bureau: false,
    ...changes,
  };
}

/** The server's forecast outside a segment. */
export const NOTHING_EXPECTED = {
  handover: 35_000,
  pace: 1_000,
  floor_ends: null,
  starts: [],
  ends: null,
  holds_until: null,
  planned_end: null,
  cut: null,
  interpretation_end: null,
  interpretation_cut: null,
  drift: null,
  next_at: null,
  slot: null,
  fits: null,
  rights_of_reply: 0,
};

/** The bureau's view; `segment` is the id of the one going on, `heard` its speakers, `delegations` who else spoke in it. */
export function bureauView({
  phase = "open",
  segment: current = "panel",
  begun = current ? [current] : [],
  begunAt = TEN,
  heard = [],
  delegations = {},
  open = false,
  entries = [],
  floor = null,
  last = null,
  gavel = null,
  rules: changed = {},
  interrupted = null,
  points = [],
  unruled = [],
  replies = [],
  questions = {},
  round = null,
  forecast = {},
} = {}) {
  const planned = programme.segments.find(({ id }) => id === current);
  return {
    dialogue: { phase, since: TEN },
    segment: planned ? { id: current, kind: planned.kind, begun_at: begunAt, rules: { ...rules, ...changed } } : null,
    floor,
    last,
    interrupted,
    list: { open, length: entries.length, entries },
    points: { waiting: points, unruled },
    replies,
    questions,
    round,
    forecast: { ...NOTHING_EXPECTED, ...forecast },
    gavel,
    programme: programme.segments.map(({ id }) => ({
      id,
      begun_at: begun.includes(id) ? begunAt : null,
      ended_at: null,
      heard: id === current ? heard : [],
    })),
    heard: delegations,
  };
}
