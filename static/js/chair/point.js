// @ts-check
/** Points of order: the alert that is never missed, the ruling, the turn that waits meanwhile. */

import { html, live, nothing } from "../../vendor/lit.js";
import { remaining } from "../clock.js";
import { t, tn } from "../i18n.js";
import { digits, fill, flag, isLong, num } from "../parts.js";
import { shape } from "../shapes.js";
import { POINT_OF_ORDER } from "./next.js";
import { rulingWord } from "./words.js";

/** @typedef {import("./ui.js").Scene} Scene */

/** In the order of their keys. Most points are noted, and so that is chosen first. */
export const RULINGS = ["noted", "upheld", "not-upheld"];

/** What is chosen for the point of order that has the floor, as its command has it. @param {Scene} scene */
export function chosenRuling({ view, ui }) {
  if (view.floor?.kind !== POINT_OF_ORDER) return undefined;
  const { ruling, words } = ui.rulingOf(view.floor.id);
  return words.trim() ? { ruling, words: words.trim() } : { ruling };
}

/** In words, what must be seen over anything else: who has raised a point of order. @param {import("./next.js").BureauView} view @param {import("../programme.js").Programme} programme */
export function alertWords({ points }, programme) {
  const [first] = points.waiting;
  return first ? t("Point of order: {name}", { name: programme.voice(first).name }) : "";
}

/** The first point of order that has ended without a ruling. @param {import("./next.js").BureauView} view */
export function unruledPoint({ points, floor }) {
  return points.unruled.find(({ id }) => id !== floor?.id) ?? null;
}

/** Who has raised one and waits, with one press to give the floor; and points that are not ruled on yet. */
export function pointAlert(/** @type {Scene} */ scene) {
  const { view, programme, acts, directs } = scene;
  const [first, ...others] = view.points.waiting;
  const unruled = unruledPoint(view);
  if (first) {
    const { name, initials, picture } = programme.voice(first);
    const open = view.dialogue.phase === "open";
    const second = view.floor?.kind === POINT_OF_ORDER;
    return html`<section class="alert" data-state="order" aria-labelledby="alert">
      <h2 id="alert" class="state small">${shape("diamond")}${second ? t("Another point of order waits") : t("Point of order")}</h2>
      <p>${flag(initials, picture)}<strong>${name}</strong><small>${raised(scene, first, others.length)}</small></p>
      ${directs
        ? html`<div>
            <button
              type="button"
              class="button"
              aria-disabled=${open ? nothing : "true"}
              @click=${() => open && acts.giveTo(first)}
            >
              ${t("Give the floor")} <kbd>O</kbd><span class="hidden">${name}</span>
            </button>
            <button type="button" class="button quiet" aria-label=${t("Withdrawn: {name}", { name })} @click=${() => acts.withdraw(first)}>
              ${t("Withdrawn")}
            </button>
          </div>`
        : nothing}
    </section>`;
  }
  if (!unruled || !directs) return nothing;
  const { name } = programme.delegation(unruled.delegation);
  return html`<section class="alert unruled" data-state="order" aria-labelledby="alert">
    <h2 id="alert">${t("How do you rule on the point of order of {name}?", { name })}</h2>
    ${choice(scene, unruled.id)}
    <button type="button" class="button" @click=${() => rule(scene, unruled.id)}>${t("Record the ruling")}</button>
  </section>`;
}

/** The ruling on the point that has the floor; the next action records it. */
export function rulingPart(/** @type {Scene} */ scene) {
  const { view, ui, directs } = scene;
  const { floor } = view;
  if (floor?.kind !== POINT_OF_ORDER || !directs) return nothing;
  return html`<div class="ruling">
    <p>${t("Your ruling ends the point of order and is recorded")}</p>
    ${choice(scene, floor.id)}
    <input
      type="text"
      maxlength="500"
      autocomplete="off"
      aria-label=${t("The ruling in words, if wanted")}
      placeholder=${t("The ruling in words, if wanted")}
      .value=${live(ui.rulingOf(floor.id).words)}
      @input=${(/** @type {Event} */ event) => ui.rule(floor.id, { words: /** @type {HTMLInputElement} */ (event.target).value })}
    />
  </div>`;
}

/** @param {Scene} scene @param {string} point */
function choice({ ui }, point) {
  const chosen = ui.rulingOf(point).ruling;
  return html`<div class="rulings" role="radiogroup" aria-label=${t("Ruling")}>
    ${RULINGS.map(
      (ruling, index) =>
        html`<label class=${ruling === chosen ? "chosen" : ""}
          ><input type="radio" name="ruling-${point}" .checked=${live(ruling === chosen)} @change=${() => ui.rule(point, { ruling })} /><span
            >${rulingWord(ruling)}</span
          ><kbd>${index + 1}</kbd></label
        >`,
    )}
  </div>`;
}

/** @param {Scene} scene @param {string} point */
function rule({ acts, ui }, point) {
  const { ruling } = ui.rulingOf(point);
  return acts.send("rule-on-point", { point, ruling }, t("Ruled: {ruling}", { ruling: rulingWord(ruling) }));
}

/** The turn that a point of order interrupts, with its clock as it stands. */
export function interruptedPart(/** @type {Scene} */ { view, programme, now }) {
  const { interrupted } = view;
  if (!interrupted) return nothing;
  const { name, initials, picture } = programme.voice(interrupted);
  return html`<section class="interrupted" data-state="paused" aria-label=${t("Interrupted")}>
    ${flag(initials, picture)}
    <p><strong class=${isLong(name) ? "long" : ""}>${t("{name} waits", { name })}</strong><span class="state small">${shape("bars")}${t("Interrupted")}</span></p>
    ${digits(remaining(interrupted, now), t("Speaking time that waits"))}
  </section>`;
}

/** @param {Scene} scene @param {import("./next.js").BureauEntry} point @param {number} others */
function raised({ programme }, point, others) {
  const time = num(programme.timeOfDay(point.asked_at, { seconds: true }));
  const words = fill(t("raised at {time}"), { time });
  return others > 0 ? html`${words} · ${tn("{n} more waits", "{n} more wait", others)}` : words;
}

