// @ts-check
/** The turns of the record as rows: from the record's JSON, in the words and times of the table that the server drew first. */

import { html, nothing } from "../../vendor/lit.js";
import { mss } from "../clock.js";
import { t } from "../i18n.js";
import { flag, num } from "../parts.js";
import { behalfOf, outcomeWord } from "../chair/words.js";

/**
 * @typedef {{at: {utc: string, local: string}}} Act
 * @typedef {{id: string, segment: string, delegation: string | null, person: string | null, group: string | null,
 *            asked: {local: string} | null, given: Act[], runs: {started: {local: string}}[], allowance: number,
 *            used: number, ended: Act | null, outcome: string}} RecordedTurn
 * @typedef {{segments: {id: string, title: string, begun: object | null}[], turns: RecordedTurn[]}} Recorded
 * @typedef {{id: string, name: string, initials: string, behalf: string, asked: string, called: string, started: string,
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

/** The table of turns, segment by segment. @param {ReturnType<typeof rowsOf>} segments */
export function turnsTable(segments) {
  return segments.map(
    ({ title, turns }) =>
      html`<h3 class="title">${title}</h3>
        ${
          turns.length === 0
            ? html`<p class="note">${t("Nobody took the floor.")}</p>`
            : html`<table class="log">
                <thead>
                  <tr>
                    <th scope="col">${t("Speaker")}</th>
                    <th scope="col">${t("Asked")}</th>
                    <th scope="col">${t("Called")}</th>
                    <th scope="col">${t("Started")}</th>
                    <th scope="col">${t("Ended")}</th>
                    <th scope="col">${t("Limit")}</th>
                    <th scope="col">${t("Used")}</th>
                    <th scope="col">${t("Outcome")}</th>
                  </tr>
                </thead>
                <tbody>
                  ${turns.map(tableRow)}
                </tbody>
              </table>`
        }`,
  );
}

function tableRow(/** @type {Row} */ row) {
  return html`<tr>
    <th scope="row">${flag(row.initials)}<span>${row.name}${row.behalf ? html`<small>${row.behalf}</small>` : nothing}</span></th>
    ${cell(t("Asked"), row.asked)} ${cell(t("Called"), row.called)} ${cell(t("Started"), row.started)}
    ${cell(t("Ended"), row.ended)} ${cell(t("Limit"), row.allowance)} ${cell(t("Used"), row.used)}
    <td data-label=${t("Outcome")}>${row.outcome}</td>
  </tr>`;
}

function cell(/** @type {string} */ label, /** @type {string} */ value) {
  return html`<td data-label=${label}>${value ? num(value) : nothing}</td>`;
}

/**
 * @param {RecordedTurn} turn @param {import("../programme.js").Programme} programme @param {string} lang @returns {Row}
 */
function row(turn, programme, lang) {
  const { name, initials, group } = programme.voice(turn);
  return {
    id: turn.id,
    name,
    initials,
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
