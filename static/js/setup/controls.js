// @ts-check
/** The controls of the set-up: each bound to a path of the draft, each with what is wrong with it. */

import { html, live, nothing } from "../../vendor/lit.js";
import { t } from "../i18n.js";
import { icon } from "../shapes.js";
import { spell } from "./draft.js";

/**
 * @typedef {import("./draft.js").Path} Path
 * @typedef {{code: string, name: string, category: string, region: string | null, flag: string}} Known
 * @typedef {{page: import("../page.js").Page, draft: import("./draft.js").Draft,
 *            catalogue: {delegations: Known[], groups: {code: string, name: string}[]},
 *            ui: import("./ui.js").Ui, redraw: () => void}} Scene
 */

/** The six languages by their own names. @type {[string, string][]} */
export const LANGUAGES = [
  ["ar", "العربية"],
  ["zh", "中文"],
  ["en", "English"],
  ["fr", "Français"],
  ["ru", "Русский"],
  ["es", "Español"],
];

/**
 * One line of text.
 * @param {Scene} scene @param {Path} path @param {string} label
 * @param {{type?: string, hint?: string, lang?: string, long?: boolean, list?: string, narrow?: boolean, placeholder?: string}} [options]
 */
export function line({ draft, redraw }, path, label, { type = "text", hint = "", lang, long = false, list, narrow = false, placeholder } = {}) {
  const id = idOf(path);
  const problem = draft.problemAt(path);
  const value = draft.at(path) ?? "";
  const typed = (/** @type {Event} */ event) => {
    const { value } = /** @type {HTMLInputElement} */ (event.currentTarget);
    draft.put(path, value);
    redraw();
  };
  const described = problem ? `${id}-problem` : hint ? `${id}-hint` : nothing;
  return html`<div class="field ${narrow ? "narrow" : ""}">
    <label class="label" for=${id}>${label}</label>
    ${long
      ? html`<textarea id=${id} rows="2" lang=${lang ?? nothing} dir=${lang ? directionOf(lang) : "auto"} .value=${live(value)} @input=${typed}
          aria-invalid=${problem ? "true" : nothing} aria-describedby=${described}></textarea>`
      : html`<input id=${id} type=${type} autocomplete="off" lang=${lang ?? nothing} dir=${lang ? directionOf(lang) : "auto"} list=${list ?? nothing}
          placeholder=${placeholder ?? nothing} .value=${live(value)} @input=${typed} aria-invalid=${problem ? "true" : nothing} aria-describedby=${described} />`}
    ${problem ? html`<span class="problem" id="${id}-problem">${problem}</span>` : hint ? html`<span class="hint" id="${id}-hint">${hint}</span>` : nothing}
  </div>`;
}

/**
 * A text in the original language, and in the others on demand.
 * @param {Scene} scene @param {Path} path @param {string} label @param {{long?: boolean}} [options]
 */
export function texts(scene, path, label, { long = false } = {}) {
  const original = scene.draft.fields.original;
  const others = LANGUAGES.filter(([code]) => code !== original);
  const written = others.filter(([code]) => scene.draft.at([...path, code])).length;
  return html`<div class="texts">
    ${line(scene, [...path, original], label, { lang: original, long })}
    <details ?open=${others.some(([code]) => scene.draft.problemAt([...path, code]))}>
      <summary>${written ? t("In other languages ({n} of {all})", { n: written, all: others.length }) : t("In other languages")}</summary>
      <div class="others">${others.map(([code, name]) => line(scene, [...path, code], name, { lang: code, long }))}</div>
    </details>
  </div>`;
}

/**
 * One of several.
 * @param {Scene} scene @param {Path} path @param {string} label @param {[string, string][]} choices values and words
 */
export function choice({ draft, redraw }, path, label, choices) {
  const id = idOf(path);
  const problem = draft.problemAt(path);
  const value = draft.at(path) ?? "";
  return html`<div class="field narrow">
    <label class="label" for=${id}>${label}</label>
    <select
      id=${id}
      aria-invalid=${problem ? "true" : nothing}
      aria-describedby=${problem ? `${id}-problem` : nothing}
      @change=${(/** @type {Event} */ event) => {
        draft.put(path, /** @type {HTMLSelectElement} */ (event.currentTarget).value);
        redraw();
      }}
    >
      ${choices.map(([code, words]) => html`<option value=${code} .selected=${live(code === value)}>${words}</option>`)}
    </select>
    ${problem ? html`<span class="problem" id="${id}-problem">${problem}</span>` : nothing}
  </div>`;
}

/** A button of a row: an icon with its words for those who do not see it. @param {Parameters<typeof icon>[0]} name @param {string} words @param {() => void} act @param {boolean} [possible] */
export function small(name, words, act, possible = true) {
  return html`<button type="button" class="icon-button" aria-label=${words} title=${words} aria-disabled=${possible ? nothing : "true"}
    @click=${() => possible && act()}>${icon(name)}</button>`;
}

/** Up, down and away, for an entry of a list. @param {Scene} scene @param {Path} path @param {number} index @param {string} name */
export function arranging({ draft, redraw }, path, index, name) {
  const count = draft.at(path).length;
  const then = (/** @type {() => void} */ act) => () => {
    act();
    redraw();
  };
  return html`<span class="arranging">
    ${small("up", t("Move {name} up", { name }), then(() => draft.move(path, index, -1)), index > 0)}
    ${small("down", t("Move {name} down", { name }), then(() => draft.move(path, index, 1)), index < count - 1)}
    ${small("close", t("Remove {name}", { name }), then(() => draft.put([...path, index], undefined)))}
  </span>`;
}

/** The id of the control at a path. */
export function idOf(/** @type {Path} */ path) {
  return `f-${spell(path).replace(/[^A-Za-z0-9_-]/g, "-")}`;
}

/** A text in the language of the screen where there is one, else in the original. @param {Scene} scene @param {Record<string, string> | undefined} text */
export function said({ page, draft }, text) {
  return text?.[page.boot.lang] || text?.[draft.fields.original] || Object.values(text ?? {}).find(Boolean) || "";
}

function directionOf(/** @type {string} */ lang) {
  return lang === "ar" ? "rtl" : "ltr";
}
