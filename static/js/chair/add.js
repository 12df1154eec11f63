// @ts-check
/** The sheet "Add a request": a delegation whose nameplate is up is found by a few letters and put on the list. */

import { html, live, nothing } from "../../vendor/lit.js";
import { t } from "../i18n.js";
import { kindOfRequest } from "../kinds.js";
import { flag } from "../parts.js";
import { findDelegations } from "./search.js";
import { sheet } from "./sheet.js";
import { NONE } from "./ui.js";
import { behalfOf, kindWord } from "./words.js";

/** @typedef {import("./ui.js").Scene} Scene */

/** Kinds of delegation that may speak on behalf of a group of States. */
const REPRESENTING = ["member-state", "observer-state", "observer-organization"];

/** What a raised nameplate may be for. */
const KINDS = ["statement", "question", "right-of-reply", "point-of-order"];

/** Search, choose with the arrows, Enter: three keys after A for most delegations. */
export function addSheet(/** @type {Scene} */ scene) {
  return sheet(scene.ui, "add", t("Add a request"), () => form(scene));
}

function form(/** @type {Scene} */ scene) {
  const { ui, programme, page } = scene;
  const { adding } = ui;
  const found = findDelegations(programme.document, adding.typed);
  const chosen = found[Math.min(adding.chosen, found.length - 1)];
  const represents = chosen !== undefined && REPRESENTING.includes(programme.delegation(chosen).category);
  return html`<form
      class="body"
      id="adding"
      @submit=${(/** @type {Event} */ event) => {
        event.preventDefault();
        if (chosen) submit(scene, chosen, represents);
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
      <div class="pair">
        <label class="field"
          ><span class="label">${t("Asks for")}</span>
          <select .value=${live(adding.kind)} @change=${chosenIn(scene, "kind")}>
            ${KINDS.map((kind) => html`<option value=${kind} ?selected=${kind === adding.kind}>${kindOfRequest(kind)}</option>`)}
          </select>
        </label>
        ${second(scene, represents)}
      </div>
      ${represents && adding.group
        ? html`<label class="check"
            ><input
              type="checkbox"
              .checked=${live(adding.also)}
              @change=${(/** @type {Event} */ event) => {
                adding.also = /** @type {HTMLInputElement} */ (event.target).checked;
                page.redraw();
              }}
            />${t("and for itself as well")}</label
          >`
        : nothing}
    </form>
    <footer>
      ${adding.problem ? html`<p class="problem" role="alert">${adding.problem}</p>` : nothing}
      <button type="button" class="button quiet" @click=${() => ui.open(null)}>${t("Cancel")} <kbd>Esc</kbd></button>
      <button type="submit" form="adding" class="button primary" aria-disabled=${chosen ? nothing : "true"}>
        ${chosen ? t("Add {name}", { name: programme.delegation(chosen).name }) : t("Add")} <kbd>↵</kbd>
      </button>
    </footer>`;
}

/** On whose behalf, to whom, or in reply to what: as the kind needs. @param {Scene} scene @param {boolean} represents */
function second(scene, represents) {
  const { ui, programme, page } = scene;
  const { adding } = ui;
  const select = (/** @type {"group" | "to" | "statement"} */ name, /** @type {string} */ label, /** @type {[string, string][]} */ options, enabled = true) =>
    html`<label class="field"
      ><span class="label">${label}</span>
      <select .value=${live(adding[name])} ?disabled=${!enabled} @change=${chosenIn(scene, name)}>
        ${options.map(([code, words]) => html`<option value=${code} ?selected=${code === adding[name]}>${words}</option>`)}
      </select>
    </label>`;
  if (adding.kind === "right-of-reply") return select("statement", t("Replies to"), statements(scene));
  if (adding.kind === "question") return select("to", t("To"), panel(scene).map((person) => [person, programme.person(person).name]));
  if (adding.kind === "point-of-order") return html`<p class="label">${t("It is shown at once; the floor is given with O.")}</p>`;
  const groups = Object.entries(programme.document.groups).map(([code, { name }]) => /** @type {[string, string]} */ ([code, behalfOf(name, page.boot.lang)]));
  return select("group", t("Speaks"), [["", t("for itself")], ...groups], represents);
}

/** Who may be asked: the speakers of this part, then those of others. @param {Scene} scene */
function panel({ programme, view }) {
  const here = programme.segment(view.segment?.id ?? "")?.speakers ?? [];
  return [...new Set([...here, ...programme.document.segments.flatMap(({ speakers }) => speakers)])];
}

/** The turns to which one may reply, the last one first. @param {Scene} scene @returns {[string, string][]} */
function statements({ view, programme }) {
  return view.statements.map((turn) => [turn.id, `${programme.voice(turn).name} · ${programme.timeOfDay(turn.given_at)}`]);
}

/** @param {Scene} scene @param {"kind" | "group" | "to" | "statement"} name */
function chosenIn({ ui, page }, name) {
  return (/** @type {Event} */ event) => {
    ui.adding[name] = /** @type {HTMLSelectElement} */ (event.target).value;
    ui.adding.problem = "";
    page.redraw();
  };
}

/** What is sent: only what the kind has. @param {Scene} scene @param {string} delegation @param {boolean} represents */
function fieldsOf(scene, delegation, represents) {
  const { view, ui } = scene;
  const { kind, group, also, to, statement } = ui.adding;
  const fields = { segment: view.segment?.id, kind, delegation };
  if (kind === "question") return { ...fields, to: to || panel(scene)[0] };
  if (kind === "right-of-reply") return { ...fields, statement: statement || statements(scene)[0]?.[0] };
  if (kind === "statement" && represents && group) return { ...fields, group, also_national: also };
  return fields;
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

/** @param {Scene} scene @param {string} code @param {boolean} represents */
async function submit(scene, code, represents) {
  const { acts, ui, page, programme } = scene;
  const { name } = programme.delegation(code);
  const done = { "right-of-reply": t("{name} has a right of reply", { name }), "point-of-order": t("Point of order: {name}", { name }) };
  const version = await acts.send("request-floor", fieldsOf(scene, code, represents), done[ui.adding.kind] ?? t("{name} is on the list", { name }));
  if (version !== null) {
    ui.open(null);
    return;
  }
  ui.adding.problem = acts.toast?.text ?? "";
  page.redraw();
}
