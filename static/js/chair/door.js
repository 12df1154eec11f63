// @ts-check
/** Who waits at the door to be let in: looked for now and then, told in the bar, decided in the set-up. */

import { html, nothing } from "../../vendor/lit.js";
import { tn } from "../i18n.js";

/** @typedef {import("./ui.js").Scene} Scene */

/** How often it is looked, in ms: whoever has come reads and types first. */
const EVERY = 5_000;

/** The chip that leads to the door; nothing while nobody waits there. */
export function doorChip(/** @type {Scene} */ { page, ui }) {
  if (ui.waitingAtDoor === 0) return nothing;
  return html`<a class="chip door" href="${page.boot.urls.setup}#walk-ins"
    ><strong>${tn("{n} at the door", "{n} at the door", ui.waitingAtDoor)}</strong></a
  >`;
}

/** Looks again and again while the page is seen. @param {import("../page.js").Page} page @param {import("./ui.js").Ui} ui */
export async function watchDoor(page, ui) {
  for (;;) {
    if (!document.hidden && !page.store.refusal) await look(page, ui);
    await new Promise((resolve) => setTimeout(resolve, EVERY));
  }
}

/** @param {import("../page.js").Page} page @param {import("./ui.js").Ui} ui */
async function look(page, ui) {
  try {
    const told = await page.api.getJson(page.boot.urls.walkIns);
    if (!told) return;
    ui.waitingAtDoor = told.walk_ins.filter((/** @type {{state: string}} */ one) => one.state === "pending").length;
    page.redraw();
  } catch {
    // The connection chip tells that there is no contact.
  }
}
