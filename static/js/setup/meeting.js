// @ts-check
/** Set-up, first section: what the meeting is, and the rules of its floor. */

import { html, live, nothing } from "../../vendor/lit.js";
import { t } from "../i18n.js";
import { choice, LANGUAGES, line, small, texts } from "./controls.js";

/** @typedef {import("./controls.js").Scene} Scene */

/** @param {Scene} scene */
export function meeting(scene) {
  return html`<div class="columns">
      ${texts(scene, ["title"], t("Title"))} ${texts(scene, ["organ"], t("Organ"))} ${texts(scene, ["place"], t("Place"))}
      <div class="row">
        ${line(scene, ["date"], t("Date"), { type: "date", narrow: true })}
        ${line(scene, ["timezone"], t("Time zone"), { list: "zones", lang: "en" })}
        ${choice(scene, ["original"], t("Language of the texts"), LANGUAGES)}
      </div>
      <datalist id="zones">${zones().map((zone) => html`<option value=${zone}></option>`)}</datalist>
    </div>
    ${openToAll(scene)} ${interpretation(scene)}
    <h3>${t("Rules of the floor")}</h3>
    ${rules(scene, ["rules"])}`;
}

/** @param {Scene} scene */
function openToAll({ draft, redraw }) {
  return html`<label class="check"
    ><input
      type="checkbox"
      .checked=${live(draft.fields.public === "true")}
      @change=${(/** @type {Event} */ event) => {
        const { checked } = /** @type {HTMLInputElement} */ (event.currentTarget);
        draft.put(["public"], checked ? "true" : undefined);
        redraw();
      }}
    /><span>${t("Open to the public: anybody can follow it from the start page")}</span></label
  >`;
}

/** So many times of the day a programme may name. */
const MOST_TIMES = 6;

/** When interpretation ends: a time for the morning, another for the afternoon. @param {Scene} scene */
function interpretation(scene) {
  const { draft, redraw } = scene;
  /** @type {string[]} */
  const times = draft.at(["interpretation_until"]);
  const then = (/** @type {() => void} */ act) => () => {
    act();
    redraw();
  };
  return html`<fieldset class="times">
    <legend>${t("Interpretation ends at")}</legend>
    <div class="row">
      ${times.map(
        (_, index) =>
          html`<div class="time">
            ${line(scene, ["interpretation_until", index], t("Time {n}", { n: index + 1 }), { type: "time", narrow: true })}
            ${small("close", t("Remove {name}", { name: t("Time {n}", { n: index + 1 }) }), then(() => draft.put(["interpretation_until", index], undefined)))}
          </div>`,
      )}
      ${times.length < MOST_TIMES
        ? html`<button type="button" class="button quiet" @click=${then(() => draft.add(["interpretation_until"], ""))}>${t("Add a time")}</button>`
        : nothing}
    </div>
    <p class="hint">${t("The chair’s screen counts down to it and shows who will not be interpreted. Without a time it says nothing.")}</p>
  </fieldset>`;
}

/**
 * The rules at a path; what is left empty is as above it.
 * @param {Scene} scene @param {(string | number)[]} path @param {{inherited?: boolean}} [options]
 */
export function rules(scene, path, { inherited = false } = {}) {
  const limits = [
    ["national", t("Statement"), "3:00"],
    ["group", t("On behalf of a group"), "5:00"],
    ["observer", t("Observer"), "3:00"],
    ["stakeholder", t("Stakeholder"), "3:00"],
    ["panellist", t("Panellist"), "7:00"],
    ["again", t("Second statement"), "2:00"],
    ["reply", t("Panellist’s reply"), "2:00"],
    ["right_of_reply", t("Right of reply"), "3:00"],
    ["right_of_reply_again", t("Second right of reply"), "2:00"],
    ["point_of_order", t("Point of order"), "2:00"],
  ];
  const enforcement = /** @type {[string, string][]} */ ([
    ["", inherited ? t("As for the whole meeting") : t("Automatic: the server ends the turn")],
    ...(inherited ? [["automatic", t("Automatic: the server ends the turn")]] : []),
    ["firm", t("Firm: the clock stays at zero")],
    ["advisory", t("Advisory: the clock goes on")],
  ]);
  const as = (/** @type {string} */ value) => (inherited ? t("as above") : value);
  return html`<div class="row limits" role="group" aria-label=${t("Limits in minutes and seconds")}>
      ${limits.map(([name, words, usual]) => line(scene, [...path, "limits", name], words, { narrow: true, lang: "en", placeholder: as(usual) }))}
    </div>
    <div class="row">
      ${choice(scene, [...path, "enforcement"], t("At the limit"), enforcement)}
      ${line(scene, [...path, "warning"], t("Warning before, in seconds"), { narrow: true, lang: "en", placeholder: as("30") })}
      ${line(scene, [...path, "grace"], t("Grace after, in seconds"), { narrow: true, lang: "en", placeholder: as("0") })}
      ${line(scene, [...path, "start_after"], t("Clock starts after, in seconds"), { narrow: true, lang: "en", placeholder: as("5"), hint: t("or: by hand") })}
    </div>
    <div class="row asks">
      ${line(scene, [...path, "round"], t("Interventions before the panel replies"), { narrow: true, lang: "en", placeholder: as("none"), hint: t("or: none, and the panel replies when the chair says so") })}
      ${line(scene, [...path, "draw_window"], t("Draw among those who ask within, in seconds"), { narrow: true, lang: "en", placeholder: as("60"), hint: t("from the opening of the list") })}
    </div>`;
}

/** Every time zone that this browser knows; none where it does not tell. @returns {string[]} */
function zones() {
  // @ts-ignore  newer than the list of what browsers can do
  return typeof Intl.supportedValuesOf === "function" ? Intl.supportedValuesOf("timeZone") : [];
}
