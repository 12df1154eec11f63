// @ts-check
/** The card of who has the floor: the clock, and what can be done with it. */

import { html, nothing, ref } from "../../vendor/lit.js";
import { mss, warningOf } from "../clock.js";
import { t } from "../i18n.js";
import { digits, bar, flag, isLong, LONG_NAME, markDeadline, num, stateMark } from "../parts.js";
import { icon, shape } from "../shapes.js";
import { DISCUSSIONS, POINT_OF_ORDER } from "./next.js";
import { rulingPart } from "./point.js";
import { behalfOf, outcomeWord, pauseWord, regionWord, speakerLine } from "./words.js";

/** @typedef {import("./ui.js").Scene} Scene */
/** @typedef {import("../clock.js").Reading} Reading */

const HALF_MINUTE = 30_000;
const MINUTE = 60_000;

/** Who has the floor, who had it last, or what holds when nobody has. */
export function floorCard(/** @type {Scene} */ scene) {
  const { view, reading } = scene;
  const turn = view.floor || view.dialogue.phase === "open" ? reading.turn : null;
  return turn ? clockCard(scene, turn) : bareCard(scene);
}

/** @param {Scene} scene @param {import("../clock.js").Turn} turn */
function clockCard(scene, turn) {
  const { reading, programme, page, view } = scene;
  const { name, initials, picture } = programme.voice(turn);
  const lost = page.store.connection === "lost";
  const state = lost ? "lost" : stateOf(scene, turn);
  const long = Math.abs(reading.remaining) >= 10 * MINUTE || reading.remaining < 0;
  return html`<section
    class="floor"
    data-state=${state}
    aria-labelledby="holder"
    ${ref((/** @type {Element | undefined} */ element) => markDeadline(element, reading, page.clock.offset))}
  >
    <div class="holder">
      ${flag(initials, picture)}
      <h2 id="holder" class=${name.length > 2 * LONG_NAME ? "longest" : isLong(name) ? "long" : ""}>${name}</h2>
      <span class="state">${state === "order" ? html`${shape("diamond")}${t("Point of order")}` : stateMark(state, warningOf(view))}</span>
      <p>${secondLine(scene, turn)}</p>
    </div>
    <div class="clock ${long ? "wide" : ""}">${digits(reading.remaining)} ${figures(scene, turn)}</div>
    ${bar(reading)} ${rulingPart(scene)} ${scene.directs ? means(scene) : nothing}
  </section>`;
}

/** A point of order has a state of its own while its clock does nothing out of the way. @param {Scene} scene @param {import("../clock.js").Turn} turn */
function stateOf({ reading }, turn) {
  const calm = ["ready", "speaking", "warning"].includes(reading.state);
  return turn.kind === POINT_OF_ORDER && calm ? "order" : reading.state;
}

/** @param {Scene} scene @param {import("../clock.js").Turn} turn */
function secondLine({ programme, view, reading, page }, turn) {
  if (page.store.connection === "lost") return t("No contact. The server keeps the time and the list.");
  const { second, group } = programme.voice(turn);
  const region = turn.delegation === null ? second : regionWord(programme.delegation(turn.delegation).region);
  const behalf = behalfOf(group, page.boot.lang);
  const ended = view.floor ? "" : outcomeWord(view.last?.outcome ?? "");
  const suspended = view.dialogue.phase === "suspended" ? t("The dialogue is suspended") : "";
  const ready = reading.state === "ready" ? t("The clock starts by itself") : "";
  const paused = view.floor?.paused && reading.state === "paused" ? pauseWord(view.floor.paused) : "";
  const what = turn.kind === "right-of-reply" ? t("Right of reply") : turn.to ? t("Question to {name}", { name: programme.person(turn.to).name }) : "";
  const whom = speakerLine(view.speaker?.details, page.texts, page.boot.lang);
  return [suspended || ended || ready || paused, what, behalf, whom || region].filter(Boolean).join(" · ");
}

/**
 * Limit, used, and when it ends (or starts, or ended).
 * @param {Scene} scene @param {import("../clock.js").Turn} turn
 */
function figures({ reading, view, programme }, turn) {
  const used = view.floor ? turn.allowance - reading.remaining : turn.used;
  return html`<dl>
    <dt>${t("Limit")}</dt>
    <dd>${num(mss(turn.allowance))}</dd>
    <dt>${t("Used")}</dt>
    <dd>${num(mss(Math.floor(used / 1000) * 1000))}</dd>
    ${ending(reading, view, programme)}
  </dl>`;
}

/** @param {Reading} reading @param {Scene["view"]} view @param {Scene["programme"]} programme */
function ending(reading, view, programme) {
  if (reading.startsIn !== null) return term(t("Starts in"), mss(Math.max(0, reading.startsIn)));
  if (!view.floor && view.last) return term(t("Ended"), programme.timeOfDay(view.last.ended_at, { seconds: true }));
  if (reading.deadline === null) return term(t("Ends"), "–");
  return term(t("Ends"), programme.timeOfDay(reading.deadline, { seconds: true }));
}

function term(/** @type {string} */ name, /** @type {string} */ value) {
  return html`<dt>${name}</dt>
    <dd>${num(value)}</dd>`;
}

