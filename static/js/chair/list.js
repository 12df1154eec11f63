// @ts-check
/** The list of speakers as the bureau sees and orders it. */

import { html, nothing, repeat } from "../../vendor/lit.js";
import { mss } from "../clock.js";
import { t, tn } from "../i18n.js";
import { fill } from "../parts.js";
import { printPaper } from "../print.js";
import { icon, shape } from "../shapes.js";
import { beneathList } from "./beneath.js";
import { openList } from "./closing.js";
import { mayAdd } from "./keyboard.js";
import { openOrder } from "./order.js";
import { roundWord } from "./questions.js";
import { readiness } from "./ready.js";
import { row } from "./row.js";
import { limitForAll } from "./rules.js";
import { toldLine } from "./told-line.js";
import { waitingWord } from "./words.js";

/** @typedef {import("./ui.js").Scene} Scene */
/** @typedef {import("../store.js").Entry} Entry */

/** The list with its header; what stands in its place while nobody waits. */
export function listPart(/** @type {Scene} */ scene) {
  const { entries } = scene.view.list;
  return html`<section class="list ${entries.length === 0 ? "shut" : ""}" aria-label=${t("List of speakers")}>
    ${header(scene)} ${toldLine(scene)} ${entries.length === 0 ? blank(scene) : table(scene)} ${beneathList(scene)}
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
          : html`<button
              type="button"
              class="button quiet"
              aria-haspopup="dialog"
              aria-disabled=${view.segment === null ? "true" : nothing}
              @click=${() => view.segment !== null && ui.open("questions")}
            >
              ${icon("note")}${t("Questions to the panel")}<kbd>Q</kbd>
            </button>`
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
