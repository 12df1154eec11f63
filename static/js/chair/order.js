// @ts-check
/** Another order of the list, as a proposal beside the present one: what changes and why, accepted whole or not. And the draw. */

import { html, nothing } from "../../vendor/lit.js";
import { Refused } from "../api.js";
import { mss } from "../clock.js";
import { t, tn } from "../i18n.js";
import { fill, flag, num } from "../parts.js";
import { shape } from "../shapes.js";
import { foot } from "./entry-sheets.js";
import { sheet } from "./sheet.js";

/** @typedef {import("./ui.js").Scene} Scene */
/**
 * @typedef {{version: number, segment: string, policy: string, order: string[],
 *            moved: {id: string, former: number, place: number, why: string, words: string}[]}} Proposal
 */

export const POLICIES = ["groups-first", "first-time-speakers", "level", "regions-in-turn", "stakeholders-between", "draw", "order-of-request"];

/** The sheet, with the proposal that most ask for. */
export function openOrder(/** @type {Scene} */ scene) {
  scene.ui.open("order", scene.view.segment?.id ?? null, { policy: POLICIES[0], every: 3, proposal: null });
  fetchProposal(scene);
}

/** Asks the server for the proposal that is chosen; nothing is moved by it. Of several askings the last one counts. */
async function fetchProposal(/** @type {Scene} */ { ui, page }) {
  const { policy, every } = ui.draft;
  const asking = {};
  // Before it is revealed there is no order by lot, and the sheet says what is needed.
  const unknown = policy === "draw" && !page.store.view?.list.draw?.seed;
  ui.draft.asking = unknown ? null : asking;
  if (unknown) return;
  const query = new URLSearchParams({ policy, ...(policy === "stakeholders-between" && { every: String(every) }) });
  try {
    const proposal = await page.api.getJson(`${page.boot.urls.order}?${query}`);
    if (ui.draft.asking === asking) ui.put({ proposal, seen: inOrder(page.store.view), asking: null });
  } catch (failure) {
    if (ui.draft.asking !== asking) return;
    ui.put({ proposal: null, asking: null });
    ui.complain(failure instanceof Refused ? failure.message : t("No contact. Please try again."));
  }
}

export function orderSheet(/** @type {Scene} */ scene) {
  const { ui, view } = scene;
  return sheet(ui, "order", t("Propose an order"), () => {
    const { proposal, policy } = ui.draft;
    // What has changed meanwhile is proposed anew: nobody accepts what was not seen.
    const outdated = proposal && !ui.draft.asking && ui.draft.seen !== inOrder(view);
    // A draw that has just been revealed gives an order, too.
    const drawn = policy === "draw" && view.list.draw?.seed && !proposal && !ui.draft.asking && !ui.problem;
    if (outdated || drawn) queueMicrotask(() => fetchProposal(scene));
    const same = proposal && proposal.moved.length === 0;
    return html`<form
        class="body proposal"
        id="order"
        @submit=${(/** @type {Event} */ event) => {
          event.preventDefault();
          if (proposal && !same && !outdated) accept(scene, proposal);
        }}
      >
        <fieldset class="policies">
          <legend class="hidden">${t("By what")}</legend>
          ${POLICIES.map(
            (one) =>
              html`<label class=${one === policy ? "chosen" : ""}
                ><input type="radio" name="policy" .checked=${one === policy} @change=${() => choose(scene, { policy: one })} />${policyWord(one)}</label
              >`,
          )}
        </fieldset>
        ${policy === "stakeholders-between" ? every(scene) : nothing} ${policy === "draw" ? draw(scene) : nothing}
        ${proposal ? beside(scene, proposal) : policy === "draw" ? nothing : html`<p class="label">${t("Asking the server…")}</p>`}
      </form>
      ${proposal && !same ? foot(scene, "order", tn("Accept: {n} moves", "Accept: {n} move", proposal.moved.length)) : onlyOut(scene)}`;
  });
}

/** @param {Scene} scene */
function onlyOut({ ui }) {
  return html`<footer>
    ${ui.problem ? html`<p class="problem" role="alert">${ui.problem}</p>` : nothing}
    <button type="button" class="button" @click=${() => ui.open(null)}>${t("Leave the order as it is")} <kbd>Esc</kbd></button>
  </footer>`;
}

/** Who waits, in order: what a proposal was made of. @param {import("../store.js").View | null} view */
function inOrder(view) {
  return view?.list.entries.map(({ id }) => id).join(" ") ?? "";
}

/** @param {Scene} scene @param {Record<string, unknown>} change */
function choose(scene, change) {
  scene.ui.put({ ...change, proposal: null });
  fetchProposal(scene);
}

