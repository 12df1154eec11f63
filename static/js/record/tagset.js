// @ts-check
/** The tags of notes; of the one that is being written all there are, beside it or in three lists where there is no room. */

import { html, live, nothing } from "../../vendor/lit.js";
import { t } from "../i18n.js";
import { num } from "../parts.js";
import { KINDS, pointKindWord, STANCES, stanceWord } from "./tags.js";

/** @typedef {import("./outbox.js").Content} Content */
/** @typedef {import("./outbox.js").Shown} Note */
/** @typedef {{id: string, text: string}[]} Themes */
/** @typedef {(change: Partial<Content>) => void} Tag sets or takes off a tag */

/** The tags as three lists. @param {Note | null} draft @param {Themes} themes @param {Tag} tag */
export function pickers(draft, themes, tag) {
  const picker = (
    /** @type {"theme" | "kind" | "stance"} */ name,
    /** @type {string} */ label,
    /** @type {string} */ none,
    /** @type {string[][]} */ choices,
  ) =>
    html`<label
      ><span class="hidden">${label}</span
      ><select @change=${(/** @type {Event} */ event) => tag({ [name]: /** @type {HTMLSelectElement} */ (event.target).value || null })}>
        <option value="" .selected=${live((draft?.[name] ?? null) === null)}>${none}</option>
        ${choices.map(([value, words]) => html`<option value=${value} .selected=${live(draft?.[name] === value)}>${words}</option>`)}
      </select></label
    >`;
  return html`<span class="pickers">
    ${
      themes.length === 0
        ? nothing
        : picker("theme", t("Theme of this note"), t("Theme"), themes.map(({ id, text }, index) => [id, `${index + 1} · ${text}`]))
    }
    ${picker("kind", t("Kind of this note"), t("Kind of point"), KINDS.map(([kind]) => [kind, pointKindWord(kind)]))}
    ${picker("stance", t("Side that this note is on"), t("Side"), STANCES.map(([stance]) => [stance, stanceWord(stance)]))}
  </span>`;
}

/** The tags of a note. @param {Content} note @param {import("../programme.js").Programme} programme */
export function badges({ segment, theme, kind, stance }, programme) {
  const themes = programme.segment(segment)?.themes ?? [];
  const index = themes.findIndex(({ id }) => id === theme);
  return html`${index === -1 ? nothing : html`<span class="badge strong">${t("Theme {n}", { n: index + 1 })}</span>`}
  ${kind === null ? nothing : html`<span class="badge">${pointKindWord(kind)}</span>`}
  ${stance === null ? nothing : html`<span class="badge">${stanceWord(stance)}</span>`}`;
}

export function isUntagged(/** @type {Content} */ { theme, kind }) {
  return theme === null && kind === null;
}

/**
 * The themes, how many notes have each, and that of the note.
 * @param {Note[]} notes of the part @param {Note | null} draft @param {Themes} themes @param {Tag} tag
 */
export function themePanel(notes, draft, themes, tag) {
  if (themes.length === 0) return nothing;
  const chosen = draft?.theme ?? null;
  const count = (/** @type {string | null} */ id) => notes.filter((note) => note.theme === id).length;
  const choice = (/** @type {string | null} */ id, /** @type {string} */ key, /** @type {string} */ text) =>
    html`<label
      ><input type="radio" name="theme" .checked=${live(chosen === id)} @change=${() => tag({ theme: id })} /><kbd>${key}</kbd
      ><span>${text}</span><span class="count">${num(count(id))}</span></label
    >`;
  return html`<fieldset class="panel">
    <legend class="hidden">${t("Theme of this note")}</legend>
    <h2>${t("Theme")} <span class="label">${t("notes so far")}</span></h2>
    <div class="tagset">
      ${themes.map(({ id, text }, index) => choice(id, index < 9 ? String(index + 1) : "", text))} ${choice(null, "0", t("No theme"))}
    </div>
  </fieldset>`;
}

/**
 * The kinds in the same way, and on which side the note is.
 * @param {Note[]} notes of the part @param {Note | null} draft @param {Tag} tag
 */
export function kindPanels(notes, draft, tag) {
  const count = (/** @type {string | null} */ kind) => notes.filter((note) => note.kind === kind).length;
  const choice = (
    /** @type {"kind" | "stance"} */ name,
    /** @type {string | null} */ value,
    /** @type {string} */ key,
    /** @type {string} */ text,
  ) =>
    html`<label
      ><input
        type="radio"
        name=${name}
        .checked=${live((draft?.[name] ?? null) === value)}
        @change=${() => tag({ [name]: value })}
      />${key || name === "kind" ? html`<kbd class=${key ? "" : "none"}>${key}</kbd>` : nothing}<span>${text}</span
      >${name === "kind" ? html`<span class="count">${num(count(value))}</span>` : nothing}</label
    >`;
  return html`<fieldset class="panel">
      <legend class="hidden">${t("Kind of this note")}</legend>
      <h2>${t("Kind of point")} <span class="label">${t("notes so far")}</span></h2>
      <div class="tagset close">
        ${KINDS.map(([kind, key]) => choice("kind", kind, key, pointKindWord(kind)))} ${choice("kind", null, "", t("No kind"))}
      </div>
    </fieldset>
    <fieldset class="panel">
      <legend class="hidden">${t("Side that this note is on")}</legend>
      <h2>${t("Where there are two sides")}</h2>
      <div class="tagset close sides">
        ${STANCES.map(([stance, key]) => choice("stance", stance, key, stanceWord(stance)))} ${choice("stance", null, "", t("No side"))}
      </div>
    </fieldset>`;
}
