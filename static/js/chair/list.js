// @ts-check
/** The list of speakers as the bureau sees and orders it. */

import { html, nothing, repeat } from "../../vendor/lit.js";
import { mss } from "../clock.js";
import { t } from "../i18n.js";
import { fill, flag, num } from "../parts.js";
import { printPaper } from "../print.js";
import { icon, shape } from "../shapes.js";
import { plannedEnd } from "./day.js";
import { limitForAll, reached } from "./forecast.js";
import { mayAdd } from "./keyboard.js";
import { DISCUSSIONS } from "./next.js";
import { behalfOf, kindWord, minutesWord, secondLine, waitingWord } from "./words.js";

/** @typedef {import("./ui.js").Scene} Scene */
/** @typedef {import("../store.js").Entry} Entry */

const MINUTE = 60_000;

/** Pages of the list that a key moves by would hide what happens: an entry goes one place at a time. */
const STEP = { ArrowUp: -1, ArrowDown: 1 };

/** The list with its header; what stands in its place while nobody waits. */
export function listPart(/** @type {Scene} */ scene) {
  const { entries } = scene.view.list;
  return html`<section class="list ${entries.length === 0 ? "shut" : ""}" aria-label=${t("List of speakers")}>
    ${header(scene)} ${entries.length === 0 ? blank(scene) : table(scene)}
  </section>`;
}

function header(/** @type {Scene} */ { page, view, ui, acts, directs }) {
  const { open, length } = view.list;
  const going = mayAdd(view);
  return html`<header>
    <h2>${t("List of speakers")}</h2>
    <span class="is-open ${open ? "" : "shut"}">${shape(open ? "ring" : "dash")}${open ? t("Open") : t("Closed")}</span>
    <span class="count">${length > 0 ? waitingWord(length) : nothing}</span>
    <div class="end">
      <a
        class="icon-button"
        href=${page.boot.urls.paper}
        target="_blank"
        aria-label=${t("Print list and record")}
        title=${t("Print list and record")}
        @click=${(/** @type {Event} */ event) => printPaper(page.boot.urls.paper, event)}
        >${icon("printer")}</a
      >
      ${
        directs
          ? html`<button
                type="button"
                class="button quiet"
                aria-disabled=${going ? nothing : "true"}
                @click=${() => going && ui.open("add")}
              >
                ${icon("plus")}${t("Add")}<kbd>A</kbd>
              </button>
              <button
                type="button"
                class="button"
                aria-disabled=${going ? nothing : "true"}
                @click=${() => going && acts.setList(!open)}
              >
                ${open ? t("Close the list") : t("Open the list")}
              </button>`
          : nothing
      }
    </div>
  </header>`;
}

function table(/** @type {Scene} */ scene) {
  const { view, programme, now, expected } = scene;
  const { entries } = view.list;
  const end = plannedEnd(programme.document, view, now);
  const inTime = reached(expected, end, now);
  return html`<div class="columns" aria-hidden="true">
      <span></span><span></span><span>${t("Delegation")}</span><span>${t("Kind")}</span><span></span><span>${t("No.")}</span>
      <span>${t("Waits")}</span><span>${t("Limit")}</span><span>${t("About")}</span><span></span>
    </div>
    <ol class="entries" aria-label=${t("Requests, in order")}>
      ${repeat(
        entries,
        (/** @type {Entry} */ { id }) => id,
        (/** @type {Entry} */ entry, /** @type {number} */ place) =>
          html`${place === inTime && end !== null ? cut(scene, entries.length - inTime, end) : nothing}
          ${row(scene, entry, place, place >= inTime)}`,
      )}
    </ol>`;
}

/** @param {Scene} scene @param {Entry} entry @param {number} place @param {boolean} beyond */
function row(scene, entry, place, beyond) {
  const { page, view, programme, now, expected, ui, directs } = scene;
  const { name, initials, picture, group } = programme.voice(entry);
  const second = secondLine(behalfOf(group, page.boot.lang), view.heard[entry.delegation] ?? 0);
  const stop = ui.current === entry.id ? "0" : "-1";
  return html`<li
    class="entry ${place === 0 ? "up-next" : ""} ${beyond ? "beyond" : ""}"
    data-entry=${entry.id}
    tabindex="0"
    aria-label=${t("{place}. {name}", { place: place + 1, name })}
    @focusin=${() => ui.stand(entry.id)}
    @keydown=${(/** @type {KeyboardEvent} */ event) => pressed(event, scene, entry, place)}
  >
    <span class="pos">${num(place + 1)}</span>
    ${flag(initials, picture)}
    <div class="who ${second ? "two" : ""}"><strong>${name}</strong>${second ? html`<small>${second}</small>` : nothing}</div>
    <span class="kind">${kindWord(programme.delegation(entry.delegation).category)}</span>
    <span class="mark">${entry.first ? html`<span class="badge first">${t("First time")}</span>` : nothing}</span>
    <span class="num arrived"><span class="hidden">${t("asked as number")} </span>${num(entry.number)}</span>
    <span class="num wait"><span class="hidden">${t("waits")} </span>${minutesWord(waits(entry, now))}</span>
    <span class="num limit"><span class="hidden">${t("limit")} </span>${num(mss(entry.limit))}</span>
    <span class="num when"
      ><span class="hidden">${t("expected about")} </span>${num(programme.timeOfDay(expected.starts[place]))}</span
    >
    <span class="do">
      ${
        directs
          ? html`${mover(scene, entry, place, -1, t("Move up: {name}", { name }), stop)}
            ${mover(scene, entry, place, 1, t("Move down: {name}", { name }), stop)}`
          : nothing
      }
      <button
        type="button"
        class="icon-button more"
        tabindex=${stop}
        data-do="more"
        aria-haspopup="menu"
        aria-label=${t("More for {name}", { name })}
        @click=${(/** @type {Event} */ event) => ui.openMenu({ of: "entry", id: entry.id }, /** @type {Element} */ (event.currentTarget))}
      >
        ${icon("more")}
      </button>
    </span>
  </li>`;
}

