// @ts-check
/** Beside the sheet: who is behind a quantifier and what was noted of them, and how long the whole is. */

import { html, nothing, ref } from "../../vendor/lit.js";
import { t } from "../i18n.js";
import { fill, flag, num } from "../parts.js";
import { icon } from "../shapes.js";
import { membersWords, ruleWords } from "./words.js";

/** @typedef {import("./book.js").Paper} Paper */
/** @typedef {import("./book.js").Paragraph} Paragraph */
/** @typedef {import("./book.js").Voice} Voice */

/** What the documents services take within a day, as a report, and as any other document. */
const GAUGES = [
  () => t("In-session, 24 hours"),
  () => t("Secretariat report"),
  () => t("Other documents"),
];

/**
 * Who is behind the quantifier that was opened.
 * @param {import("../page.js").Page} page @param {Paper} paper @param {Paragraph} paragraph @param {number} place
 * @param {() => void} close
 */
export function evidencePanel(page, paper, paragraph, place, close) {
  const evidence = paragraph.evidence[place];
  const words = paragraph.pieces.find((piece) => piece.evidence === place)?.text ?? evidence.phrase;
  return html`<section class="panel evidence" id="evidence" aria-labelledby="evidence-of" tabindex="-1">
    <h2 id="evidence-of">
      <span><span lang="en" dir="ltr">“${words}”</span>
      ${paragraph.number ? html`<span class="label">${fill(t("paragraph {n}"), { n: paragraph.number })}</span>` : nothing}</span>
      <button type="button" class="icon-button" aria-label=${t("Close")} @click=${close}>${icon("close")}</button>
    </h2>
    <p class="sum">
      <strong>${fill(t("{n} of {of}"), { n: evidence.n, of: evidence.of })}</strong> ${t("voices heard there.")} ${ruleWords(evidence)}
    </p>
    <ol>
      ${evidence.voices.map((voice) => voiceItem(page, paper, paragraph, voice))}
    </ol>
  </section>`;
}

/** @param {import("../page.js").Page} page @param {Paper} paper @param {Paragraph} paragraph @param {Voice} voice */
function voiceItem({ programme }, paper, paragraph, voice) {
  const said = voice.interventions.map((id) => ({ id, ...paper.interventions[id] }));
  const [first] = said;
  const { initials, name } = programme.voice({ delegation: first.delegation, group: null });
  const group = voice.kind === "group" ? programme.group(voice.code) : "";
  const noted = paragraph.notes.map((id) => paper.notes[id]).filter((note) => note && voice.interventions.includes(note.intervention ?? ""));
  return html`<li>
    ${flag(initials)}
    <strong
      >${group || name}${
        group
          ? html` <small>${fill(t("spoken for by {name}"), { name })}${voice.members ? html` · ${membersWords(voice.members)}` : nothing}</small>`
          : nothing
      }</strong
    >
    <span class="when">${said.map(({ at }) => html`<time>${num(programme.timeOfDay(at))}</time> `)}</span>
    ${noted.map(({ text }) => html`<p dir="auto">${text}</p>`)}
  </li>`;
}

/** How many words the whole has, beside what the documents services take. */
export function lengthPanel(/** @type {Paper} */ { words, gauges }) {
  return html`<section class="panel" aria-labelledby="length">
    <h2 id="length">${t("Length")} <span class="label">${fill(t("{n} words"), { n: words.toLocaleString("en") })}</span></h2>
    <div class="gauges">
      ${gauges.map(
        (most, place) =>
          html`<div class=${words > most ? "gauge over" : "gauge"}>
            <span>${GAUGES[place]?.() ?? nothing}${words > most ? html` · <strong>${t("too long")}</strong>` : nothing}</span>
            <span>${num(most.toLocaleString("en"))}</span>
            <span
              class="bar"
              ${ref((/** @type {Element | undefined} */ bar) => {
                if (bar instanceof HTMLElement) bar.style.setProperty("--left", Math.min(1, words / most).toFixed(4));
              })}
            ></span>
          </div>`,
      )}
    </div>
  </section>`;
}
