// @ts-check
/** Set-up: the persons of the programme, and the bureau. */

import { html, nothing, repeat } from "../../vendor/lit.js";
import { t } from "../i18n.js";
import { arranging, choice, idOf, said, small, texts } from "./controls.js";

/** @typedef {import("./controls.js").Scene} Scene */

/** @param {Scene} scene */
export function people(scene) {
  const { draft, redraw } = scene;
  const persons = Object.entries(/** @type {Record<string, any>} */ (draft.fields.persons));
  return html`<h3>${t("Persons of the programme")}</h3>
    <ol class="cards">
      ${repeat(
        persons,
        ([key]) => key,
        ([key, person], index) => one(scene, key, person, index),
      )}
    </ol>
    <button
      type="button"
      class="button"
      @click=${() => {
        const key = free(draft.fields.persons);
        draft.put(["persons", key], { name: {}, title: {} });
        redraw();
        queueMicrotask(() => document.getElementById(idOf(["persons", key, "name", draft.fields.original]))?.focus());
      }}
    >
      ${t("Add a person")}
    </button>
    <h3>${t("Bureau")}</h3>
    <p class="hint">${t("Each gets a link. A chair of a part of the programme must be a chair here too.")}</p>
    <ol class="cards">
      ${draft.fields.bureau.map((/** @type {any} */ member, /** @type {number} */ index) => ofBureau(scene, member, index))}
    </ol>
    <button type="button" class="button" @click=${() => (draft.add(["bureau"], { role: "assistant", name: {} }), redraw())}>${t("Add a member")}</button>`;
}

/** @param {Scene} scene @param {string} key @param {any} person @param {number} index */
function one(scene, key, person, index) {
  const { draft, redraw } = scene;
  const name = said(scene, person.name) || t("Person {n}", { n: index + 1 });
  const problem = draft.problemAt(["persons", key]);
  return html`<li class="card" aria-label=${name}>
    <div class="columns">${texts(scene, ["persons", key, "name"], t("Name, with its form of address"))} ${texts(scene, ["persons", key, "title"], t("Title"))}</div>
    <footer>
      <span class="hint">${roles(scene, key)}</span>
      ${problem ? html`<span class="problem">${problem}</span>` : nothing}
      ${small("close", t("Remove {name}", { name }), () => {
        remove(scene, key);
        redraw();
      })}
    </footer>
  </li>`;
}

/** Where a person appears. @param {Scene} scene @param {string} key */
function roles(scene, key) {
  const { segments, bureau } = scene.draft.fields;
  const named = segments
    .filter((/** @type {any} */ segment) => segment.chairs.includes(key) || segment.speakers.includes(key))
    .map((/** @type {any} */ segment) => said(scene, segment.title));
  if (bureau.some((/** @type {any} */ member) => member.person === key)) named.push(t("Bureau"));
  return named.join(" · ");
}

/** A person leaves, and with it every place where it stood. @param {Scene} scene @param {string} key */
function remove({ draft }, key) {
  for (const segment of draft.fields.segments) {
    segment.chairs = segment.chairs.filter((/** @type {string} */ one) => one !== key);
    segment.speakers = segment.speakers.filter((/** @type {string} */ one) => one !== key);
  }
  draft.fields.bureau = draft.fields.bureau.filter((/** @type {any} */ member) => member.person !== key);
  draft.put(["persons", key], undefined);
}

/** @param {Scene} scene @param {any} member @param {number} index */
function ofBureau(scene, member, index) {
  const { draft, redraw } = scene;
  const path = ["bureau", index];
  const words = /** @type {[string, string][]} */ ([
    ["chair", t("Chair")],
    ["secretary", t("Secretary")],
    ["assistant", t("Assistant")],
    ["rapporteur", t("Rapporteur")],
  ]);
  const persons = Object.entries(/** @type {Record<string, any>} */ (draft.fields.persons));
  const who = /** @type {[string, string][]} */ ([["", t("Somebody else")], ...persons.map(([key, person]) => [key, said(scene, person.name) || key])]);
  const id = `who-${index}`;
  const name = "person" in member ? said(scene, draft.fields.persons[member.person]?.name) : said(scene, member.name);
  const problem = draft.problemAt(path);
  return html`<li class="card" aria-label=${name || t("Member {n}", { n: index + 1 })}>
    <header>
      ${choice(scene, [...path, "role"], t("Role"), words)}
      <label class="field narrow" for=${id}
        ><span class="label">${t("Who")}</span>
        <select
          id=${id}
          @change=${(/** @type {Event} */ event) => {
            const { value } = /** @type {HTMLSelectElement} */ (event.currentTarget);
            draft.put(path, value ? { role: member.role, person: value } : { role: member.role, name: {} });
            redraw();
          }}
        >
          ${who.map(([key, words]) => html`<option value=${key} ?selected=${key === (member.person ?? "")}>${words}</option>`)}
        </select></label
      >
      ${arranging(scene, ["bureau"], index, name || t("Member {n}", { n: index + 1 }))}
    </header>
    ${"person" in member ? nothing : texts(scene, [...path, "name"], t("Name"))} ${problem ? html`<p class="problem">${problem}</p>` : nothing}
  </li>`;
}

/** A key that no person has yet. @param {Record<string, unknown>} persons */
function free(persons) {
  for (let number = 1; ; number += 1) if (!(`person-${number}` in persons)) return `person-${number}`;
}
