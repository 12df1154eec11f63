// @ts-check
/** The list of speakers as the bureau sees and orders it. */

import { html, nothing, repeat } from "../../vendor/lit.js";
import { mss } from "../clock.js";
import { t, tn } from "../i18n.js";
import { fill, flag, num } from "../parts.js";
import { printPaper } from "../print.js";
import { icon, shape } from "../shapes.js";
import { beneathList } from "./beneath.js";
import { openList } from "./closing.js";
import { beginDrag } from "./drag.js";
import { mayAdd } from "./keyboard.js";
import { openOrder } from "./order.js";
import { roundWord } from "./questions.js";
import { readiness } from "./ready.js";
import { limitForAll } from "./rules.js";
import { kindWord, minutesWord, secondLine, speakerLine, waitingWord } from "./words.js";

/** @typedef {import("./ui.js").Scene} Scene */
/** @typedef {import("../store.js").Entry} Entry */

const MINUTE = 60_000;

/** Pages of the list that a key moves by would hide what happens: an entry goes one place at a time. */
const STEP = { ArrowUp: -1, ArrowDown: 1 };

/** The list with its header; what stands in its place while nobody waits. */
export function listPart(/** @type {Scene} */ scene) {
  const { entries } = scene.view.list;
  return html`<section class="list ${entries.length === 0 ? "shut" : ""}" aria-label=${t("List of speakers")}>
    ${header(scene)} ${entries.length === 0 ? blank(scene) : table(scene)} ${beneathList(scene)}
  </section>`;
}

