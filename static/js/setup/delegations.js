// @ts-check
/** Set-up: who takes part. States are found in the catalogue, others are written down or come from a spreadsheet. */

import { html, nothing } from "../../vendor/lit.js";
import { kindWord, regionWord } from "../chair/words.js";
import { findDelegations } from "../chair/search.js";
import { t, tn } from "../i18n.js";
import { flag, num } from "../parts.js";
import { icon } from "../shapes.js";
import { choice, line, said, small, texts } from "./controls.js";
import { preview, uploading } from "./upload.js";

/** @typedef {import("./controls.js").Scene} Scene */
/** @typedef {import("./controls.js").Known} Known */

/** Words of a programme file that stand for many delegations. */
export const TOGETHER = /** @type {Record<string, string>} */ ({ "all-member-states": "member-state", "observer-states": "observer-state" });

const REGIONS = ["AFR", "APG", "EEG", "GRULAC", "WEOG"];

/** @param {Scene} scene */
export function delegations(scene) {
  const { draft, redraw } = scene;
  const listed = codesOf(scene);
  const known = new Map(scene.catalogue.delegations.map((one) => [one.code, one]));
  const own = draft.fields.delegations
    .map((/** @type {any} */ entry, /** @type {number} */ index) => ({ entry, index }))
    .filter((/** @type {any} */ { entry }) => typeof entry !== "string");
  const problems = draft.problems.filter(({ path }) => /^delegations(\[\d+\])?$/.test(path));
  return html`<p class="lead">${tn("{n} delegation takes part.", "{n} delegations take part.", listed.length + own.length)}</p>
    ${problems.map(({ message }) => html`<p class="problem" role="alert">${message}</p>`)}
    <div class="row" role="group" aria-label=${t("Add many at once")}>
      ${quick(scene, t("All Member States"), (one) => one.category === "member-state")}
      ${REGIONS.map((region) => quick(scene, regionWord(region), (one) => one.region === region))}
      ${quick(scene, t("Observer States"), (one) => one.category === "observer-state")}
    </div>
    <div class="columns">
      ${finder(scene, listed)}
      <section aria-labelledby="taking-part">
        <h3 id="taking-part">${t("States and observers that take part")}</h3>
        <ul class="picked" tabindex="0" aria-labelledby="taking-part">
          ${listed.map((code) => {
            const one = known.get(code);
            const name = one?.name ?? code;
            return html`<li>${flag(code, one?.flag)}<span>${name}</span>${small("close", t("Remove {name}", { name }), () => {
              remove(scene, code);
              redraw();
            })}</li>`;
          })}
        </ul>
        ${listed.length ? html`<button type="button" class="button quiet" @click=${() => (keepOnlyOwn(scene), redraw())}>${t("Remove all of these")}</button>` : nothing}
      </section>
    </div>
    <h3>${t("Organizations and others")}</h3>
    <div class="row">
      <button type="button" class="button" @click=${() => (draft.add(["delegations"], { code: "", category: "ngo", name: {} }), redraw())}>${t("Write one down")}</button>
      ${uploading(scene, "delegations")}
    </div>
    ${preview(scene, "delegations", (one) => (typeof one === "string" ? nameOf(scene, one) : said(scene, one.name)), takeOver(scene))}
    <ol class="cards">${own.map((/** @type {any} */ { entry, index }) => other(scene, entry, index))}</ol>`;
}

/** The codes of the catalogue that take part, in the order of the alphabet; words for many are spelled out. @param {Scene} scene */
function codesOf({ draft, catalogue }) {
  const words = new Set(draft.fields.delegations.filter((/** @type {any} */ entry) => typeof entry === "string"));
  const categories = new Set([...words].map((word) => TOGETHER[/** @type {string} */ (word)]).filter(Boolean));
  const there = catalogue.delegations.filter((one) => words.has(one.code) || categories.has(one.category)).map((one) => one.code);
  const known = new Set(catalogue.delegations.map((one) => one.code));
  const unknown = [...words].filter((word) => !known.has(/** @type {string} */ (word)) && !TOGETHER[/** @type {string} */ (word)]);
  return [...there, .../** @type {string[]} */ (unknown)];
}

/** @param {Scene} scene @param {string[]} codes */
function write({ draft }, codes) {
  const own = draft.fields.delegations.filter((/** @type {any} */ entry) => typeof entry !== "string");
  draft.put(["delegations"], [...codes, ...own]);
}