/**
 * @param {Scene} scene @param {Entry} entry @param {number} place @param {-1 | 1} by @param {string} label @param {string} stop
 */
function mover({ view, acts }, entry, place, by, label, stop) {
  const target = place + by;
  const possible = target >= 0 && target < view.list.entries.length;
  return html`<button
    type="button"
    class="icon-button"
    tabindex=${stop}
    data-do=${by < 0 ? "up" : "down"}
    aria-label=${label}
    aria-disabled=${possible ? nothing : "true"}
    @click=${() => acts.move(entry, target)}
  >
    ${icon(by < 0 ? "up" : "down")}
  </button>`;
}

/**
 * Keys of the entry that has the focus itself: arrows move it, Enter opens what can be done.
 * @param {KeyboardEvent} event @param {Scene} scene @param {Entry} entry @param {number} place
 */
function pressed(event, { acts, ui, directs }, entry, place) {
  if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "ArrowUp" || event.key === "ArrowDown") {
    event.preventDefault();
    if (directs && ui.keys) acts.move(entry, place + STEP[event.key]);
  } else if (event.key === "Enter") {
    event.preventDefault();
    ui.openMenu({ of: "entry", id: entry.id }, /** @type {Element} */ (event.currentTarget).querySelector(".more"));
  }
}

/**
 * Between the last one reached and the first one not.
 * @param {Scene} scene @param {number} unreached @param {number} end
 */
function cut({ view, programme, expected }, unreached, end) {
  const limit = limitForAll(view.list.entries, expected, end);
  const time = programme.timeOfDay(end);
  return html`<li class="cut">
    <strong>${shape("triangle")}<span>${fill(t("{n} will not be reached before {time}"), { n: unreached, time })}</span></strong>
    ${limit === null ? nothing : html`<span>${fill(t("A limit of {limit} would let everyone speak"), { limit: mss(limit) })}</span>`}
  </li>`;
}

function waits(/** @type {Entry} */ entry, /** @type {number} */ now) {
  return Math.max(0, Math.floor((now - entry.asked_at) / MINUTE));
}

function blank(/** @type {Scene} */ scene) {
  const { view, directs } = scene;
  const { title, words } = blankWords(view, directs);
  return html`<div class="blank">
      ${shape(view.list.open ? "ring" : "dash")}<strong>${title}</strong>
      <p>${words}</p>
    </div>
    ${view.dialogue.phase === "scheduled" ? readiness(scene) : nothing}`;
}

/** @param {Scene["view"]} view @param {boolean} directs */
function blankWords({ dialogue, list, segment }, directs) {
  if (dialogue.phase === "closed")
    return {
      title: t("The dialogue is closed"),
      words: t("Everyone on the list was heard, withdrew, or is noted as not reached."),
    };
  if (list.open)
    return {
      title: t("Nobody has asked yet"),
      words: t("The list is open. Phones show “Ask for the floor”, with the limit."),
    };
  const title = t("The list is closed");
  if (!segment) return { title, words: t("Nobody can ask for the floor yet. Phones show when the dialogue begins.") };
  return {
    title,
    words: directs
      ? t("Nobody can ask for the floor now. Phones say that the list is closed. You may add a delegation yourself.")
      : t("Nobody can ask for the floor now. Phones say that the list is closed."),
  };
}

/** Before the first gavel: what is in order, and what is not yet. */
function readiness(/** @type {Scene} */ { page, view, programme, me, directs }) {
  const { segments, persons, delegations } = programme.document;
  const { rules } = segments.find(({ kind }) => DISCUSSIONS.includes(kind)) ?? segments[0] ?? {};
  const enforced = rules?.enforcement === "automatic";
  return html`<div class="ready">
    <h3 class="label">${t("Ready?")}</h3>
    <ul class="checks">
      ${check(
        page.store.connection === "connected",
        t("This screen is connected"),
        t("It shows the server's second, whatever this device's own clock says."),
      )}
      ${check(
        segments.length > 0,
        t("The programme is here"),
        t("{parts} parts, {people} persons, {delegations} delegations that may ask.", {
          parts: segments.length,
          people: Object.keys(persons).length,
          delegations: Object.keys(delegations).length,
        }),
      )}
      ${check(
        true,
        t("A statement has {limit}", { limit: mss(rules?.limits.national ?? 0) }),
        enforced ? t("At the limit the server takes the floor back.") : t("At the limit the clock goes on and says so."),
      )}
      ${check(
        view.gavel !== null,
        t("Somebody presides"),
        view.gavel === me ? t("You hold the gavel.") : t("Take the gavel, so that all see who presides."),
      )}
    </ul>
    ${directs && !page.boot.rehearsal && !page.store.rehearsal
      ? html`<form class="rehearse" method="post" action="/s/${page.boot.seat}/rehearsal">
          <p>${t("Try it out beforehand: the same links and cards lead into a rehearsal, and nothing of it is kept.")}</p>
          <button type="submit" class="button">${t("Begin a rehearsal")}</button>
        </form>`
      : nothing}
  </div>`;
}

/** @param {boolean} done @param {string} words @param {string} more */
function check(done, words, more) {
  return html`<li class=${done ? "" : "todo"}>
    ${done ? icon("check") : shape("triangle")}<span>${words}<small>${more}</small></span
    ><span class="hidden">${done ? t("in order") : t("not yet")}</span>
  </li>`;
}
