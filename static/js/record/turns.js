// @ts-check
/** The turns of the record as rows for the rapporteur's desk: from the record's JSON, in words and times of day. */

import { mss } from "../clock.js";
import { t } from "../i18n.js";
import { behalfOf, outcomeWord } from "../chair/words.js";

/**
 * @typedef {{at: {utc: string, local: string}}} Act
 * @typedef {{id: string, segment: string, delegation: string | null, person: string | null, group: string | null,
 *            asked: {local: string} | null, given: Act[], runs: {started: {local: string}}[], allowance: number,
 *            used: number, ended: Act | null, outcome: string}} RecordedTurn
 * @typedef {{segments: {id: string, title: string, begun: object | null}[], turns: RecordedTurn[]}} Recorded
 * @typedef {{id: string, name: string, initials: string, picture: string, behalf: string, asked: string, called: string, started: string,
 *            ended: string, allowance: string, used: string, outcome: string}} Row
 */

/**
 * Every turn as a row, by its segment.
 * @param {Recorded} recorded @param {import("../programme.js").Programme} programme @param {string} lang
 */
export function rowsOf(recorded, programme, lang) {
  return recorded.segments
    .filter(({ begun }) => begun)
    .map(({ id, title }) => ({
      title: programme.segment(id)?.title ?? title,
      turns: recorded.turns.filter(({ segment }) => segment === id).map((turn) => row(turn, programme, lang)),
    }));
}

/**
 * @param {RecordedTurn} turn @param {import("../programme.js").Programme} programme @param {string} lang @returns {Row}
 */
function row(turn, programme, lang) {
  const { name, initials, picture, group } = programme.voice(turn);
  return {
    id: turn.id,
    name,
    initials,
    picture,
    behalf: group && behalfOf(group, lang),
    asked: timeOf(turn.asked),
    called: timeOf(turn.given[turn.given.length - 1]?.at),
    started: timeOf(turn.runs[0]?.started),
    ended: timeOf(turn.ended?.at),
    allowance: mss(turn.allowance),
    used: turn.outcome === "has-floor" ? "" : mss(Math.floor(turn.used / 1_000) * 1_000),
    outcome: wordOf(turn.outcome),
  };
}

function wordOf(/** @type {string} */ outcome) {
  switch (outcome) {
    case "has-floor":
      return t("Has the floor");
    case "returned":
      return t("Returned to the list");
    default:
      return outcomeWord(outcome);
  }
}

/** hh:mm:ss of a local time in ISO 8601; empty for none. */
function timeOf(/** @type {{local: string} | null | undefined} */ instant) {
  return instant ? instant.local.slice(11, 19) : "";
}
