// @ts-check
/** A sheet over the screen: a native dialog, so focus, Escape and what lies behind are the browser's care. */

import { html, nothing, ref } from "../../vendor/lit.js";
import { t } from "../i18n.js";
import { icon, shape } from "../shapes.js";

/**
 * Draws the sheet `name`, with its content only while it is open.
 * @param {import("./ui.js").Ui} ui @param {import("./ui.js").Sheet} name @param {string} title @param {() => unknown} content
 */
export function sheet(ui, name, title, content) {
  const open = ui.sheet === name;
  return html`<dialog
    class="sheet-over"
    aria-labelledby="sheet-${name}"
    @close=${() => ui.sheet === name && ui.open(null)}
    ${ref((/** @type {Element | undefined} */ element) => show(element, open))}
  >
    ${
      open
        ? html`<header>
              <h2 id="sheet-${name}">${title}</h2>
              <button type="button" class="icon-button" aria-label=${t("Close")} @click=${() => ui.open(null)}>
                ${icon("close")}
              </button>
              ${ui.alert ? html`<p class="over-all" data-state="order">${shape("diamond")}<strong>${ui.alert}</strong> <kbd>O</kbd></p>` : nothing}
            </header>
            ${content()}`
        : nothing
    }
  </dialog>`;
}

/**
 * Brings what is seen in line with what is open. A field has the focus at once, or what is chosen; a button that acts never has, lest Enter press it.
 * @param {Element | undefined} element @param {boolean} open
 */
function show(element, open) {
  if (!(element instanceof HTMLDialogElement) || !element.isConnected || element.open === open) return;
  if (!open) {
    element.close();
    return;
  }
  element.showModal();
  // The content is drawn right after this.
  queueMicrotask(() => {
    const first = element.querySelector("input[type=text], textarea, .policies :checked") ?? element.querySelector("header button");
    if (first instanceof HTMLElement) first.focus();
    const current = /** @type {HTMLElement | null} */ (element.querySelector(".current"));
    // Of the content alone: the sheet's own head stays where it is.
    const body = current?.closest(".body");
    if (current && body) body.scrollTop += current.getBoundingClientRect().top - body.getBoundingClientRect().top;
  });
}
