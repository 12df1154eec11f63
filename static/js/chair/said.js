// @ts-check
/** What a change of the view makes the screen say to whoever listens instead of looking. Never the ticking digits. */

import { clockState } from "../clock.js";
import { durationInWords, limitInWords, t, tn } from "../i18n.js";
import { POINT_OF_ORDER } from "./next.js";
import { timeInWords } from "./speech.js";

/** @typedef {import("../programme.js").Programme} Programme */
/** @typedef {import("./next.js").BureauView} BureauView */
/** @typedef {{view: BureauView, now: number, connection: import("../store.js").Connection}} Moment */

/** So often the chair is prompted while a firm limit is overrun. */
const PROMPT = 15_000;

/** Requests come in bursts: they are gathered and said at most this often. */
export const GATHER = 5_000;

/**
 * The sentences that `after` adds to `before`; requests are left to `newRequests`.
 * @param {Moment} before @param {Moment} after @param {Programme} programme
 * @returns {string[]}
 */
export function sentences(before, after, programme) {
  return [
    ...contact(before, after),
    ...phase(before, after),
    ...points(before, after, programme),
    ...floor(before, after, programme),
    ...list(before, after),
    ...gavel(before, after, programme),
  ];
}

/** The requests that are on the list now and were not. @param {BureauView} before @param {BureauView} after */
export function newRequests(before, after) {
  if (before.segment?.id !== after.segment?.id) return [];
  const known = new Set(before.list.entries.map((entry) => entry.id));
  if (before.floor) known.add(before.floor.id);
  return after.list.entries.filter((entry) => !known.has(entry.id));
}

/**
 * The sentence about the requests that came within a while.
 * @param {import("../store.js").Entry[]} requests @param {number} waiting @param {Programme} programme
 */
export function requestsSentence(requests, waiting, programme) {
  const { name } = programme.delegation(requests[0].delegation);
  const others = requests.length - 1;
  const asked =
    others === 0
      ? t("{name} has asked for the floor", { name })
      : tn("{name} and one other have asked for the floor", "{name} and {n} others have asked for the floor", others, {
          name,
          n: others,
        });
  return t("{asked}, {n} waiting", { asked, n: waiting });
}

/** @param {Moment} before @param {Moment} after */
function contact(before, after) {
  if (before.connection === "lost" && after.connection === "connected") return [t("Connected again")];
  if (before.connection !== "lost" && after.connection === "lost")
    return [t("Reconnecting. The server keeps the time and the list.")];
  return [];
}

/** @param {Moment} before @param {Moment} after */
function phase({ view: before }, { view: after }) {
  if (before.dialogue.phase === after.dialogue.phase) return [];
  switch (after.dialogue.phase) {
    case "open":
      return [before.dialogue.phase === "suspended" ? t("The dialogue is resumed") : t("The dialogue is open")];
    case "suspended":
      return [t("The dialogue is suspended")];
    case "closed":
      return [t("The dialogue is closed")];
    default:
      return [];
  }
}

/** Whoever has raised a point of order is said at once. @param {Moment} before @param {Moment} after @param {Programme} programme */
function points({ view: before }, { view: after }, programme) {
  const known = new Set((before.points?.waiting ?? []).map(({ id }) => id));
  const raised = (after.points?.waiting ?? []).filter(({ id }) => !known.has(id) && id !== before.floor?.id);
  return raised.map((point) => t("{name} raises a point of order", { name: programme.voice(point).name }));
}

/** @param {Moment} before @param {Moment} after @param {Programme} programme */
function floor(before, after, programme) {
  const turn = after.view.floor;
  if (turn && turn.id !== before.view.floor?.id) {
    const { name } = programme.voice(turn);
    const { interrupted } = after.view;
    if (turn.kind === POINT_OF_ORDER && interrupted)
      return [
        t("Point of order, {name}. {other} waits with {time}.", {
          name,
          other: programme.voice(interrupted).name,
          time: timeInWords(Math.max(0, interrupted.allowance - interrupted.used)),
        }),
      ];
    if (turn.id === before.view.interrupted?.id)
      return [t("{name} has the floor again. The clock stands.", { name })];
    return [t("{name} has the floor, limit {limit}", { name, limit: limitInWords(turn.allowance) })];
  }
  const was = clockState(before.view, before.now);
  const is = clockState(after.view, after.now);
  if (!is.turn || is.turn.id !== was.turn?.id) return [];
  if (is.state === was.state) return prompts(was, is, after.view, programme);
  const { name } = programme.voice(is.turn);
  switch (is.state) {
    case "warning":
      return [t("{time}, {name}", { time: durationInWords(after.view.segment?.rules.warning ?? 0), name })];
    case "time":
    case "overtime":
      return [t("Time, {name}", { name })];
    case "paused":
      return [t("Paused, {name}", { name })];
    case "ended":
      return [t("{name} has finished", { name })];
    default:
      return was.state === "paused" ? [t("The clock runs, {name}", { name })] : [];
  }
}

/**
 * Where limits are firm, the clock goes on and the chair is prompted until somebody ends the turn.
 * @param {import("../clock.js").Reading} was @param {import("../clock.js").Reading} is @param {BureauView} view @param {Programme} programme
 */
function prompts(was, is, view, programme) {
  if (is.state !== "overtime" || view.floor?.enforcement !== "firm") return [];
  const prompted = Math.floor(-is.remaining / PROMPT);
  if (prompted < 1 || prompted <= Math.floor(-was.remaining / PROMPT)) return [];
  return [t("{time} over the limit, {name}", { time: timeInWords(prompted * PROMPT), name: programme.voice(view.floor).name })];
}

/** @param {Moment} before @param {Moment} after */
function list({ view: before }, { view: after }) {
  if (before.list.open === after.list.open || after.dialogue.phase !== "open") return [];
  return [after.list.open ? t("The list of speakers is open") : t("The list of speakers is closed")];
}

/** @param {Moment} before @param {Moment} after @param {Programme} programme */
function gavel({ view: before }, { view: after }, programme) {
  if (before.gavel === after.gavel || after.gavel === null) return [];
  const name = programme.document.bureau[after.gavel]?.name ?? after.gavel;
  return [t("{name} holds the gavel", { name })];
}
