// @ts-check
/** One entry of the list: who, what for, how long, about when; moved by its handle, its buttons or the arrows. */

import { html, nothing } from "../../vendor/lit.js";
import { mss } from "../clock.js";
import { t } from "../i18n.js";
import { flag, num } from "../parts.js";
import { icon } from "../shapes.js";
import { beginDrag } from "./drag.js";
import { kindWord, minutesWord, secondLine, speakerLine } from "./words.js";

/** @typedef {import("./ui.js").Scene} Scene */
/** @typedef {import("../store.js").Entry} Entry */

const MINUTE = 60_000;

/** Pages of the list that a key moves by would hide what happens: an entry goes one place at a time. */
const STEP = { ArrowUp: -1, ArrowDown: 1 };

/** @param {Scene} scene @param {import("./next.js").BureauEntry} entry @param {number} place @param {boolean} beyond */
export function row(scene, entry, place, beyond) {
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

function waits(/** @type {Entry} */ entry, /** @type {number} */ now) {
  return Math.max(0, Math.floor((now - entry.asked_at) / MINUTE));
}
