// @ts-check
/** The top of the chair's screen: where we are, who presides, and the day as planned and as it goes. */

import { html, nothing } from "../../vendor/lit.js";
import { t, tn } from "../i18n.js";
import { connectionChip, fill, num, vars } from "../parts.js";
import { shortTitle } from "../programme.js";
import { icon, shape } from "../shapes.js";
import { drift, planShift, strip } from "./day.js";
import { roomFor } from "./forecast.js";
import { stageChip } from "./display.js";
import { doorChip } from "./door.js";
import { minutesWord } from "./words.js";

/** @typedef {import("./ui.js").Scene} Scene */

/** From so many minutes on the end of interpretation is marked: time to wind up, or to ask for more. */
const NEAR = 15;

/** Title and place, contact, the gavel, the time of day. */
export function topBar(/** @type {Scene} */ scene) {
  const { page, programme, now, date } = scene;
  const { title, place } = programme.document;
  return html`<header class="top">
    <h1 class="title">${title}</h1>
    <span class="where">${[date, place].filter(Boolean).join(" · ")}</span>
    <div class="end">
      ${doorChip(scene)} ${stageChip(scene)} ${connectionChip(page.store.connection)} ${gavel(scene)}
      <time datetime=${new Date(now).toISOString()}>${num(programme.timeOfDay(now, { seconds: true }))}</time>
    </div>
  </header>`;
}

/** The strip of the day and the drift in words. */
export function dayStrip(/** @type {Scene} */ scene) {
  const { view, programme, now, expected, ui } = scene;
  const { document } = programme;
  const current = view.segment && view.dialogue.phase !== "closed" ? programme.segment(view.segment.id) : null;
  const sittings = strip(document, view, now, expected.ends);
  const late = expected.end !== null && expected.ends !== null && expected.ends > expected.end;
  return html`<section class="day" aria-label=${t("The day: planned and actual")}>
    <button type="button" class="day-now" aria-haspopup="dialog" @click=${() => ui.open("programme")}>
      <span class="label">${current ? t("Now") : t("Programme")} <kbd>P</kbd></span>
      <strong>${current ? shortTitle(current.title) : t("All parts")}</strong>
    </button>
    <div class="axis" role="img" aria-label=${dayInWords(scene, sittings)}>
      ${sittings.map((half) => sitting(half, scene, late))}
    </div>
    <div class="drift">${driftWord(scene)} <span class="label">${outlook(scene)}</span></div>
  </section>`;
}

function gavel(/** @type {Scene} */ { view, programme, me, acts, directs }) {
  const holder = view.gavel === null ? null : (programme.document.bureau[view.gavel]?.name ?? view.gavel);
  if (view.gavel === me) {
    return html`<span class="chip gavel"
      >${icon("gavel")}<span><strong>${t("You hold the gavel")}</strong><span class="as"> · ${holder}</span></span></span
    >`;
  }
  return html`<span class="chip gavel elsewhere"
    >${icon("gavel")}<span
      >${holder ? fill(t("{name} holds the gavel"), { name: html`<strong>${holder}</strong>` }) : t("Nobody holds the gavel")}</span
    >
    ${
      directs
        ? html`<button type="button" class="button" @click=${() => acts.takeGavel()}>${t("Take the gavel")}<kbd>G</kbd></button>`
        : nothing
    }
  </span>`;
}

/** @param {import("./day.js").Half} half @param {Scene} scene @param {boolean} late */
function sitting(half, { programme }, late) {
  const time = (/** @type {number} */ instant) => programme.timeOfDay(instant);
  return html`<div class="half" ${vars({ "--weight": half.weight })}>
    ${half.boxes.map(
      (box) =>
        html`<span class="planned ${box.state} ${box.narrow ? "narrow" : ""}" ${vars({ "--from": box.from, "--to": box.to })}
            ><span>${shortTitle(box.segment.title)}</span
            >${num(box.short ? time(box.starts) : `${time(box.starts)}–${time(box.ends)}`)}</span
          >
          ${box.narrow ? html`<span class="under" ${vars({ "--to": box.to })}>${shortTitle(box.segment.title)}</span>` : nothing}`,
    )}
    ${half.actual.map(
      (bar) => html`<i class="actual ${bar.current ? "current" : ""}" ${vars({ "--from": bar.from, "--to": bar.to })}></i>`,
    )}
    ${half.forecast && forecastBar(half.forecast, late)}
    ${half.now === null ? nothing : html`<i class="now" ${vars({ "--from": half.now })}></i>`}
  </div>`;
}

