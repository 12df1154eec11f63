// @ts-check
/** Limits and enforcement, changed from the next speaker on: what it means for who waits, and "2:30 each" in one press. */

import { html, nothing } from "../../vendor/lit.js";
import { mss } from "../clock.js";
import { t, tn } from "../i18n.js";
import { fill, num } from "../parts.js";
import { field, foot, pick } from "./entry-sheets.js";
import { LIMITS, limitUnder, readRules, withLimit } from "./limits.js";
import { sheet } from "./sheet.js";

/** @typedef {import("./ui.js").Scene} Scene */
/** @typedef {import("../store.js").Rules} Rules */

/** @param {Scene} scene */
export function openRules({ ui, view }) {
  const rules = view.segment?.rules;
  if (!rules) return;
  const limits = Object.fromEntries(LIMITS.map((name) => [name, mss(rules.limits[name])]));
  ui.open("rules", view.segment?.id ?? null, { ...limits, enforcement: rules.enforcement, round: rules.round == null ? "" : String(rules.round) });
}

/**
 * Sets the rules of the segment that goes on; then it says who was told. What takes them back is announced as they were, and so
 * it is the same command with the former rules: refused where somebody has changed the programme since.
 * @param {Scene} scene @param {Rules} rules @param {string} done
 */
export async function setRules({ acts, view, told }, rules, done) {
  const { revision, segment } = view;
  const fields = { base: revision, segment: segment?.id, rules };
  const back = { type: "set-rules", fields: { ...fields, base: revision + 1, rules: segment?.rules } };
  const version = await acts.send("set-rules", fields, done, back);
  if (version !== null) told.begin();
}

/** "2:30 each lets all 14 speak", in one press. @param {Scene} scene @param {number} limit */
export function limitForAll(scene, limit) {
  const rules = scene.view.segment?.rules;
  if (!rules) return;
  return setRules(scene, withLimit(rules, limit), t("The limit is {limit} from the next speaker on", { limit: mss(limit) }));
}

export function rulesSheet(/** @type {Scene} */ scene) {
  const { ui, view } = scene;
  return sheet(ui, "rules", t("Limits, from the next speaker on"), () => {
    const rules = view.segment?.rules;
    if (!rules) return html`<div class="body"></div>`;
    const read = readRules(rules, ui.draft);
    const submit = async (/** @type {Event} */ event) => {
      event.preventDefault();
      if (!read) return ui.complain(t("Write minutes and seconds, as 4:30."));
      ui.open(null);
      await setRules(scene, read, t("New limits from the next speaker on: {limit} for a statement", { limit: mss(read.limits.national) }));
    };
    return html`<form class="body" id="rules" @submit=${submit}>
        <div class="limits-grid">
          ${LIMITS.map((name) => field(scene, name, limitWord(name), { inputmode: "numeric", maxlength: 5 }))}
          ${pick(scene, "enforcement", t("At the limit"), [
            ["automatic", t("Ends by itself")],
            ["firm", t("Firm: the clock goes on, the chair is prompted")],
            ["advisory", t("Advisory: the clock goes on")],
          ])}
          ${field(scene, "round", t("Interventions before the panel replies; empty: no rounds"), { inputmode: "numeric", maxlength: 2 })}
        </div>
        ${read ? meaning(scene, read) : nothing} ${announced(scene)}
      </form>
      ${foot(scene, "rules", t("Announce and set"))}`;
  });
}

/** What the change means for who waits. @param {Scene} scene @param {Rules} rules */
function meaning({ view, expected }, rules) {
  const { entries } = view.list;
  if (entries.length === 0) return nothing;
  const shorter = entries.filter((entry) => limitUnder(entry, rules) < entry.limit).length;
  const saved = entries.reduce((sum, entry) => sum + entry.limit - limitUnder(entry, rules), 0);
  return html`<div class="meaning" role="status">
    <p>${shorter > 0 ? tn("{n} of those who wait would have less time.", "{n} of those who wait would have less time.", shorter) : t("Nobody who waits would have less time.")}</p>
    ${saved === 0 ? nothing : html`<p>${fill(saved > 0 ? t("Up to {time} less in all.") : t("Up to {time} more in all."), { time: mss(Math.abs(saved)) })}</p>`}
    ${expected.fits === null ? nothing : html`<p>${fill(t("{limit} each lets all who wait speak in time."), { limit: mss(expected.fits) })}</p>`}
  </div>`;
}

/** @param {Scene} scene */
function announced({ view, programme }) {
  const { announced } = view.segment ?? {};
  if (!announced) return nothing;
  const name = programme.document.bureau[announced.by]?.name ?? announced.by;
  return html`<p class="label">${fill(t("Last announced by {name} at {time}"), { name, time: num(programme.timeOfDay(announced.at)) })}</p>`;
}

function limitWord(/** @type {typeof LIMITS[number]} */ name) {
  switch (name) {
    case "national":
      return t("Statement");
    case "group":
      return t("On behalf of a group");
    case "again":
      return t("Second intervention");
    case "observer":
      return t("Observer");
    case "stakeholder":
      return t("Stakeholder");
    case "panellist":
      return t("Panellist");
    case "reply":
      return t("Reply of the panel");
    case "right_of_reply":
      return t("Right of reply");
    default:
      return t("Point of order");
  }
}
