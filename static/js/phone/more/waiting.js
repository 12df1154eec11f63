// @ts-check
/** The screens of a delegation that waits: its place, who is before it, and what can be done with a place. */

import { html, nothing } from "../../../vendor/lit.js";
import { mss } from "../../clock.js";
import { t, tn } from "../../i18n.js";
import { deadlineMark, digits, fill, flag, num, stateMark } from "../../parts.js";
import { shape } from "../../shapes.js";
import { aboutRow } from "../ask.js";
import { openKinds } from "../choices.js";
import { floorLine, lastKnown, nameOf, raiseButton, reconnectActions, secondThought } from "../controls.js";
import { forecast, span } from "../place.js";
import { aboutPlace, lastCall } from "./news.js";
import { placeSentence } from "./places.js";

/** @typedef {import("../../page.js").Page} Page */
/** @typedef {import("../place.js").Place} Place */
/** @typedef {import("../screens.js").Frame} Frame */
/** @typedef {import("../screens.js").Screen} Screen */

/** A list as long as this is shown whole; of a longer one its beginning, and the last before the own place. */
const SHOWN_WHOLE = 5;
const SHOWN_FIRST = 2;

/** A place on the list, and when it will probably come up. @returns {Screen} */
export function waiting(/** @type {Frame} */ frame) {
  const { page, situation, now } = frame;
  const { place, request } = situation.places[0];
  const view = /** @type {import("../../store.js").View} */ (page.store.view);
  return {
    body: html`
      <div class="mid">
        ${lastKnown(page)}
        <p class="state small plain" data-state="open">${shape("ring")}${onTheList(request)}</p>
        <h1>${placeSentence(place)}</h1>
        <p class="lead">${whenLead(page, forecast(view, place, now), now)}</p>
        ${aboutPlace(frame, request)} ${lastCall(frame)}
      </div>
      ${floorLine(frame)}
      ${view.list.hidden ? nothing : before(page, situation.places)} ${aboutRows(frame)} ${askAgainButton(frame)}
    `,
    thumb: placeActions(frame),
  };
}

/** What is said of the speaker of each own request. */
function aboutRows(/** @type {Frame} */ frame) {
  const requests = frame.situation.places.flatMap(({ request }) => (request ? [request] : []));
  return html`<div class="facts">${requests.map(({ id }) => aboutRow(frame, id))}</div>`;
}

function onTheList(/** @type {Place["request"]} */ request) {
  return request?.number
    ? html`<span>${fill(t("On the list · number {number}"), { number: request.number })}</span>`
    : t("On the list");
}

function whenLead(/** @type {Page} */ { programme }, /** @type {number | null} */ wait, /** @type {number} */ now) {
  if (wait === null) return nothing;
  const minutes = Math.round(wait / 60_000);
  if (minutes < 1) return t("In less than a minute.");
  const about = html`<strong>${fill(tn("{n} min", "{n} min", minutes, {}), { n: minutes })}</strong>`;
  const { from, until } = span(wait, now);
  const times = { minutes: about, from: programme.timeOfDay(from), until: programme.timeOfDay(until) };
  if (times.from === times.until) return fill(t("In about {minutes}."), times);
  return fill(t("In about {minutes}, between {from} and {until}."), times);
}

/** The list up to the last own place; a long way is folded in the middle. */
function before(/** @type {Page} */ { store, programme }, /** @type {Place[]} */ places) {
  const view = /** @type {import("../../store.js").View} */ (store.view);
  const last = places[places.length - 1].place;
  const own = new Map(places.map((place) => [place.place, place]));
  const numbers = Array.from({ length: last }, (_, index) => index + 1);
  const shown = numbers.filter((number) => last <= SHOWN_WHOLE || number <= SHOWN_FIRST || own.has(number) || own.has(number + 1));
  return html`<ol class="before" aria-label=${t("The list before you")}>
    ${shown.map((number, index) => {
      const folded = number - (shown[index - 1] ?? 0) - 1;
      const entry = view.list.first[number - 1];
      const voice = programme.delegation(view.list.order[number - 1]);
      const mine = own.get(number);
      const limit = mine?.limit ?? entry?.limit;
      const group = mine?.request?.group ?? entry?.group;
      return html`
        ${folded > 0 ? html`<li class="folded">${fill(tn("and {n} more", "and {n} more", folded, {}), { n: folded })}</li>` : nothing}
        <li class=${mine ? "you" : nothing}>
          <span class="num">${num(number)}</span>${flag(voice.initials, voice.picture)}
          <span>
            ${mine ? t("You") : voice.name}
            ${group ? html`<small>${t("on behalf of the {group}", { group: programme.group(group) })}</small>` : nothing}
          </span>
          <span class="limit">${limit ? num(mss(limit)) : nothing}</span>
        </li>
      `;
    })}
  </ol>`;
}