function means(/** @type {Scene} */ { view, reading, acts, ui }) {
  if (!view.floor) return wayBack(view, acts);
  const stands = reading.deadline === null;
  return html`<div class="means clock-means">
    <button type="button" class="button" @click=${() => acts.extend(HALF_MINUTE)}>${num("+0:30")}<kbd>+</kbd></button>
    <button type="button" class="button" @click=${() => acts.extend(MINUTE)}>${num("+1:00")}</button>
    <button
      type="button"
      class="button"
      @click=${() => acts.setClock(stands)}
      @contextmenu=${(/** @type {Event} */ event) => {
        event.preventDefault();
        ui.openMenu({ of: "pause" }, /** @type {Element} */ (event.currentTarget));
      }}
    >
      ${stands ? t("Start") : t("Pause")}<kbd>${t("Space")}</kbd>
    </button>
    <button type="button" class="button" @click=${() => acts.end("concluded")}>${t("End")}<kbd>E</kbd></button>
    <button
      type="button"
      class="icon-button"
      aria-haspopup="menu"
      aria-label=${t("More for who has the floor")}
      @click=${(/** @type {Event} */ event) => ui.openMenu({ of: "floor" }, /** @type {Element} */ (event.currentTarget))}
    >
      ${icon("more")}
    </button>
  </div>`;
}

/**
 * One press, and whoever spoke last goes on: with a minute more after the limit, else with what was left.
 * @param {Scene["view"]} view @param {Scene["acts"]} acts
 */
function wayBack({ last }, acts) {
  if (!last) return nothing;
  const left = last.allowance - last.used;
  const expired = last.outcome === "time-expired" || left < 1_000;
  const total = expired ? last.used + MINUTE : last.allowance;
  return html`<div class="means">
    <button type="button" class="button" @click=${() => acts.continueTurn(last, total)}>
      ${icon("undo")}${t("Continue")} ${num(expired ? "+1:00" : mss(left))}
    </button>
  </div>`;
}

function bareCard(/** @type {Scene} */ scene) {
  const { view, programme, page } = scene;
  const rules = view.segment?.rules ?? firstDiscussion(programme)?.rules;
  const { phase } = view.dialogue;
  const state = phase === "suspended" ? "paused" : view.list.open ? "open" : "closed";
  return html`<section
    class="floor"
    data-state=${state}
    aria-labelledby="holder"
    ${ref((/** @type {Element | undefined} */ element) => markDeadline(element, null, page.clock.offset))}
  >
    <div class="holder bare">
      <h2 id="holder">${t("Nobody has the floor")}</h2>
      <span class="state">${shape(state === "paused" ? "bars" : state === "open" ? "ring" : "dash")}${phaseWord(view)}</span>
      <p>${phaseLine(scene)}</p>
    </div>
    ${phase === "closed" ? records(page.boot.urls) : rules ? limits(rules) : nothing}
  </section>`;
}

function phaseWord(/** @type {Scene["view"]} */ { dialogue, list }) {
  switch (dialogue.phase) {
    case "scheduled":
      return t("Not open");
    case "suspended":
      return t("Suspended");
    case "closed":
      return t("Closed");
    default:
      return list.open ? t("Open") : t("List closed");
  }
}

function phaseLine(/** @type {Scene} */ { view, programme }) {
  const since = view.dialogue.since === null ? "" : programme.timeOfDay(view.dialogue.since);
  switch (view.dialogue.phase) {
    case "scheduled":
      return firstDiscussion(programme)?.title ?? "";
    case "suspended":
      return t("Suspended since {time}. The list and every clock are kept.", { time: since });
    case "closed":
      return t("Closed at {time}. The record is complete.", { time: since });
    default:
      return view.segment
        ? (programme.segment(view.segment.id)?.title ?? "")
        : t("The dialogue is open; its first part has not begun.");
  }
}

/**
 * The part of which the limits are told before the opening: the first in which delegations speak.
 * @param {Scene["programme"]} programme
 */
function firstDiscussion({ document }) {
  return document.segments.find(({ kind }) => DISCUSSIONS.includes(kind)) ?? document.segments[0];
}

function limits(/** @type {import("../store.js").Rules} */ { limits, enforcement }) {
  return html`<dl class="limits">
    <dt class="label">${t("Statement")}</dt>
    <dd>${num(mss(limits.national))}</dd>
    <dt class="label">${t("On behalf of a group")}</dt>
    <dd>${num(mss(limits.group))}</dd>
    <dt class="label">${t("Second intervention")}</dt>
    <dd>${num(mss(limits.again))}</dd>
    <dt class="label">${t("At the limit")}</dt>
    <dd>${enforcement === "automatic" ? t("Ends by itself") : t("The clock goes on")}</dd>
  </dl>`;
}

function records(/** @type {Record<string, string>} */ urls) {
  return html`<div class="means">
    <a class="button" href=${urls.figures}>${t("Closing figures")}</a>
    <a class="button" href=${urls.record}>${t("Open the record")}</a>
    <a class="button" href=${urls.summary}>${t("Open the Summary")}</a>
  </div>`;
}
