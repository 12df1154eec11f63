// @ts-check
/** The rapporteur's desk: who took the floor, what was said, under which theme. The focus stays in the note. */

import { html, live, nothing } from "../../vendor/lit.js";
import { t, tn } from "../i18n.js";
import { digits, flag, num, stateMark } from "../parts.js";
import { icon, shape } from "../shapes.js";
import { behalfOf, regionWord } from "../chair/words.js";
import { rowsOf } from "./turns.js";

/** @typedef {import("./book.js").Note} Note */
/** @typedef {import("./turns.js").Recorded} Recorded */
/** @typedef {import("../store.js").View} View */
/** @typedef {import("../clock.js").Reading} Reading */
/**
 * `shown` is the turn that is written about and `segment` the part it belongs to.
 * @typedef {{view: View, reading: Reading, shown: string | null, segment: string | null}} Now
 */

export class Desk {
  #page;
  #book;
  #say;
  /** @type {import("./book.js").Draft} */
  #draft;
  /** The turn that somebody chose to write about; null: whoever has the floor. @type {string | null} */
  #chosen = null;
  /** The note whose text is being changed. @type {Note | null} */
  #editing = null;
  /** The turns by which the notes were fetched last: others may have written meanwhile. */
  #turns = -1;

  /**
   * @param {import("../page.js").Page} page @param {import("./book.js").Book} book @param {(text: string) => void} say
   */
  constructor(page, book, say) {
    this.#page = page;
    this.#book = book;
    this.#say = say;
    this.#draft = book.draft;
  }

  /** When the server last took a note, in server time; null before the first. */
  get keptAt() {
    return this.#book.keptAt;
  }

  /** @param {View} view @param {Reading} reading @param {Recorded | null} recorded */
  draw(view, reading, recorded) {
    const turns = recorded?.turns.length ?? 0;
    if (turns !== this.#turns) {
      this.#turns = turns;
      this.#book.load();
    }
    // A note that has been begun stays with the turn it was begun in, whoever has the floor meanwhile.
    const begun = this.#draft.text.trim() ? this.#draft.intervention : null;
    const shown = this.#chosen ?? begun ?? reading.turn?.id ?? null;
    const segment = recorded?.turns.find(({ id }) => id === shown)?.segment ?? view.segment?.id ?? null;
    const now = { view, reading, shown, segment };
    return html`<section class="panel" aria-labelledby="taken">${this.#taken(recorded, now)}</section>
      <section class="panel listener" aria-labelledby="who">
        ${this.#who(recorded, now)} ${this.#points(now)} ${this.#write(now)}
      </section>
      <div class="stack">${this.#themes(now)}</div>`;
  }

