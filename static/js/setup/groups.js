// @ts-check
/** Set-up: the groups on whose behalf a delegation may speak, with their members where somebody tells them. */

import { html, nothing } from "../../vendor/lit.js";
import { t, tn } from "../i18n.js";
import { line, said, small, texts } from "./controls.js";
import { preview, uploading } from "./upload.js";

/** @typedef {import("./controls.js").Scene} Scene */

/** @param {Scene} scene */
export function groups(scene) {
  const { draft, catalogue, redraw } = scene;
  const chosen = new Map(draft.fields.groups.map((/** @type {any} */ entry, /** @type {number} */ index) => [codeOf(entry), index]));
  const own = draft.fields.groups
    .map((/** @type {any} */ entry, /** @type {number} */ index) => ({ entry, index }))
    .filter((/** @type {any} */ { entry }) => typeof entry !== "string");
  const toggle = (/** @type {string} */ code) => {
    if (chosen.has(code)) draft.put(["groups", /** @type {number} */ (chosen.get(code))], undefined);
    else draft.add(["groups"], code);
    redraw();
  };
  return html`<fieldset class="checks">
      <legend>${t("Groups that are known")}</legend>
      ${catalogue.groups.map(
        ({ code, name }) => html`<label><input type="checkbox" .checked=${chosen.has(code)} @change=${() => toggle(code)} /><span>${name}</span></label>`,
      )}
    </fieldset>
    <h3>${t("Groups of this meeting")}</h3>
    <ol class="cards">
      ${own.map(
        (/** @type {any} */ { entry, index }) => html`<li class="card" aria-label=${said(scene, entry.name) || entry.code}>
          <header>
            ${line(scene, ["groups", index, "code"], t("Code"), { narrow: true, lang: "en" })}
            <span class="arranging"
              >${small("close", t("Remove {name}", { name: said(scene, entry.name) || entry.code }), () => (draft.put(["groups", index], undefined), redraw()))}</span
            >
          </header>
          ${"name" in entry || !known(scene, entry.code) ? texts(scene, ["groups", index, "name"], t("Name")) : nothing} ${members(scene, entry, index)}
        </li>`,
      )}
    </ol>
    <div class="row">
      <button type="button" class="button" @click=${() => (draft.add(["groups"], { code: "", name: {} }), redraw())}>${t("Add a group")}</button>
      ${uploading(scene, "groups")}
    </div>
    ${preview(scene, "groups", (one) => nameOf(scene, one), takeOver(scene))}`;
}

/** A group with its members, as the file tells it. @param {Scene} scene @param {any} entry */
function nameOf(scene, entry) {
  const code = codeOf(entry);
  const name = said(scene, entry.name) || scene.catalogue.groups.find((group) => group.code === code)?.name || code;
  const members = entry.members ?? [];
  return members.length ? `${name} · ${tn("{n} member", "{n} members", members.length)}` : name;
}

/** A group that is there already is told anew. @param {Scene} scene */
function takeOver({ draft }) {
  return (/** @type {any[]} */ entries) => {
    const told = new Set(entries.map(codeOf));
    draft.put(["groups"], [...draft.fields.groups.filter((/** @type {any} */ one) => !told.has(codeOf(one))), ...entries]);
  };
}

/** @param {Scene} scene @param {any} entry @param {number} index */
function members(scene, entry, index) {
  const { draft, page, redraw } = scene;
  /** @type {string[]} */
  const chosen = entry.members ?? [];
  const delegations = Object.entries(page.programme.document.delegations);
  const name = (/** @type {string} */ code) => page.programme.delegation(code).name;
  return html`<fieldset>
    <legend>${chosen.length ? tn("{n} member", "{n} members", chosen.length) : t("Members")}</legend>
    <ul class="chips">
      ${chosen.map(
        (code, nth) => html`<li>${name(code)}${small("close", t("Remove {name}", { name: name(code) }), () => (draft.put(["groups", index, "members", nth], undefined), redraw()))}</li>`,
      )}
    </ul>
    <select
      aria-label=${t("Add a member")}
      @change=${(/** @type {Event} */ event) => {
        const select = /** @type {HTMLSelectElement} */ (event.currentTarget);
        if (select.value) draft.add(["groups", index, "members"], select.value);
        select.value = "";
        redraw();
      }}
    >
      <option value="">${t("Add a member…")}</option>
      ${delegations.filter(([code]) => !chosen.includes(code)).map(([code, one]) => html`<option value=${code}>${one.name}</option>`)}
    </select>
  </fieldset>`;
}

/** @param {any} entry @returns {string} */
function codeOf(entry) {
  return typeof entry === "string" ? entry : entry.code;
}

/** @param {Scene} scene @param {string} code */
function known({ catalogue }, code) {
  return catalogue.groups.some((group) => group.code === code);
}
