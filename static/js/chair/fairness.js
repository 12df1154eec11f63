// @ts-check
/** Fairness at a glance: turns and minutes by region and kind of voice, small; and hints, in words. It moves nobody. */

import { html, nothing } from "../../vendor/lit.js";
import { t, tn } from "../i18n.js";
import { num, vars } from "../parts.js";
import { shape } from "../shapes.js";
import { DISCUSSIONS } from "./next.js";
import { rowWord } from "./words.js";

/** @typedef {import("./ui.js").Scene} Scene */
/** @typedef {import("./balance.js").Row} Row */

const MINUTE = 60_000;

/** No bar is drawn in units smaller than an eighth of its track. */
const FEWEST = 8;

/** The balance of the segment that goes on; nothing before anybody could be heard. */
export function balancePart(/** @type {Scene} */ { view, fairness }) {
  if (!fairness || !view.segment) return nothing;
  const { regions, kinds, first_time, turns } = fairness.segment;
  const anyone = kinds.some(({ heard, waiting }) => heard + waiting > 0);
  if (!DISCUSSIONS.includes(view.segment.kind) && !anyone) return nothing;
  const begun = turns > 0;
  return html`<section class="balance" aria-labelledby="balance">
    <h2 id="balance">
      ${t("Balance")}${begun ? html` <small>${tn("{n} turn", "{n} turns", turns)}, ${tn("{n} for the first time", "{n} for the first time", first_time)}</small>` : nothing}<span class="key"
        ><span><i class="had"></i>${t("heard")}</span><span><i class="waits"></i>${t("waiting")}</span></span
      >
    </h2>
    <ul>
      ${rows(regions, begun)}
    </ul>
    <ul class="families">
      ${rows(kinds, begun)}
    </ul>
    ${fairness.hints.length === 0
      ? nothing
      : html`<ul class="hints">
          ${fairness.hints.slice(0, 2).map(({ words }) => html`<li>${shape("ring")}<span>${words}</span></li>`)}
        </ul>`}
  </section>`;
}

/** @param {Row[]} all @param {boolean} begun */
function rows(all, begun) {
  const most = Math.max(FEWEST, ...all.map(({ turns, waiting }) => turns + waiting));
  return all.map(({ key, heard, turns, waiting, used }) => {
    const unheard = turns === 0 && begun && waiting > 0;
    const minutes = Math.round(used / MINUTE);
    return html`<li class="mini">
      <span>${rowWord(key)}</span>
      <span class="units">
        ${
          turns + waiting === 0
            ? nothing
            : html`<span class="bars" ${vars({ "--share": (turns + waiting) / most })}>
                ${turns > 0 ? html`<i class="had" ${vars({ "--of": turns })}></i>` : nothing}
                ${waiting > 0 ? html`<i class="waits" ${vars({ "--of": waiting })}></i>` : nothing}
              </span>`
        }
        <span aria-hidden="true"
          >${unheard
            ? html`<span class="none">${t("none yet")}</span>`
            : html`<b>${num(turns)}</b>${used > 0 ? html`<span class="time">${num(minutes)}′</span>` : nothing}`}</span
        >
        <span class="hidden"
          >${t("{heard} heard in {turns} turns, {minutes} minutes; {waiting} waiting", { heard, turns, minutes, waiting })}</span
        >
      </span>
    </li>`;
  });
}
