// @ts-check
/** Rounds and the panel's replies: the questions of each panellist with asker and gist, ticked off when they were answered. */

import { html, live, nothing } from "../../vendor/lit.js";
import { t } from "../i18n.js";
import { sheet } from "./sheet.js";

/** @typedef {import("./ui.js").Scene} Scene */
/** @typedef {import("../store.js").Question} Question */

/** The questions of whoever replies now, or is to reply next; beneath the floor while it matters. */
export function repliesPart(/** @type {Scene} */ scene) {
  const person = whoReplies(scene);
  if (person === null) return nothing;
  return html`<section class="asked" aria-labelledby="asked">
    <h2 id="asked">${t("Questions to {name}", { name: scene.programme.person(person).name })}</h2>
    ${questionsOf(scene, person)}
  </section>`;
}

/** Whose questions stand on the screen: of a person who has been asked, and speaks or is to speak. */
export function whoReplies(/** @type {Scene} */ { view, next }) {
  const person = view.floor?.person ?? (next.replies ? next.person : null);
  return person !== null && (view.questions[person] ?? []).length > 0 ? person : null;
}

/** All questions, by panellist. */
export function questionsSheet(/** @type {Scene} */ scene) {
  const { ui, view, programme } = scene;
  return sheet(ui, "questions", t("Questions to the panel"), () => {
    const persons = Object.keys(view.questions).filter((person) => view.questions[person].length > 0);
    const { round } = view;
    return html`<div class="body" role="group" tabindex="0" aria-labelledby="sheet-questions">
      ${round ? html`<p>${roundWord(round)}</p>` : nothing}
      ${persons.length === 0 ? html`<p>${t("Nobody has been asked a question yet.")}</p>` : nothing}
      ${persons.map((person) => html`<section class="asked"><h3>${programme.person(person).name}</h3>${questionsOf(scene, person)}</section>`)}
    </div>`;
  });
}

/** How far a round is. @param {{size: number, taken: number}} round */
export function roundWord({ size, taken }) {
  return taken >= size ? t("Round full: the panel replies") : t("{n} of {size} before the panel replies", { n: taken, size });
}

/** @param {Scene} scene @param {string} person */
function questionsOf(scene, person) {
  return html`<ul class="questions">
    ${scene.view.questions[person].map((question) => line(scene, question))}
  </ul>`;
}

/** @param {Scene} scene @param {Question} question */
function line({ programme, page, acts, directs }, { id, delegation, group, words, answered: told, written }) {
  const answered = acts.isTicked(id, told);
  const name = delegation === null ? "" : programme.voice({ delegation, group }).name;
  const gist = page.texts.of(words);
  const tick = (/** @type {Event} */ event) => {
    const { checked } = /** @type {HTMLInputElement} */ (event.target);
    const done = checked ? t("Answered: {name}", { name }) : t("Not answered: {name}", { name });
    acts.sendTick(id, checked, "set-answered", { question: id, answered: checked }, done);
  };
  return html`<li class=${answered ? "answered" : ""}>
    <label
      ><input type="checkbox" ?disabled=${!directs} .checked=${live(answered)} @change=${tick} /><span
        ><strong>${name}</strong>${written ? html` <small>${t("in writing")}</small>` : nothing}${gist ? html`<small dir="auto" lang="">${gist}</small>` : nothing}</span
      ></label
    >
  </li>`;
}