/** @param {import("./day.js").Bar} forecast @param {boolean} late */
function forecastBar({ from, to }, late) {
  return html`<i class="actual forecast ${late ? "late" : ""}" ${vars({ "--from": from, "--to": to })}></i>`;
}

/** The strip for who does not see it. @param {Scene} scene @param {import("./day.js").Half[]} sittings */
function dayInWords({ view, programme }, sittings) {
  const time = (/** @type {number} */ instant) => programme.timeOfDay(instant);
  return sittings
    .flatMap(({ boxes }) => boxes)
    .map(({ segment, starts, ends }) => {
      const begun = view.programme.find((part) => part.id === segment.id)?.begun_at ?? null;
      const values = { title: shortTitle(segment.title), starts: time(starts), ends: time(ends) };
      if (begun === null) return t("{title} planned {starts} to {ends}.", values);
      return t("{title} planned {starts} to {ends}, begun {begun}.", { ...values, begun: time(begun) });
    })
    .join(" ");
}

function driftWord(/** @type {Scene} */ { view, programme, expected, now }) {
  const { kind, minutes } = drift(programme.document, view, expected, now);
  const time = minutesWord(minutes);
  switch (kind) {
    case "late":
      return html`<span class="word late">${shape("triangle")}${t("{time} behind the programme", { time })}</span>`;
    case "ahead":
      return html`<span class="word">${t("{time} ahead of the programme", { time })}</span>`;
    case "on-time":
      return html`<span class="word">${t("On time")}</span>`;
    case "to-begin":
      return html`<span class="word">${t("Begins in {time}", { time })}</span>`;
    case "overdue":
      return html`<span class="word late">${shape("triangle")}${t("{time} after the planned opening", { time })}</span>`;
    case "closed":
      return html`<span class="word">${t("The dialogue is closed")}</span>`;
    default:
      return nothing;
  }
}

/** What the list means for the time: when it ends, or how many more would fit; and how long there is interpretation. */
function outlook(/** @type {Scene} */ scene) {
  const { view, now, expected } = scene;
  if (view.dialogue.phase === "closed") return nothing;
  const service = expected.interpretationEnd;
  const left = service === null ? null : Math.max(0, Math.floor((service - now) / 60_000));
  const near = left !== null && left <= NEAR && view.segment !== null;
  return html`${ending(scene)}${
    left === null || !view.segment
      ? nothing
      : html`<span class=${near ? "service near" : "service"}
          >${near ? shape("triangle") : nothing}${t("Interpretation ends in {time}", { time: minutesWord(left) })}</span
        >`
  }`;
}

/** @param {Scene} scene */
function ending({ view, programme, now, expected }) {
  const { document } = programme;
  const time = (/** @type {number} */ instant) => programme.timeOfDay(instant);
  const { end, ends } = expected;
  if (view.list.length > 0 && ends !== null) return html`<span>${fill(t("If all speak, ends {time}"), { time: time(ends) })}</span>`;
  if (end !== null && end > now) {
    const room = view.list.open ? roomFor(expected) : 0;
    if (room > 0) {
      return html`<span>${fill(
        tn("Room for about {n} speaker before {time}", "Room for about {n} speakers before {time}", room, { n: room }),
        { time: time(end) },
      )}</span>`;
    }
    return html`<span>${fill(t("Planned until {time}"), { time: time(end) })}</span>`;
  }
  const first = document.segments[0]?.starts;
  if (view.dialogue.phase === "scheduled" && first != null)
    return html`<span>${fill(t("Planned to open at {time}"), { time: time(first) })}</span>`;
  return planShift(document, view, now) ? html`<span>${t("The programme is counted from the opening")}</span>` : nothing;
}
