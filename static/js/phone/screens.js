// @ts-check
/** The screens of a delegation's phone: what is true on top, what can be done at the bottom. */

import { html, nothing } from "../../vendor/lit.js";
import { mss } from "../clock.js";
import { placeSentence, t, tn } from "../i18n.js";
import { ownClock } from "../own.js";
import { bar, deadlineMark, digits, fill, flag, num, stateMark } from "../parts.js";
import { shape } from "../shapes.js";
import { ask } from "./ask.js";
import { floorLine, lastKnown, nameOf, openNames, plainButton, reconnectActions, sendButton } from "./controls.js";
import { forecast, span } from "./place.js";

/** @typedef {import("../page.js").Page} Page */
/** @typedef {import("./place.js").Situation} Situation */
/** @typedef {import("./place.js").Place} Place */

/**
 * What the person holding this phone is about to do: for whom to ask ("" in the own name, else a group),
 * whether to ask again while waiting, the request to withdraw if it is meant, a tap on its way (and why it is
 * still on it), and what was refused.
 * @typedef {{as: string, again: boolean, leaving: string | null,
 *            sending: {what: "ask" | "withdraw" | "finish", held: string | null} | null, refused: string | null}} Intent
 * @typedef {{ask: (as: string) => void, chooseAs: (as: string) => void, askAgain: (again: boolean) => void,
 *            leave: (request: string | null) => void, withdraw: (request: string) => void, finish: () => void,
 *            reconnect: () => void}} Actions
 * @typedef {{page: Page, situation: Situation, intent: Intent, actions: Actions, now: number}} Frame
 * @typedef {{call?: boolean, body: unknown, thumb: unknown}} Screen
 */

/** A list as long as this is shown whole; of a longer one its beginning, and the last before the own place. */
const SHOWN_WHOLE = 5;
const SHOWN_FIRST = 2;

/** The screen that goes with a situation. @returns {Screen} */
export function screenFor(/** @type {Frame} */ frame) {
  switch (frame.situation.screen) {
    case "floor":
      return floor(frame);
    case "thanked":
      return thanked(frame);
    case "next":
      return next(frame);
    case "waiting":
      return frame.intent.again ? ask(frame) : waiting(frame);
    case "ask":
      return ask(frame);
    case "closed":
      return closed(frame);
    case "suspended":
      return suspended(frame);
    default:
      return still(frame);
  }
}

function waiting(/** @type {Frame} */ frame) {
  const { page, situation, now } = frame;
  const { place, request } = situation.places[0];
  const view = /** @type {import("../store.js").View} */ (page.store.view);
  return {
    body: html`
      <div class="mid">
        ${lastKnown(page)}
        <p class="state small plain" data-state="open">${shape("ring")}${onTheList(request)}</p>
        <h1>${placeSentence(place)}</h1>
        <p class="lead">${whenLead(page, forecast(view, place, now), now)}</p>
      </div>
      ${floorLine(frame)}
      ${before(page, situation.places)} ${askAgainButton(frame)}
    `,
    thumb: placeActions(frame),
  };
}

function onTheList(/** @type {Place["request"]} */ request) {
  return request?.number
    ? html`<span>${fill(t("On the list · number {number}"), { number: request.number })}</span>`
    : t("On the list");
}

