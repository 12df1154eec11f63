// @ts-check
/** Set-up: the parts of the programme, with their times, persons, themes and rules. */

import { html, nothing, repeat } from "../../vendor/lit.js";
import { t } from "../i18n.js";
import { arranging, choice, line, said, texts } from "./controls.js";
import { rules } from "./meeting.js";

/** @typedef {import("./controls.js").Scene} Scene */

/** @param {Scene} scene */
export function programme(scene) {
  const { draft, redraw } = scene;
  return html`<ol class="cards">
      ${repeat(
        draft.fields.segments,
        (/** @type {any} */ segment) => segment,
        (/** @type {any} */ segment, /** @type {number} */ index) => part(scene, segment, index),
      )}
    </ol>
    <button
      type="button"
      class="button"
      @click=${() => {
        draft.add(["segments"], { kind: "panel", title: {}, chairs: [], speakers: [], themes: [], rules: { limits: {} } });
        redraw();
      }}
    >
      ${t("Add a part")}
    </button>`;
}

/** @param {Scene} scene @param {any} segment @param {number} index */
function part(scene, segment, index) {
  const path = ["segments", index];
  const name = said(scene, segment.title) || t("Part {n}", { n: index + 1 });
  const kinds = /** @type {[string, string][]} */ ([
    ["opening", t("Opening")],
    ["panel", t("Panel")],
    ["statements", t("Statements")],
    ["closing", t("Closing")],
  ]);
  return html`<li class="card" aria-label=${name}>
    <header>
      <span class="ordinal">${index + 1}</span>
      ${choice(scene, [...path, "kind"], t("Kind"), kinds)} ${line(scene, [...path, "start"], t("Begins"), { type: "time", narrow: true })}
      ${line(scene, [...path, "end"], t("Ends"), { type: "time", narrow: true })} ${arranging(scene, ["segments"], index, name)}
    </header>
    ${texts(scene, [...path, "title"], t("Title"))}
    <div class="columns">
      ${persons(scene, [...path, "chairs"], t("Chairs"))} ${persons(scene, [...path, "speakers"], t("Speakers, in order"))}
    </div>
    <fieldset>
      <legend>${t("Themes")}</legend>
      <ol class="lines">
        ${segment.themes.map(
          (/** @type {any} */ theme, /** @type {number} */ nth) =>
            html`<li>${texts(scene, [...path, "themes", nth, "text"], t("Theme {n}", { n: nth + 1 }), { long: true })}
              ${arranging(scene, [...path, "themes"], nth, t("Theme {n}", { n: nth + 1 }))}</li>`,
        )}
      </ol>
      <button type="button" class="button quiet" @click=${() => (scene.draft.add([...path, "themes"], { text: {} }), scene.redraw())}>${t("Add a theme")}</button>
    </fieldset>
    <details>
      <summary>${t("Rules of this part")}</summary>
      ${rules(scene, [...path, "rules"], { inherited: true })}
    </details>
  </li>`;
}

/** @param {Scene} scene @param {(string | number)[]} path @param {string} label */
function persons(scene, path, label) {
  const { draft, redraw } = scene;
  /** @type {string[]} */
  const chosen = draft.at(path);
  const all = Object.entries(/** @type {Record<string, any>} */ (draft.fields.persons));
  const others = all.filter(([key]) => !chosen.includes(key));
  const id = `add-${path.join("-")}`;
  return html`<fieldset>
    <legend>${label}</legend>
    <ol class="lines">
      ${chosen.map((key, index) => {
        const name = said(scene, draft.fields.persons[key]?.name) || key;
        const problem = draft.problemAt([...path, index]);
        return html`<li>
          <span>${name}${problem ? html`<span class="problem">${problem}</span>` : nothing}</span>${arranging(scene, path, index, name)}
        </li>`;
      })}
    </ol>
    ${all.length
      ? html`<select
          id=${id}
          aria-label=${t("Add to: {list}", { list: label })}
          ?disabled=${others.length === 0}
          @change=${(/** @type {Event} */ event) => {
            const select = /** @type {HTMLSelectElement} */ (event.currentTarget);
            if (select.value) draft.add(path, select.value);
            select.value = "";
            redraw();
          }}
        >
          <option value="">${t("Add a person…")}</option>
          ${others.map(([key, person]) => html`<option value=${key}>${said(scene, person.name) || key}</option>`)}
        </select>`
      : html`<p class="hint">${t("Write down the persons first, under People.")}</p>`}
  </fieldset>`;
}

