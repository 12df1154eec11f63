// @ts-check
/** Correcting the record: a sheet over the page, opened from a turn. What was recorded at the time stays readable. */

import { html, nothing, render } from "../../vendor/lit.js";
import { mss } from "../clock.js";
import { t } from "../i18n.js";
import { say } from "../page.js";
import { outcomeWord } from "../chair/words.js";
import { parseDuration } from "../chair/search.js";

/** @typedef {import("../page.js").Page} Page */

const OUTCOMES = ["concluded", "time-expired", "withdrawn-by-chair", "not-present"];

/** What a reason may have of letters. */
const LONGEST = 500;

export class Correcting {
  #page;
  #dialog = document.createElement("dialog");
  /** The turn as it reads now: what the button that opened the sheet bears. @type {DOMStringMap} */
  #turn = {};
  #problem = "";
  #sending = false;

  /** @param {Page} page @param {HTMLElement} part where the buttons are, now and later */
  constructor(page, part) {
    this.#page = page;
    this.#dialog.className = "correcting";
    this.#dialog.setAttribute("aria-labelledby", "correcting-title");
    document.body.append(this.#dialog);
    part.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest("button[data-correct]") : null;
      if (button instanceof HTMLElement) this.#open({ ...button.dataset });
    });
  }

  #open(/** @type {DOMStringMap} */ turn) {
    this.#turn = turn;
    this.#problem = "";
    // Emptied first, so that nothing of the turn before stays in the fields.
    render(nothing, this.#dialog);
    this.#draw();
    this.#dialog.showModal();
  }

  #draw() {
    const { name = "", delegation, group = "", outcome, used = "0", struck } = this.#turn;
    const { delegations, groups } = this.#page.programme.document;
    render(
      html`<form @submit=${(/** @type {SubmitEvent} */ event) => this.#submit(event)}>
        <h2 id="correcting-title">${t("Correct the record")}: ${name}</h2>
        <p class="note">${t("What was recorded at the time stays readable beside it.")}</p>
        ${
          delegation
            ? html`<label
                  ><span>${t("Delegation")}</span
                  ><select name="delegation">
                    ${Object.entries(delegations).map(([code, { name: named }]) => option(code, named, delegation))}
                  </select></label
                >
                <label
                  ><span>${t("On behalf of")}</span
                  ><select name="group">
                    ${option("", t("Nobody: for itself"), group)}
                    ${Object.entries(groups).map(([code, { name: named }]) => option(code, named, group))}
                  </select></label
                >`
            : nothing
        }
        <label
          ><span>${t("Outcome")}</span
          ><select name="outcome">
            ${OUTCOMES.map((each) => option(each, outcomeWord(each), outcome ?? ""))}
          </select></label
        >
        <label
          ><span>${t("Time spoken, in minutes and seconds")}</span
          ><input type="text" name="used" inputmode="numeric" autocomplete="off" dir="ltr" value=${whole(used)} required
        /></label>
        <label class="check"
          ><input type="checkbox" name="struck" ?checked=${struck === "true"} /><span
            >${t("Strike it: this turn did not take place")}</span
          ></label
        >
        <label
          ><span>${t("Reason, for the bureau alone")}</span
          ><textarea name="reason" rows="3" maxlength=${LONGEST} required dir="auto"></textarea>
        </label>
        ${this.#problem ? html`<p class="problem" role="alert">${this.#problem}</p>` : nothing}
        <footer>
          <button type="button" class="button quiet" @click=${() => this.#dialog.close()}>${t("Cancel")}</button>
          <button type="submit" class="button primary" aria-disabled=${this.#sending ? "true" : nothing}>
            ${t("Correct the record")}
          </button>
        </footer>
      </form>`,
      this.#dialog,
    );
  }

  async #submit(/** @type {SubmitEvent} */ event) {
    event.preventDefault();
    if (this.#sending) return;
    const typed = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    const text = (/** @type {string} */ name) => String(typed.get(name) ?? "").trim();
    // What nobody changed stays to the millisecond.
    const used = text("used") === whole(this.#turn.used) ? Number(this.#turn.used) : durationOf(text("used"));
    this.#problem = used === null ? t("Write minutes and seconds, as 4:30.") : text("reason") ? "" : t("Write why.");
    if (!this.#problem) {
      this.#sending = true;
      this.#draw();
      const answer = await this.#page.api.command("correct-intervention", {
        intervention: this.#turn.correct,
        delegation: text("delegation") || null,
        group: text("group") || null,
        outcome: text("outcome"),
        used,
        struck: typed.has("struck"),
        reason: text("reason"),
      });
      this.#sending = false;
      if (answer.ok) {
        this.#dialog.close();
        say(t("The record is corrected."));
        return;
      }
      this.#problem = answer.message;
    }
    this.#draw();
  }
}

/** A speaking time as typed, also none at all; null when it is no time. */
function durationOf(/** @type {string} */ typed) {
  return /^0+([:.]00)?$/.test(typed) ? 0 : parseDuration(typed);
}

/** Milliseconds as m:ss, what is less than a second left out. */
function whole(/** @type {string | undefined} */ used) {
  return mss(Math.floor(Number(used) / 1_000) * 1_000);
}

function option(/** @type {string} */ value, /** @type {string} */ words, /** @type {string} */ chosen) {
  return html`<option value=${value} ?selected=${value === chosen}>${words}</option>`;
}
