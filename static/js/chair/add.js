// @ts-check
/** The sheet "Add a request": a delegation whose nameplate is up is found by a few letters and put on the list. */

import { html, live, nothing } from "../../vendor/lit.js";
import { t } from "../i18n.js";
import { flag } from "../parts.js";
import { findDelegations } from "./search.js";
import { sheet } from "./sheet.js";
import { NONE } from "./ui.js";
import { behalfOf, kindWord } from "./words.js";

/** @typedef {import("./ui.js").Scene} Scene */

/** Kinds of delegation that may speak on behalf of a group of States. */
const REPRESENTING = ["member-state", "observer-state", "observer-organization"];

/** Search, choose with the arrows, Enter: three keys after A for most delegations. */
export function addSheet(/** @type {Scene} */ scene) {
  return sheet(scene.ui, "add", t("Add a request"), () => form(scene));
}

function form(/** @type {Scene} */ scene) {
  const { ui, programme, page } = scene;
  const { adding } = ui;
  const found = findDelegations(programme.document, adding.typed);
  const chosen = found[Math.min(adding.chosen, found.length - 1)];
  const groups = Object.entries(programme.document.groups);
  const represents = chosen !== undefined && REPRESENTING.includes(programme.delegation(chosen).category);
  return html`<form
      class="body"
      id="adding"
      @submit=${(/** @type {Event} */ event) => {
        event.preventDefault();
        if (chosen) submit(scene, chosen, represents ? adding.group || null : null);
      }}
    >
      <label class="field"
        ><span class="label">${t("Delegation")}</span>
        <input
          type="text"
          role="combobox"
          autocomplete="off"
          spellcheck="false"
          aria-autocomplete="list"
          aria-expanded="true"
          aria-controls="found"
          aria-activedescendant=${chosen ? `found-${chosen}` : nothing}
          .value=${live(adding.typed)}
          @input=${(/** @type {Event} */ event) => {
            Object.assign(adding, { ...typedIn(event), problem: "" });
            page.redraw();
          }}
          @keydown=${(/** @type {KeyboardEvent} */ event) => choose(event, scene, found.length)}
        />
      </label>
      <ul class="found" id="found" role="listbox" aria-label=${t("Delegations")}>
        ${found.map((code, index) => option(scene, code, index, code === chosen))}
        ${found.length === 0 ? noneFound() : nothing}
      </ul>
      <label class="field"
        ><span class="label">${t("Speaks")}</span>
        <select
          .value=${live(adding.group)}
          ?disabled=${!represents}
          @change=${(/** @type {Event} */ event) => {
            adding.group = /** @type {HTMLSelectElement} */ (event.target).value;
            page.redraw();
          }}
        >
          <option value="">${t("for itself")}</option>
          ${groups.map(([code, { name }]) => html`<option value=${code}>${behalfOf(name, page.boot.lang)}</option>`)}
        </select>
      </label>
    </form>
    <footer>
      ${adding.problem ? html`<p class="problem" role="alert">${adding.problem}</p>` : nothing}
      <button type="button" class="button quiet" @click=${() => ui.open(null)}>${t("Cancel")} <kbd>Esc</kbd></button>
      <button type="submit" form="adding" class="button primary" aria-disabled=${chosen ? nothing : "true"}>
        ${chosen ? t("Add {name}", { name: programme.delegation(chosen).name }) : t("Add")} <kbd>↵</kbd>
      </button>
    </footer>`;
}

function noneFound() {
  return html`<li class="found-none" role="option" aria-disabled="true" aria-selected="false">
    ${t("No delegation has this name.")}
  </li>`;
}

/** @param {Scene} scene @param {string} code @param {number} index @param {boolean} selected */
function option({ programme, view, ui, page }, code, index, selected) {
  const { name, initials, picture, category } = programme.delegation(code);
  const waiting = view.list.entries.some((entry) => entry.delegation === code);
  const speaking = view.floor?.delegation === code;
  return html`<li
    role="option"
    id="found-${code}"
    aria-selected=${selected ? "true" : "false"}
    @click=${() => {
      ui.adding.chosen = index;
      page.redraw();
    }}
  >
    ${flag(initials, picture)}<span>${name}</span>
    <small>${speaking ? t("has the floor") : waiting ? t("already on the list") : kindWord(category)}</small>
  </li>`;
}

/** What was typed, and with it the best of those found. */
function typedIn(/** @type {Event} */ event) {
  const typed = /** @type {HTMLInputElement} */ (event.target).value;
  return { typed, chosen: typed.trim() ? 0 : NONE };
}

/** @param {KeyboardEvent} event @param {Scene} scene @param {number} count */
function choose(event, { ui, page }, count) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by === undefined || count === 0) return;
  event.preventDefault();
  const from = ui.adding.chosen === NONE && by < 0 ? 0 : ui.adding.chosen;
  ui.adding.chosen = (Math.min(from, count - 1) + by + count) % count;
  page.redraw();
  setTimeout(() => document.querySelector("#found [aria-selected=true]")?.scrollIntoView({ block: "nearest" }));
}

/** @param {Scene} scene @param {string} code @param {string | null} group */
async function submit({ acts, ui, page }, code, group) {
  const version = await acts.add(code, group);
  if (version !== null) {
    ui.open(null);
    return;
  }
  ui.adding.problem = acts.toast?.text ?? "";
  page.redraw();
}