/** The one screen that raises its voice. @returns {Screen} */
export function next(/** @type {Frame} */ frame) {
  const { page, situation } = frame;
  const { limit } = situation.places[0];
  return {
    call: true,
    body: html`
      <div class="mid">
        ${lastKnown(page)}
        <p class="state">${stateMark("next")}</p>
        <h1>${t("You are next")}</h1>
        ${current(frame)}
        <p class="lead">
          ${fill(t("Please be at your microphone. Your limit is {limit}."), { limit: html`<strong>${num(mss(limit))}</strong>` })}
        </p>
      </div>
      ${aboutRows(frame)}
    `,
    thumb: placeActions(frame),
  };
}

function current(/** @type {Frame} */ { page, situation }) {
  const { reading } = situation;
  if (!reading?.turn || !page.store.view?.floor) return html`<p class="lead">${t("The chair will give you the floor.")}</p>`;
  const { name } = page.programme.voice(reading.turn);
  return html`
    <p class="lead">${t("{name} has the floor for", { name })}</p>
    <p class="count" ${deadlineMark(reading, page.clock.offset)}>${digits(reading.remaining, t("Remaining time of {name}", { name }))}</p>
  `;
}

/** What can be done with a place: let the next one pass, or give it up, each after a second thought. */
function placeActions(/** @type {Frame} */ frame) {
  const { page, situation, intent, actions } = frame;
  const lost = page.store.connection === "lost";
  const requests = situation.places.flatMap(({ request }) => (request ? [request] : []));
  const leaving = requests.find(({ id }) => id === intent.leaving);
  const back = () => actions.second({ leaving: null, passing: null });
  if (leaving) {
    return html`
      <p class="note">${t("Your place is given up for good.")}</p>
      ${secondThought(intent, "withdraw", { keep: t("Keep my place"), go: t("Yes, withdraw"), back, act: () => actions.withdraw(leaving.id) })}
    `;
  }
  const passing = situation.places.find(({ request }) => request?.id === intent.passing);
  if (passing) {
    return html`
      <p class="note">${behind(page, passing.place)}</p>
      ${secondThought(intent, "pass", { keep: t("Keep my place"), go: t("Let it pass"), back, act: () => actions.letPass(intent.passing ?? "", passing.place - 1) })}
    `;
  }
  const [first] = situation.places;
  const mayPass = first?.request && first.place < (page.store.view?.list.length ?? 0);
  return html`
    ${lost ? html`<button type="button" class="button" @click=${actions.reconnect}>${t("Try again now")}</button>` : nothing}
    <div class=${mayPass || requests.length > 1 ? "pair" : nothing}>
      ${mayPass ? html`<button type="button" class="button" @click=${() => actions.second({ passing: first.request?.id ?? null })}>${t("Let one pass")}</button>` : nothing}
      ${requests.map((request) => html`<button type="button" class="button" @click=${() => actions.second({ leaving: request.id })}>
        ${requests.length === 1 ? t("Withdraw") : t("Withdraw: {name}", { name: nameOf(page, request.group) })}
      </button>`)}
    </div>
    ${raiseButton(frame)} ${lost ? html`<p class="note">${t("If your phone does not come back, raise your nameplate.")}</p>` : nothing}
  `;
}

/** Who is let pass from a place; on a hidden list nobody is named. @param {Page} page @param {number} place */
function behind({ store, programme }, place) {
  const code = store.view?.list.order[place];
  return code ? t("{name} will speak before you.", { name: programme.delegation(code).name }) : t("Whoever is behind you will speak before you.");
}

/** Whoever waits may ask for something else as well. */
function askAgainButton(/** @type {Frame} */ { page, actions }) {
  if (page.store.connection === "lost" || !openKinds(page).length) return nothing;
  return html`<button type="button" class="button quiet also" @click=${() => actions.intend({ again: true })}>${t("Ask for something else as well")}</button>`;
}

/** The meeting stands; places are kept. @returns {Screen} */
export function suspended(/** @type {Frame} */ frame) {
  const { page, situation, actions } = frame;
  const { places } = situation;
  const floor = page.store.view?.floor;
  const mine = floor?.delegation === page.boot.subject;
  return {
    body: html`
      <div class="mid">
        ${lastKnown(page)}
        <p class="state small" data-state="paused">${shape("bars")}${t("Suspended")}</p>
        <h1>${t("The meeting is suspended")}</h1>
        ${mine ? html`<p class="lead">${fill(t("You keep the floor, with {time} left."), { time: html`<strong>${num(mss(situation.reading?.remaining ?? 0))}</strong>` })}</p>` : nothing}
        ${places.length ? html`<p class="lead">${t("Your place is kept.")} <strong>${placeSentence(places[0].place)}.</strong></p>` : nothing}
        ${mine || places.length ? nothing : html`<p class="lead">${t("This screen will say when it goes on.")}</p>`}
      </div>
    `,
    thumb: places.length ? placeActions(frame) : page.store.connection === "lost" ? reconnectActions(actions) : nothing,
  };
}