/** @param {Scene} scene */
function every(scene) {
  const { ui } = scene;
  const by = (/** @type {number} */ step) => choose(scene, { every: Math.min(20, Math.max(1, ui.draft.every + step)) });
  return html`<p class="every">
    <button type="button" class="button" aria-label=${t("One fewer")} @click=${() => by(-1)}>−</button>
    <span>${tn("A stakeholder after every other speaker", "A stakeholder after every {n} others", ui.draft.every)}</span>
    <button type="button" class="button" aria-label=${t("One more")} @click=${() => by(1)}>+</button>
  </p>`;
}

/** The present order and the proposed one, side by side; whoever moves says why. @param {Scene} scene @param {Proposal} proposal */
function beside({ view, programme }, { order, moved }) {
  const { entries } = view.list;
  const why = new Map(moved.map((one) => [one.id, one]));
  const known = new Map(entries.map((entry) => [entry.id, entry]));
  if (moved.length === 0) return html`<p class="unchanged">${shape("ring")}${t("The list is in this order already.")}</p>`;
  const row = (/** @type {import("../store.js").Entry} */ entry, /** @type {number} */ place, /** @type {boolean} */ after) => {
    const { name, initials, picture } = programme.voice(entry);
    const moves = why.get(entry.id);
    return html`<li class=${moves ? "moves" : ""}>
      ${num(place + 1)} ${flag(initials, picture)}<span
        >${name}${after && moves
          ? html`<small>${fill(t("from {from} to {to}: {why}"), { from: moves.former + 1, to: moves.place + 1, why: moves.words })}</small>`
          : nothing}</span
      >
    </li>`;
  };
  return html`<div class="beside">
    <section aria-labelledby="present">
      <h3 id="present" class="label">${t("Present order")}</h3>
      <ol>
        ${entries.map((entry, place) => row(entry, place, false))}
      </ol>
    </section>
    <section aria-labelledby="proposed">
      <h3 id="proposed" class="label">${t("Proposed order")}</h3>
      <ol>
        ${order.flatMap((id, place) => {
          const entry = known.get(id);
          return entry ? [row(entry, place, true)] : [];
        })}
      </ol>
    </section>
  </div>`;
}

/** @param {Scene} scene @param {Proposal} proposal */
async function accept({ acts, ui, told }, { segment, order, policy, moved }) {
  ui.open(null);
  const text = tn("Another order: {why}, {n} moved", "Another order: {why}, {n} moved", moved.length, { why: policyWord(policy), n: moved.length });
  const version = await acts.send("accept-order", { segment, order, policy }, text);
  if (version !== null) told.begin();
}

/** What was promised, what was revealed, and where anybody can draw it again. @param {Scene} scene */
function draw(scene) {
  const { view, acts, now, programme } = scene;
  const { draw: lots } = view.list;
  if (!lots) return html`<p class="drawn">${t("A draw begins when the list is opened: its number is promised then, and revealed after the first requests.")}</p>`;
  if (lots.seed === null) {
    const wait = lots.window_ends - now;
    const reveal = () => acts.send("reveal-draw", { segment: view.segment?.id }, t("The draw is revealed"));
    return html`<div class="drawn">
      <p>${fill(t("Whoever asks before {time} takes part."), { time: programme.timeOfDay(lots.window_ends, { seconds: true }) })}</p>
      <p class="label">${t("Promised, and shown in the hall: the SHA-256 of the number that decides")}</p>
      <code>${lots.sha256}</code>
      <button type="button" class="button" aria-disabled=${wait > 0 ? "true" : nothing} @click=${() => wait <= 0 && reveal()}>
        ${wait > 0 ? fill(t("Reveal in {time}"), { time: mss(wait) }) : t("Reveal the draw")}
      </button>
    </div>`;
  }
  const query = new URLSearchParams({ seed: lots.seed, commitment: lots.sha256, codes: (lots.codes ?? []).join(",") });
  return html`<div class="drawn">
    <p>${tn("{n} delegation takes part.", "{n} delegations take part.", (lots.codes ?? []).length)}</p>
    <a class="button" href="/draw?${query}" target="_blank">${t("Draw it again, as anybody can")}</a>
  </div>`;
}

function policyWord(/** @type {string} */ policy) {
  switch (policy) {
    case "groups-first":
      return t("Groups first");
    case "first-time-speakers":
      return t("Not yet heard first");
    case "level":
      return t("By level");
    case "regions-in-turn":
      return t("Regional groups in turn");
    case "stakeholders-between":
      return t("Stakeholders in between");
    case "draw":
      return t("By lot");
    default:
      return t("Order of request");
  }
}
