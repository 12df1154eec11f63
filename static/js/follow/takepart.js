// @ts-check
/** Asking to take part, for whoever has come without being expected: a form, a wait, and the way in. */

import { html, nothing } from "../../vendor/lit.js";
import { t } from "../i18n.js";

/** @typedef {import("../page.js").Page} Page */
/** @typedef {{name: string, category: string, person: string, state: "pending" | "approved" | "refused"}} WalkIn */

/** How often it is asked whether the secretariat has decided, in ms. */
const EVERY = 3_000;

export class TakePart {
  #page;
  /** The registration of this device; null when it made none. @type {WalkIn | null} */
  #mine = null;
  #open = false;
  #problem = "";
  #sending = false;

  /** @param {Page} page */
  constructor(page) {
    this.#page = page;
    this.#look();
  }

  draw() {
    switch (this.#mine?.state) {
      case "pending":
        return html`<section class="take-part" role="status">
          <strong>${t("You have registered as {name}.", { name: this.#mine.name })}</strong>
          <p class="note">${t("The secretariat is asked to let you in. Please keep this page open.")}</p>
        </section>`;
      case "approved":
        return html`<form class="take-part" method="post" action="/s/${this.#page.boot.seat}/take-part">
          <strong>${t("You take part as {name}.", { name: this.#mine.name })}</strong>
          <button type="submit" class="button primary">${t("Go on to your screen")}</button>
        </form>`;
      default:
        return this.#open ? this.#form() : this.#offer();
    }
  }

  #offer() {
    return html`<section class="take-part">
      ${this.#mine ? html`<strong role="status">${t("The secretariat could not let you in. Please speak to it in the room.")}</strong>` : nothing}
      <button type="button" class="button" @click=${() => this.#show(true)}>${t("Ask to take part")}</button>
    </section>`;
  }

  #form() {
    const choices = [
      ["ngo", t("Non-governmental organization")],
      ["private-sector", t("Private sector")],
      ["academia", t("Academia")],
      ["un-entity", t("United Nations entity")],
      ["intergovernmental", t("Intergovernmental organization")],
      ["observer-organization", t("Observer organization")],
    ];
    return html`<form class="take-part" @submit=${(/** @type {SubmitEvent} */ event) => this.#send(event)}>
      <label class="asked"><span class="label">${t("Organization")}</span><input name="name" required maxlength="120" autocomplete="organization" /></label>
      <label class="asked"
        ><span class="label">${t("Kind")}</span
        ><select name="category">
          ${choices.map(([code, words]) => html`<option value=${code}>${words}</option>`)}
        </select></label
      >
      <label class="asked"><span class="label">${t("Your name; only the secretariat sees it")}</span><input name="person" required maxlength="120" autocomplete="name" /></label>
      ${this.#problem ? html`<p class="problem" role="alert">${this.#problem}</p>` : nothing}
      <div class="pair">
        <button type="button" class="button" @click=${() => this.#show(false)}>${t("Cancel")}</button>
        <button type="submit" class="button primary" aria-disabled=${this.#sending ? "true" : nothing}>${t("Register")}</button>
      </div>
    </form>`;
  }

  #show(/** @type {boolean} */ open) {
    this.#open = open;
    this.#problem = "";
    this.#page.redraw();
  }

  async #send(/** @type {SubmitEvent} */ event) {
    event.preventDefault();
    if (this.#sending) return;
    const { api, boot } = this.#page;
    const fields = Object.fromEntries(new FormData(/** @type {HTMLFormElement} */ (event.currentTarget)));
    this.#sending = true;
    try {
      this.#mine = await api.write("POST", boot.urls.walkIns, fields);
      this.#show(false);
      this.#wait();
    } catch (failure) {
      const said = failure instanceof Error && "reason" in failure;
      this.#problem = said ? failure.message : t("It could not be sent. Please try again.");
    }
    this.#sending = false;
    this.#page.redraw();
  }

  async #look() {
    try {
      const told = await this.#page.api.getJson(this.#page.boot.urls.walkIns);
      this.#mine = told?.walk_ins[0] ?? null;
      this.#page.redraw();
    } catch {
      // Without contact the page says so; whoever waits is looked after below.
    }
    if (this.#mine?.state === "pending") this.#wait();
  }

  #wait() {
    setTimeout(() => this.#look(), EVERY);
  }
}