function header(/** @type {Scene} */ scene) {
  const { page, view, ui, directs } = scene;
  const { open, length } = view.list;
  const going = mayAdd(view);
  return html`<header>
    <div class="headline">
      <h2>${t("List of speakers")}</h2>
      <span class="is-open ${open ? "" : "shut"}">${shape(open ? "ring" : "dash")}${open ? t("Open") : t("Closed")}</span>
      ${about(scene, length)}
    </div>
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
                aria-disabled=${length > 1 ? nothing : "true"}
                @click=${() => length > 1 && openOrder(scene)}
              >
                ${icon("order")}${t("Propose an order")}<kbd>V</kbd>
              </button>
              <button
                type="button"
                class="button quiet"
                aria-disabled=${going ? nothing : "true"}
                @click=${() => going && ui.open("add")}
              >
                ${icon("plus")}${t("Add")}<kbd>A</kbd>
              </button>
              ${open
                ? html`<button type="button" class="button" aria-haspopup="dialog" @click=${() => ui.open("closing")}>
                    ${t("Close the list")}<kbd>C</kbd>
                  </button>`
                : html`<button
                    type="button"
                    class="button"
                    aria-disabled=${going ? nothing : "true"}
                    @click=${() => going && openList(scene)}
                  >
                    ${t("Open the list")}
                  </button>`}
              <button
                type="button"
                class="icon-button"
                aria-haspopup="menu"
                aria-label=${t("More for the list")}
                @click=${(/** @type {Event} */ event) => ui.openMenu({ of: "list" }, /** @type {Element} */ (event.currentTarget))}
              >
                ${icon("more")}
              </button>`
          : nothing
      }
    </div>
  </header>`;
}

/** How many wait, when the list closes, whether the hall sees it, how far the round is. @param {Scene} scene @param {number} length */
function about({ view, programme, now }, length) {
  const { closes_at, hidden } = view.list;
  const parts = [
    length > 0 ? waitingWord(length) : null,
    closes_at && closes_at > now ? fill(t("closes at {time}"), { time: programme.timeOfDay(closes_at) }) : null,
    hidden ? html`<strong>${t("hidden from the hall")}</strong>` : null,
    view.round ? roundWord(view.round) : null,
  ].filter(Boolean);
  return html`<span class="count ${parts.length > 1 ? "many" : ""}">${parts.map((part, index) => html`${index > 0 ? " · " : nothing}${part}`)}</span>`;
}

function table(/** @type {Scene} */ scene) {
  const { view, expected } = scene;
  const entries = /** @type {import("./next.js").BureauEntry[]} */ (view.list.entries);
  const inTime = expected.cut ?? entries.length;
  return html`<div class="columns" aria-hidden="true">
      <span></span><span></span><span>${t("Delegation")}</span><span>${t("Kind")}</span><span></span><span>${t("No.")}</span>
      <span>${t("Waits")}</span><span>${t("Limit")}</span><span>${t("About")}</span><span></span>
    </div>
    <ol class="entries" aria-label=${t("Requests, in order")}>
      ${repeat(
        entries,
        (/** @type {Entry} */ { id }) => id,
        (/** @type {Entry} */ entry, /** @type {number} */ place) =>
          html`${place === inTime ? cut(scene, entries.length - inTime) : nothing}
          ${place === expected.interpretationCut ? interpreted(scene, place, inTime) : nothing}
          ${row(scene, entry, place, place >= inTime)}`,
      )}
    </ol>`;
}

/** @param {Scene} scene @param {import("./next.js").BureauEntry} entry @param {number} place @param {boolean} beyond */
function row(scene, entry, place, beyond) {
  const { page, view, programme, now, expected, ui, directs } = scene;
  const { name, initials, picture } = programme.voice(entry);
  const second = secondLine(entry, programme, page.boot.lang, view.heard[entry.delegation] ?? 0);
  const whom = speakerLine(entry.details, page.texts, page.boot.lang);
  const gist = page.texts.of(entry.details?.gist);
  const { dragging } = ui;
  const dropped = dragging && dragging.place === place && dragging.id !== entry.id;
  const from = dragging ? view.list.entries.findIndex(({ id }) => id === dragging.id) : -1;
  const stop = ui.current === entry.id ? "0" : "-1";
  return html`<li
    class="entry ${place === 0 ? "up-next" : ""} ${beyond ? "beyond" : ""} ${dragging?.id === entry.id ? "dragged" : ""} ${dropped ? (from < place ? "drop-after" : "drop-before") : ""}"
    data-entry=${entry.id}
    tabindex="0"
    aria-label=${t("{place}. {name}", { place: place + 1, name })}
    @focusin=${() => ui.stand(entry.id)}
    @keydown=${(/** @type {KeyboardEvent} */ event) => pressed(event, scene, entry, place)}
  >
    <span
      class="pos ${directs ? "handle" : ""}"
      title=${directs ? t("Drag to move") : nothing}
      @pointerdown=${(/** @type {PointerEvent} */ event) => directs && beginDrag(event, scene, entry, place)}
      >${num(place + 1)}</span
    >
    ${flag(initials, picture)}
    <div class="who ${second || whom ? "two" : ""}"><strong>${name}</strong>${second ? html`<small>${second}</small>` : nothing}${
      whom || entry.details?.text
        ? html`<small class="whom">${whom}${entry.details?.text ? html`<span class="has-text">${icon("note")}${t("text")}</span>` : nothing}</small>`
        : nothing
    }${gist ? html`<small class="gist" dir="auto" lang="">${gist}</small>` : nothing}</div>
    <span class="kind">${kindWord(programme.delegation(entry.delegation).category)}</span>
    <span class="mark">${entry.first ? html`<span class="badge first">${t("First time")}</span>` : nothing}</span>
    <span class="num arrived"><span class="hidden">${t("asked as number")} </span>${num(entry.number)}</span>
    <span class="num wait"><span class="hidden">${t("waits")} </span>${minutesWord(waits(entry, now))}</span>
    <span class="num limit"><span class="hidden">${t("limit")} </span>${num(mss(entry.limit))}</span>
    <span class="num when"
      ><span class="hidden">${t("expected about")} </span>${expected.starts[place] === undefined ? nothing : num(programme.timeOfDay(expected.starts[place]))}</span
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

/** Between the last one reached and the first one not, with the one press that lets all speak. @param {Scene} scene @param {number} unreached */
function cut(scene, unreached) {
  const { view, programme, expected, directs } = scene;
  const time = programme.timeOfDay(/** @type {number} */ (expected.end));
  const { fits } = expected;
  const remedy = fits === null ? null : fill(tn("{limit} lets the one who waits speak", "{limit} each lets all {n} speak", view.list.length), { limit: mss(fits), n: view.list.length });
  return html`<li class="cut">
    <strong>${shape("triangle")}<span>${fill(t("{n} will not be reached before {time}"), { n: unreached, time })}</span></strong>
    ${remedy === null
      ? html`<span>${t("No limit of a minute or more would reach all")}</span>`
      : directs && fits !== null
        ? html`<button type="button" class="button" data-do="remedy" @click=${() => limitForAll(scene, fits)}>${remedy}</button>`
        : html`<span>${remedy}</span>`}
  </li>`;
}

/** Where interpretation ends, when that is before the planned end. @param {Scene} scene @param {number} place @param {number} inTime */
function interpreted({ programme, expected }, place, inTime) {
  const { interpretationEnd, end } = expected;
  if (interpretationEnd === null || (end !== null && end <= interpretationEnd && place >= inTime)) return nothing;
  return html`<li class="cut service">
    <strong>${shape("dash")}<span>${fill(t("Interpretation ends at {time}"), { time: programme.timeOfDay(interpretationEnd) })}</span></strong>
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