function whenLead(/** @type {Page} */ { programme }, /** @type {number} */ wait, /** @type {number} */ now) {
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
  const view = /** @type {import("../store.js").View} */ (store.view);
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

function next(/** @type {Frame} */ frame) {
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

/** What can be done with a place: give it up, after a second thought. */
function placeActions(/** @type {Frame} */ { page, situation, intent, actions }) {
  const lost = page.store.connection === "lost";
  const requests = situation.places.flatMap(({ request }) => (request ? [request] : []));
  const leaving = requests.find(({ id }) => id === intent.leaving);
  if (leaving) {
    return html`
      <p class="note">${t("Your place is given up for good.")}</p>
      <div class="pair">
        <button type="button" class="button" @click=${() => actions.leave(null)}>${t("Keep my place")}</button>
        ${plainButton(intent, "withdraw", t("Yes, withdraw"), () => actions.withdraw(leaving.id))}
      </div>
    `;
  }
  return html`
    <div class=${lost || requests.length > 1 ? "pair" : nothing}>
      ${lost ? html`<button type="button" class="button" @click=${actions.reconnect}>${t("Try again now")}</button>` : nothing}
      ${requests.map((request) => html`<button type="button" class="button" @click=${() => actions.leave(request.id)}>
        ${requests.length === 1 ? t("Withdraw") : t("Withdraw: {name}", { name: nameOf(page, request.group) })}
      </button>`)}
    </div>
    ${lost ? html`<p class="note">${t("If your phone does not come back, raise your nameplate.")}</p>` : nothing}
  `;
}

/** Beside its own statement a delegation may wait for one on behalf of a group, and the other way round. */
function askAgainButton(/** @type {Frame} */ { page, situation, actions }) {
  const { store } = page;
  if (store.connection === "lost" || !store.view?.list.open || !openNames(page).length) return nothing;
  const forItself = situation.places.some(({ request }) => request?.group === null);
  const words = forItself ? t("Ask on behalf of a group as well") : t("Ask in your own name as well");
  return html`<button type="button" class="button quiet also" @click=${() => actions.askAgain(true)}>${words}</button>`;
}

function floor(/** @type {Frame} */ { page, situation, intent, actions }) {
  return {
    body: ownClock(page, /** @type {import("../clock.js").Reading} */ (situation.reading)),
    thumb: sendButton(intent, "finish", t("I have finished"), actions.finish),
  };
}

function thanked(/** @type {Frame} */ { page, situation }) {
  const last = /** @type {import("../store.js").Last} */ (page.store.view?.last);
  const expired = last.outcome === "time-expired";
  const used = Math.min(last.used, last.allowance);
  return {
    body: html`
      <div class="own" data-state=${expired ? "time" : "ended"}>
        <h1 class="state">${expired ? html`${shape("square")}${t("Time")}` : html`${shape("dash")}${t("Thank you")}`}</h1>
        ${expired ? html`${digits(0, t("Your remaining speaking time"))} ${situation.reading && bar(situation.reading)}` : nothing}
        <p class="lead">
          ${fill(t("You spoke for {used} of {limit}."), { used: num(mss(used)), limit: num(mss(last.allowance)) })}
          ${t("The floor is with the chair again.")}
        </p>
      </div>
    `,
    thumb: nothing,
  };
}

function closed(/** @type {Frame} */ frame) {
  const { page, actions } = frame;
  const lost = page.store.connection === "lost";
  return {
    body: html`
      <div class="mid">
        ${lastKnown(page)}
        <p class="state small" data-state="closed">${stateMark("closed")}</p>
        <h1>${t("The list of speakers is closed")}</h1>
        <p class="lead">${page.store.view?.list.length ? t("Those already on it will be heard. The chair may open it again; this screen will say so.") : t("This screen will say when you can ask for the floor.")}</p>
      </div>
      ${floorLine(frame)}
    `,
    thumb: lost ? reconnectActions(actions) : nothing,
  };
}

function suspended(/** @type {Frame} */ frame) {
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

/** The screens on which nothing can be done: before, between, after, and without a seat. */
function still(/** @type {Frame} */ { page, situation, actions }) {
  const { programme, store } = page;
  const words = stillWords(page, situation.screen);
  return {
    body: html`
      ${programme.document.title ? html`<p class="title">${programme.document.title}</p>` : nothing}
      <div class="mid">
        ${lastKnown(page)}
        ${words.state ? html`<p class="state small" data-state="closed">${shape("dash")}${words.state}</p>` : nothing}
        <h1>${words.sentence}</h1>
        <p class="lead">${words.lead}</p>
      </div>
    `,
    thumb: store.connection === "lost" ? reconnectActions(actions) : nothing,
  };
}

/** @param {Page} page @param {import("./place.js").Screen} screen */
function stillWords({ programme, store, boot }, screen) {
  const { starts, place } = programme.document;
  switch (screen) {
    case "refused":
      return { state: "", sentence: t("This phone is no longer connected"), lead: store.refusal?.message ?? "" };
    case "loading":
      return { state: "", sentence: boot.name, lead: t("Connecting…") };
    case "scheduled":
      return {
        state: t("Not open yet"),
        sentence: t("The dialogue has not begun"),
        lead: fill(t("It is planned for {time}, {place}. This screen will say when you can ask for the floor."), {
          time: html`<strong>${num(programme.timeOfDay(starts))}</strong>`,
          place,
        }),
      };
    case "between":
      return {
        state: t("Not open yet"),
        sentence: t("The dialogue is open"),
        lead: t("This screen will say when you can ask for the floor."),
      };
    default:
      return { state: t("Closed"), sentence: t("The dialogue is closed"), lead: t("Thank you for taking part.") };
  }
}