/** @param {Scene} scene @param {string} code */
function remove(scene, code) {
  write(scene, codesOf(scene).filter((one) => one !== code));
}

function keepOnlyOwn(/** @type {Scene} */ scene) {
  write(scene, []);
}

/** @param {Scene} scene @param {string} words @param {(one: Known) => boolean} fits */
function quick(scene, words, fits) {
  const listed = new Set(codesOf(scene));
  const missing = scene.catalogue.delegations.filter((one) => fits(one) && !listed.has(one.code));
  return html`<button
    type="button"
    class="button"
    aria-disabled=${missing.length ? nothing : "true"}
    @click=${() => {
      if (!missing.length) return;
      write(scene, [...listed, ...missing.map((one) => one.code)]);
      scene.redraw();
    }}
  >
    ${icon(missing.length ? "plus" : "check")} ${words} ${missing.length ? num(missing.length) : html`<span class="hidden">${t("all there")}</span>`}
  </button>`;
}

/** @param {Scene} scene @param {string[]} listed */
function finder(scene, listed) {
  const { catalogue, ui, redraw } = scene;
  const there = new Set(listed);
  const left = catalogue.delegations.filter((one) => !there.has(one.code));
  const byCode = Object.fromEntries(left.map((one) => [one.code, one]));
  const found = findDelegations(/** @type {any} */ ({ delegations: byCode }), ui.query);
  const add = (/** @type {string} */ code) => {
    write(scene, [...listed, code]);
    ui.query = "";
    redraw();
  };
  return html`<section aria-labelledby="finding">
    <h3 id="finding">${t("Find a State or an observer")}</h3>
    <label class="field"
      ><span class="label">${t("Name or code")}</span>
      <input
        type="search"
        autocomplete="off"
        spellcheck="false"
        .value=${ui.query}
        @input=${(/** @type {Event} */ event) => {
          ui.query = /** @type {HTMLInputElement} */ (event.currentTarget).value;
          redraw();
        }}
        @keydown=${(/** @type {KeyboardEvent} */ event) => {
          if (event.key !== "Enter" || !found.length) return;
          event.preventDefault();
          add(found[0]);
        }}
    /></label>
    <ul class="picked" tabindex="0" aria-labelledby="finding">
      ${found.map((code) => {
        const { name, region, category, flag: address } = byCode[code];
        return html`<li>${flag(code, address)}<span>${name}<small>${region ? regionWord(region) : kindWord(category)}</small></span>
          ${small("plus", t("Add {name}", { name }), () => add(code))}</li>`;
      })}
      ${found.length === 0 ? html`<li class="hint">${left.length ? t("None found.") : t("All take part already.")}</li>` : nothing}
    </ul>
  </section>`;
}

/** @param {Scene} scene @param {any} entry @param {number} index */
function other(scene, entry, index) {
  const { draft, redraw } = scene;
  const path = ["delegations", index];
  const name = said(scene, entry.name) || entry.code || t("Delegation {n}", { n: index + 1 });
  const problem = draft.problemAt(path);
  return html`<li class="card" aria-label=${name}>
    <header>
      ${line(scene, [...path, "code"], t("Code"), { narrow: true, lang: "en", placeholder: "UN-WOMEN" })}
      ${choice(scene, [...path, "category"], t("Category"), CATEGORIES())}
      <span class="arranging">${small("close", t("Remove {name}", { name }), () => (draft.put(path, undefined), redraw()))}</span>
    </header>
    ${texts(scene, [...path, "name"], t("Name"))} ${problem ? html`<p class="problem">${problem}</p>` : nothing}
  </li>`;
}

const CATEGORIES = () =>
  /** @type {[string, string][]} */ ([
    ["un-entity", t("United Nations entity")],
    ["intergovernmental", t("Intergovernmental organization")],
    ["observer-organization", t("Observer organization")],
    ["ngo", t("Non-governmental organization")],
    ["private-sector", t("Private sector")],
    ["academia", t("Academia")],
    ["observer-state", t("Observer State")],
    ["member-state", t("Member State")],
  ]);

/** @param {Scene} scene */
function takeOver(scene) {
  const listed = new Set(codesOf(scene));
  return (/** @type {any[]} */ entries) =>
    scene.draft.put(["delegations"], [...scene.draft.fields.delegations, ...entries.filter((one) => typeof one !== "string" || !listed.has(one))]);
}

/** @param {Scene} scene @param {string} code */
function nameOf({ catalogue }, code) {
  return catalogue.delegations.find((one) => one.code === code)?.name ?? code;
}
