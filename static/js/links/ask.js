// @ts-check
/** Asks before something that undo cannot bring back: a native dialog, so focus and Escape are the browser's care. */

import { html, live, nothing, ref } from "../../vendor/lit.js";
import { t, tn } from "../i18n.js";

/** @typedef {import("./office.js").LinkTold} LinkTold */
/** @typedef {import("../links.js").Desk} Desk */
/** @typedef {{act: "reissue" | "revoke" | "expel", links: LinkTold[], expel: boolean}} Asking */

/** The one dialog of the page; empty and unseen until something is asked. */
export function askingDialog(/** @type {Desk} */ desk) {
  const { asking } = desk;
  return html`<dialog
    class="asking"
    aria-labelledby="asking-title"
    @close=${() => desk.answer(false)}
    ${ref((/** @type {Element | undefined} */ element) => show(element, asking !== null))}
  >
    ${asking ? question(desk, asking) : nothing}
  </dialog>`;
}

/** @param {Desk} desk @param {Asking} asking */
function question(desk, asking) {
  const { links, act } = asking;
  const devices = links.reduce((sum, link) => sum + desk.office.devices(link).length, 0);
  return html`<form method="dialog" @submit=${(/** @type {Event} */ event) => {
    event.preventDefault();
    desk.answer(true);
  }}>
    <h2 id="asking-title">${title(asking)}</h2>
    <p>${consequence(act, devices)}</p>
    ${
      act === "reissue" && devices > 0
        ? html`<label class="tick"
            ><input
              type="checkbox"
              .checked=${live(asking.expel)}
              @change=${(/** @type {Event} */ event) => {
                asking.expel = /** @type {HTMLInputElement} */ (event.target).checked;
              }}
            />
            ${tn("Show out the {n} device that entered by it", "Show out the {n} devices that entered by it", devices)}</label
          >`
        : nothing
    }
    <footer>
      <button type="button" class="button" @click=${() => desk.answer(false)}>${t("Cancel")} <kbd>Esc</kbd></button>
      <button type="submit" class="button primary">${answerWord(act)}</button>
    </footer>
  </form>`;
}

/** @param {Asking} asking */
function title({ act, links }) {
  const [{ name }] = links;
  const n = links.length;
  if (act === "revoke") return n === 1 ? t("Revoke the link of {name}?", { name }) : tn("Revoke {n} link?", "Revoke {n} links?", n);
  if (act === "expel") {
    return n === 1 ? t("Show out the devices of {name}?", { name }) : tn("Show out the devices of {n} link?", "Show out the devices of {n} links?", n);
  }
  return n === 1 ? t("Issue the link of {name} again?", { name }) : tn("Issue {n} link again?", "Issue {n} links again?", n);
}

/** @param {Asking["act"]} act @param {number} devices */
function consequence(act, devices) {
  switch (act) {
    case "revoke":
      return devices === 0
        ? t("Link and code admit nobody any more. This cannot be undone; issued again, there is a new code.")
        : tn(
            "Link and code admit nobody any more, and {n} device is shown out at once. Its request stays on the list. This cannot be undone; issued again, there is a new code.",
            "Link and code admit nobody any more, and {n} devices are shown out at once. Their requests stay on the list. This cannot be undone; issued again, there is a new code.",
            devices,
          );
    case "expel":
      return t("Their links still admit: whoever has one enters again.");
    default:
      return t("There is a new link and a new code; the old card admits nobody any more. This cannot be undone.");
  }
}

function answerWord(/** @type {Asking["act"]} */ act) {
  switch (act) {
    case "revoke":
      return t("Revoke");
    case "expel":
      return t("Show out");
    default:
      return t("Issue again");
  }
}

/**
 * Brings what is seen in line with what is asked. The button that acts never has the focus at first, lest Enter press it.
 * @param {Element | undefined} element @param {boolean} open
 */
function show(element, open) {
  if (!(element instanceof HTMLDialogElement) || !element.isConnected || element.open === open) return;
  if (!open) {
    element.close();
    return;
  }
  element.showModal();
  queueMicrotask(() => /** @type {HTMLElement | null} */ (element.querySelector("footer button"))?.focus());
}
