// @ts-check
/** Below the floor: the one next action, what to read out, what was done with its undo. */

import { html, nothing } from "../../vendor/lit.js";
import { t } from "../i18n.js";
import { flag, isLong } from "../parts.js";
import { shortTitle } from "../programme.js";
import { icon, shape } from "../shapes.js";
import { chosenRuling } from "./point.js";
import { toReadOut } from "./speech.js";

/** @typedef {import("./ui.js").Scene} Scene */

/** The one filled button. An assistant's is the one thing an assistant does. */
export function nextButton(/** @type {Scene} */ scene) {
  const { next, acts, ui, directs } = scene;
  if (!directs)
    return filled({
      id: "next",
      above: t("A nameplate is up?"),
      words: large(t("Add a request")),
      key: "A",
      press: () => ui.open("add"),
    });
  if (next.act === "none") return nothing;
  const confirming = acts.confirming?.key === next.act;
  const above = confirming ? t("Sure? Press again within 5 seconds") : aboveLine(next);
  const waits = next.waits && !confirming;
  return filled({
    id: "next",
    above,
    words: waits ? large(t("The floor is open")) : mainLine(scene),
    key: "N",
    confirming,
    resting: acts.resting,
    idle: waits,
    press: () => acts.takeNext(next, chosenRuling(scene)),
  });
}

/** What whoever presides says now, in the institution's voice. */
export function readOut(/** @type {Scene} */ scene) {
  const { next, view, programme, page, directs } = scene;
  const words = directs ? toReadOut(next, view, programme, page.boot.lang, chosenRuling(scene)?.ruling) : "";
  return words ? html`<p class="say">${words}</p>` : nothing;
}

/** What was done, with its undo; or what was refused, and why. Its place is its own, so it covers nothing. */
export function toast(/** @type {Scene} */ { acts }) {
  const { toast: shown } = acts;
  if (!shown) return nothing;
  return html`<div class="toast ${shown.refused ? "refused" : ""}">
    <span>${shown.refused ? shape("triangle") : nothing}<span>${shown.text}</span></span>
    ${
      shown.undo === null
        ? nothing
        : html`<button type="button" class="button" @click=${() => acts.undo()}>${icon("undo")}${t("Undo")} <kbd>U</kbd></button>`
    }
  </div>`;
}

/**
 * @param {{id: string, above: string, words: unknown, key: string, confirming?: boolean, resting?: boolean, idle?: boolean, press: () => void}} options
 */
function filled({ id, above, words, key, confirming = false, resting = false, idle = false, press }) {
  return html`<button
    type="button"
    id=${id}
    class="next ${confirming ? "confirming" : ""} ${idle ? "idle" : ""}"
    aria-disabled=${resting ? "true" : nothing}
    @click=${press}
  >
    <span>${above}</span>
    ${words}
    <kbd>${key}</kbd>
  </button>`;
}

function aboveLine(/** @type {import("./next.js").Next} */ { act, ends, waits, segment, returns, replies }) {
  if (waits) {
    return segment
      ? t("Nobody has asked yet; or go on to {title}", { title: shortTitle(segment.title) })
      : t("Nobody has asked yet; or close the dialogue");
  }
  switch (act) {
    case "open-dialogue":
      return t("The gavel falls");
    case "resume-dialogue":
      return t("The dialogue is suspended");
    case "begin-segment":
      return t("Begin the next part");
    case "rule-on-point":
      return returns ? t("Record the ruling, and return the floor to") : t("Record the ruling on the point of order of");
    case "give-floor":
      if (replies) return ends ? t("End; the panel replies: give the floor to") : t("The panel replies: give the floor to");
      return ends ? t("End, and give the floor to") : t("Give the floor to");
    case "start-clock":
      return t("Start the clock of");
    case "end-intervention":
      return t("End the turn of");
    case "open-list":
      return t("Open the list of speakers");
    case "close-list":
      return t("Nobody waits");
    default:
      return t("The programme is at its end");
  }
}

function mainLine(/** @type {Scene} */ { next, view, programme }) {
  switch (next.act) {
    case "open-dialogue":
      return large(t("Open the dialogue"));
    case "resume-dialogue":
      return large(t("Resume the dialogue"));
    case "begin-segment":
      return large(shortTitle(next.segment?.title ?? ""));
    case "give-floor":
      return voice(programme.voice(next.entry ?? { delegation: null, person: next.person, group: null }));
    case "rule-on-point":
    case "start-clock":
    case "end-intervention":
      if (next.returns) return voice(programme.voice(next.returns));
      return view.floor ? voice(programme.voice(view.floor)) : nothing;
    case "open-list":
      return large(t("Open the floor"));
    case "close-list":
      return large(t("Close the list"));
    default:
      return large(t("Close the dialogue"));
  }
}

function large(/** @type {string} */ words) {
  return html`<strong class=${isLong(words) ? "long" : ""}>${words}</strong>`;
}

function voice(/** @type {{name: string, initials: string, picture: string}} */ { name, initials, picture }) {
  return html`<strong class=${isLong(name) ? "long" : ""}>${flag(initials, picture)}<span>${name}</span></strong>`;
}
