// @ts-check
/** The picture while somebody speaks: name, clock, what the turn is for, who comes next. */

import { html, nothing } from "../../vendor/lit.js";
import { closesAt, mss, remaining, warningOf } from "../clock.js";
import { t, tn } from "../i18n.js";
import { bar, digits, fill, flag, num, stateMark } from "../parts.js";
import { newLimits, pauseWord, shownSpeaker, turnWords } from "../said.js";
import { shape } from "../shapes.js";

/** @typedef {import("../page.js").Page} Page */
/** @typedef {import("../store.js").View} View */
/** @typedef {import("../clock.js").Reading} Reading */

/**
 * `captions`: there is little room, `told` are the chair's words for the hall, `rows` is how many names have room.
 * @typedef {{page: Page, view: View, captions: boolean, told: string | null, rows: number}} Setting
 */

/** Who has the floor or had it last, the clock, and who comes next. @param {Setting} set @param {Reading} reading */
export function turn(set, reading) {
  const { page, view } = set;
  const speaker = /** @type {import("../store.js").Turn} */ (reading.turn);
  const { name, initials, picture, second } = page.programme.voice(speaker);
  const below = [turnWords(page.programme, speaker) || second, shownSpeaker(page, speaker)].filter(Boolean);
  const ofOrder = speaker.kind === "point-of-order";
  // A point of order keeps its colour until its time is up.
  const state = ofOrder && ["ready", "speaking", "warning"].includes(reading.state) ? "order" : reading.state;
  return {
    state,
    body: html`
      <section class="stage">
        <div class="person">
          ${flag(initials, picture)}
          <h1>${name}</h1>
          ${below.map((words) => html`<p dir="auto">${words}</p>`)}
        </div>
        ${digits(reading.remaining, ofOrder ? t("Remaining time of the point of order") : undefined)}
        ${view.interrupted ? whoWaits(page, view.interrupted) : bar(reading)}
        <p class="foot">
          <span class="state">${ofOrder && state === "order" ? html`${shape("diamond")}${t("Point of order")}` : stateMark(reading.state, warningOf(view))}</span>
          <span class="aside">${footNote(set, reading, speaker.allowance)}</span>
        </p>
      </section>
      ${queue(set)}
    `,
  };
}

/** Whoever was interrupted, with the time that waits. @param {Page} page @param {import("../store.js").Floor} turn */
function whoWaits({ programme }, turn) {
  const { name, initials, picture } = programme.voice(turn);
  return html`<p class="held">
    ${shape("bars")}${flag(initials, picture)}
    <span>${fill(t("{name} waits with {time}"), { name: html`<strong>${name}</strong>`, time: html`<span class="digits">${mss(remaining(turn, 0))}</span>` })}</span>
  </p>`;
}

/** @param {Setting} set @param {Reading} reading @param {number} allowance */
function footNote({ page, view, captions, told }, { state, startsIn }, allowance) {
  if (captions) return told ? html`<span class="told"><span dir="auto" lang="">${told}</span></span>` : nextInOneLine(page, view);
  if (startsIn !== null) return fill(t("starts in {time}"), { time: mss(Math.max(0, startsIn)) });
  if (state === "paused") return pauseWord(view.floor?.paused) || fill(t("limit {limit}"), { limit: mss(allowance) });
  if (state === "time") return t("thank you");
  return fill(t("limit {limit}"), { limit: mss(allowance) });
}

/** @param {Page} page @param {View} view */
function nextInOneLine({ programme }, { list }) {
  if (!list.first.length) return list.hidden && list.length ? waitingUnseen(list.length) : nothing;
  const { name } = programme.delegation(list.first[0].delegation);
  if (list.length === 1) return t("next: {name}", { name });
  return fill(t("next: {name} {more}"), { name, more: `+${list.length - 1}` });
}

/** Who comes next, as many as there is room for. @param {Setting} set */
export function queue({ page: { programme }, view: { list }, rows }) {
  if (!list.length) return nothing;
  if (list.hidden) {
    return html`<aside class="queue" aria-label=${t("Next speakers")}>
      <h2>${t("Next")}</h2>
      <p class="unseen">${waitingUnseen(list.length)}</p>
    </aside>`;
  }
  const shown = list.first.slice(0, rows);
  const more = list.length - shown.length;
  return html`<aside class="queue" aria-label=${t("Next speakers")}>
    <h2>${t("Next")}</h2>
    <ol>
      ${shown.map(({ delegation, group, kind, to }) => {
        const below = [group ? t("for the {group}", { group: programme.group(group) }) : "", kind === "question" ? turnWords(programme, { kind, group: null, to }) : ""].filter(Boolean).join(" · ");
        const { name, initials, picture } = programme.delegation(delegation);
        return html`<li>
          ${flag(initials, picture)}
          <span class="name">${name}${below ? html`<small>${below}</small>` : nothing}</span>
        </li>`;
      })}
    </ol>
    ${more > 0 ? html`<p class="more">${fill(tn("{n} more", "{n} more", more, {}), { n: html`<bdi class="n" dir="ltr">+${"\u202f"}${more}</bdi>` })}</p>` : nothing}
  </aside>`;
}

/** How many wait on a list that the chair does not show. */
function waitingUnseen(/** @type {number} */ n) {
  return fill(tn("{n} waiting; the list is not shown", "{n} waiting; the list is not shown", n, {}), { n });
}

/** What the hall is told above all else, in one line: another limit, the last call. @param {Page} page @param {number} now */
export function notices({ store, programme }, now) {
  const limits = store.view?.dialogue.phase === "open" ? newLimits(store.view) : null;
  const closes = closesAt(store.view);
  if (!limits && closes === null) return nothing;
  return html`<span class="notices">
    ${limits ? html`<span data-state="open">${shape("ring")}${fill(t("from the next speaker on {limit}"), { limit: mss(limits.limits.national) })}</span>` : nothing}
    ${closes === null
      ? nothing
      : html`<span data-state="warning">${shape("triangle")}${fill(t("list closes at {time}"), { time: programme.timeOfDay(closes) })} <strong>${num(mss(Math.max(0, closes - now)))}</strong></span>`}
  </span>`;
}
