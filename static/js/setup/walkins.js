// @ts-check
/** Set-up: whoever has come without being expected registers on a phone, and is let in with one tap. */

import { html, nothing } from "../../vendor/lit.js";
import { kindWord } from "../chair/words.js";
import { t } from "../i18n.js";
import { num } from "../parts.js";

/** @typedef {import("./controls.js").Scene} Scene */
/**
 * @typedef {{id: string, name: string, category: string, person: string, asked_at: number,
 *            state: "pending" | "approved" | "refused", delegation: string | null}} WalkIn
 */

/** How often it is looked whether somebody has come, in ms. */
const EVERY = 3_000;

/** @param {Scene} scene */
export function walkIns(scene) {
  const { ui, page } = scene;
  const pending = ui.walkIns.filter(({ state }) => state === "pending");
  const decided = ui.walkIns.filter(({ state }) => state !== "pending");
  return html`<p class="hint">
      ${t("Whoever opens the followers’ link on a phone can register there. A State is never let in this way: it has its own link.")}
    </p>
    ${pending.length === 0 ? html`<p class="lead">${t("Nobody is waiting to be let in.")}</p>` : nothing}
    <ol class="cards">
      ${pending.map(
        (one) => html`<li class="card" aria-label=${one.name}>
          <div class="walk-in">
            <p><strong>${one.name}</strong><small>${kindWord(one.category)} · ${one.person} · ${num(page.programme.timeOfDay(one.asked_at))}</small></p>
            <button type="button" class="button quiet" @click=${() => decide(scene, one, "refuse")}>${t("Turn away")}</button>
            <button type="button" class="button" @click=${() => decide(scene, one, "approve")}>${t("Let in")}</button>
          </div>
        </li>`,
      )}
    </ol>
    ${decided.length
      ? html`<h3>${t("Decided")}</h3>
          <ul class="lines">
            ${decided.map((one) => html`<li><span>${one.name}<small>${one.person}</small></span><span class="badge">${one.state === "approved" ? t("Let in") : t("Turned away")}</span></li>`)}
          </ul>`
      : nothing}`;
}

/** Looks again and again, while the page is seen. @param {Scene} scene */
export async function watchWalkIns(scene) {
  for (;;) {
    if (!document.hidden) await look(scene);
    await new Promise((resolve) => setTimeout(resolve, EVERY));
  }
}

/** @param {Scene} scene */
async function look({ page, ui, redraw }) {
  try {
    const told = await page.api.getJson(page.boot.urls.walkIns);
    if (!told) return;
    ui.walkIns = told.walk_ins;
    redraw();
  } catch {
    // The connection chip tells that there is no contact.
  }
}

/** @param {Scene} scene @param {WalkIn} one @param {"approve" | "refuse"} decision */
async function decide(scene, one, decision) {
  const { page, ui, redraw } = scene;
  try {
    await page.api.write("POST", `${page.boot.urls.walkIns}/${one.id}/${decision}`, {});
    one.state = decision === "approve" ? "approved" : "refused";
    ui.message = "";
  } catch (failure) {
    ui.message = failure instanceof Error ? failure.message : "";
  }
  redraw();
}