  /** @param {Recorded | null} recorded @param {Now} now */
  #taken(recorded, { view, shown }) {
    const segment = recorded?.segments.find(({ id }) => id === view.segment?.id);
    const turns =
      recorded && segment
        ? (rowsOf({ ...recorded, segments: [segment] }, this.#page.programme, this.#page.boot.lang)[0]?.turns ?? [])
        : [];
    return html`<h2 id="taken">${t("Taken the floor")} <span class="label">${num(turns.length)}</span></h2>
      <ol class="taken">
        ${[...turns].reverse().map((turn) => {
          const notes = this.#book.notes.filter(({ intervention }) => intervention === turn.id).length;
          const on = turn.id === shown;
          return html`<li class=${on ? "on" : ""}>
            <button type="button" aria-current=${on ? "true" : nothing} @click=${() => this.#choose(turn.id)}>
              ${flag(turn.initials, turn.picture)}
              <span
                ><strong>${turn.name}</strong
                ><small
                  >${turn.id === view.floor?.id ? t("has the floor") : html`${num(turn.called.slice(0, 5))} · ${num(turn.used)}`}</small
                ></span
              >
              ${
                notes > 0
                  ? html`<span>${num(notes)}<span class="hidden"> ${tn("note", "notes", notes)}</span></span>`
                  : html`<span class="untagged">${t("no note")}</span>`
              }
            </button>
          </li>`;
        })}
      </ol>`;
  }

  /** @param {Recorded | null} recorded @param {Now} now */
  #who(recorded, { view, reading, shown }) {
    const { programme, boot } = this.#page;
    const current = reading.turn !== null && reading.turn.id === shown;
    const turn = current ? reading.turn : recorded?.turns.find(({ id }) => id === shown);
    if (!turn) {
      return html`<div class="listening none">
        <h2 id="who">${t("Nobody has the floor")}</h2>
        <p>${view.segment ? (programme.segment(view.segment.id)?.title ?? "") : t("The dialogue has not begun.")}</p>
      </div>`;
    }
    const { name, initials, picture, group, second } = programme.voice(turn);
    const region = turn.delegation === null ? second : regionWord(programme.delegation(turn.delegation).region);
    const about = [group && behalfOf(group, boot.lang), region].filter(Boolean).join(" · ");
    return html`<div class="listening" data-state=${current ? reading.state : "closed"}>
      ${flag(initials, picture)}
      <h2 id="who">${name}</h2>
      <p>
        ${about ? html`${about} · ` : nothing}
        ${
          current
            ? html`<span class="state small plain">${stateMark(reading.state, view.segment?.rules.warning)}</span>`
            : html`<button type="button" class="link" @click=${() => this.#choose(null)}>${this.#wayBack(reading)}</button>`
        }
      </p>
      ${current ? digits(reading.remaining) : nothing}
    </div>`;
  }

  #wayBack(/** @type {Reading} */ { turn }) {
    if (!turn) return t("Back to the part as a whole");
    return t("Back to {name}, who has the floor", { name: this.#page.programme.voice(turn).name });
  }

  /** @param {Now} now */
  #points({ shown, segment }) {
    const notes = this.#book.notes.filter((note) => note.intervention === shown && note.segment === segment);
    return html`<ol class="points" aria-label=${t("Notes kept")}>
      ${notes.map((note) => this.#point(note))}
    </ol>`;
  }

  #point(/** @type {Note} */ note) {
    const refusal = this.#book.refusal(note.id);
    const theme = this.#themesOf(note.segment).findIndex(({ id }) => id === note.theme);
    return html`<li>
      <time>${note.at === undefined ? nothing : num(this.#page.programme.timeOfDay(note.at))}</time>
      <p>${note.text}</p>
      <span class="tags">
        ${theme === -1 ? nothing : html`<span class="badge strong">${t("Theme {n}", { n: theme + 1 })}</span>`}
        ${
          this.#book.isWaiting(note.id)
            ? html`<span class="badge waits">${shape("bars")}${refusal || t("Kept on this device, not sent yet")}</span>`
            : nothing
        }
        <button type="button" class="button quiet" @click=${() => this.#edit(note)}>${icon("pen")}${t("Change")}</button>
        <button type="button" class="button quiet" @click=${() => this.#remove(note)}>${icon("close")}${t("Remove")}</button>
      </span>
    </li>`;
  }

  /** @param {Now} now */
  #write({ shown, segment }) {
    if (segment === null)
      return html`<p class="write note">${t("Notes can be written as soon as the first part has begun.")}</p>`;
    const empty = this.#draft.text.trim() === "";
    return html`<form
      class="write"
      @submit=${(/** @type {Event} */ event) => {
        event.preventDefault();
        this.#keep(shown, segment);
      }}
    >
      <label class="label" for="note">${this.#editing ? t("Change the note") : t("The next point")}</label>
      <textarea
        id="note"
        rows="3"
        maxlength="2000"
        dir="auto"
        .value=${live(this.#draft.text)}
        @input=${(/** @type {Event} */ event) => this.#type(/** @type {HTMLTextAreaElement} */ (event.target).value, shown)}
        @keydown=${(/** @type {KeyboardEvent} */ event) => this.#pressed(event, shown, segment)}
      ></textarea>
      <div>
        <span class="hints">
          <span><kbd>Alt</kbd> <kbd>1</kbd> ${t("theme")}</span>
          <span><kbd>↵</kbd> ${t("keep")}</span>
          <span><kbd>⇧</kbd> <kbd>↵</kbd> ${t("new line")}</span>
        </span>
        <span class="acts">
          ${this.#editing ? html`<button type="button" class="button quiet" @click=${() => this.#clear()}>${t("Cancel")}</button>` : nothing}
          <button type="submit" class="button primary" aria-disabled=${empty ? "true" : nothing}>${t("Keep the note")}</button>
        </span>
      </div>
    </form>`;
  }

  /** @param {Now} now */
  #themes({ segment }) {
    const themes = this.#themesOf(segment);
    if (themes.length === 0) return nothing;
    const count = (/** @type {string | null} */ id) =>
      this.#book.notes.filter((note) => note.segment === segment && note.theme === id).length;
    const choice = (/** @type {string | null} */ id, /** @type {string} */ key, /** @type {string} */ text) =>
      html`<label
        ><input
          type="radio"
          name="theme"
          .checked=${live(this.#draft.theme === id)}
          @change=${() => this.#theme(id, segment)}
        /><kbd>${key}</kbd><span>${text}</span><span class="count">${num(count(id))}</span></label
      >`;
    return html`<fieldset class="panel">
      <legend class="hidden">${t("Theme of this note")}</legend>
      <h2>${t("Theme")} <span class="label">${t("notes so far")}</span></h2>
      <div class="tagset">
        ${themes.map(({ id, text }, index) => choice(id, String(index + 1), text))} ${choice(null, "0", t("No theme"))}
      </div>
    </fieldset>`;
  }

  /** @param {KeyboardEvent} event @param {string | null} shown @param {string} segment */
  #pressed(event, shown, segment) {
    const themes = this.#themesOf(segment);
    const digit = event.altKey && /^Digit\d$/.test(event.code) ? Number(event.code.slice(5)) : null;
    if (digit !== null && digit <= themes.length) {
      event.preventDefault();
      this.#theme(digit === 0 ? null : themes[digit - 1].id, segment);
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#keep(shown, segment);
    } else if (event.key === "Escape" && this.#editing) {
      this.#clear();
    }
  }

  /** @param {string} text @param {string | null} shown */
  #type(text, shown) {
    const begins = this.#draft.text.trim() === "";
    this.#change({ text, intervention: begins ? shown : this.#draft.intervention });
  }

  /** @param {string | null} theme @param {string | null} segment */
  #theme(theme, segment) {
    this.#change({ theme });
    const words = this.#themesOf(segment).find(({ id }) => id === theme)?.text;
    this.#say(words ? t("Theme: {text}", { text: words }) : t("No theme"));
  }

  /** @param {string | null} shown @param {string} segment */
  #keep(shown, segment) {
    const text = this.#draft.text.trim();
    if (!text) return;
    const theme = this.#themesOf(segment).some(({ id }) => id === this.#draft.theme) ? this.#draft.theme : null;
    const at = this.#page.clock.now();
    if (this.#editing) this.#book.rewrite({ ...this.#editing, text, theme });
    else this.#book.write({ segment, intervention: shown, theme, text, at });
    this.#say(t("Kept"));
    this.#clear();
    document.getElementById("note")?.focus();
  }

  #edit(/** @type {Note} */ note) {
    this.#editing = note;
    this.#change({ text: note.text, theme: note.theme, intervention: note.intervention });
    document.getElementById("note")?.focus();
  }

  async #remove(/** @type {Note} */ note) {
    if (this.#editing?.id === note.id) this.#clear();
    this.#say((await this.#book.remove(note)) ? t("Removed") : t("It could not be removed now. Please try again."));
  }

  #choose(/** @type {string | null} */ turn) {
    this.#chosen = turn;
    this.#page.redraw();
  }

  #clear() {
    this.#editing = null;
    this.#change({ text: "", intervention: null });
  }

  /** @param {Partial<import("./book.js").Draft>} change */
  #change(change) {
    this.#draft = { ...this.#draft, ...change };
    this.#book.draft = this.#draft;
    this.#page.redraw();
  }

  #themesOf(/** @type {string | null} */ segment) {
    return this.#page.programme.segment(segment ?? "")?.themes ?? [];
  }
}
