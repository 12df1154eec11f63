// @ts-check
/** The rapporteur's desk: who took the floor, what was said, under which theme and of which kind. The focus stays in the note. */

import { html, live, nothing } from "../../vendor/lit.js";
import { t, tn } from "../i18n.js";
import { digits, fill, flag, num, stateMark } from "../parts.js";
import { icon, shape } from "../shapes.js";
import { behalfOf, regionWord } from "../chair/words.js";
import { contentOf } from "./outbox.js";
import { Points } from "./points.js";
import { pointKindWord, stanceWord, tagOf } from "./tags.js";
import { badges, isUntagged, kindPanels, pickers, themePanel } from "./tagset.js";
import { rowsOf } from "./turns.js";

/** @typedef {import("./outbox.js").Content} Content */
/** @typedef {import("./outbox.js").Shown} Note */
/** @typedef {import("./turns.js").Recorded} Recorded */
/** @typedef {import("./turns.js").Row} Row */
/** @typedef {import("../store.js").View} View */
/** @typedef {import("../clock.js").Reading} Reading */
/**
 * `about` is the turn that is written about (null: the part as a whole), `segment` the part it belongs to, `turns` those of
 * the part that is going on or was last, newest first.
 * @typedef {{view: View, reading: Reading, recorded: Recorded | null, notes: Note[], about: string | null,
 *            segment: string | null, turns: Row[]}} Now
 */

const LONGEST = 2_000;

export class Desk {
  #page;
  #book;
  #say;
  /** The turn that somebody chose to write about; undefined: whoever has the floor, or had it last. @type {string | null | undefined} */
  #chosen;
  /** Whether the next keys are tags. */
  #tagging = false;
  /** What was removed last, as long as it can be had back. @type {Content | null} */
  #removed = null;
  /** Clashes that were said. @type {Set<string>} */
  #said = new Set();
  /** @type {Now | null} */
  #now = null;
  #times = 0;
  #points;

  /**
   * @param {import("../page.js").Page} page @param {import("./book.js").Book} book @param {(text: string) => void} say
   */
  constructor(page, book, say) {
    this.#page = page;
    this.#book = book;
    this.#say = say;
    this.#points = new Points(page, book, {
      edit: (note) => this.#edit(note),
      remove: (note) => this.#remove(note),
      settle: (id, which) => this.#settle(id, which),
      say,
    });
    document.addEventListener("keydown", (event) => this.#anywhere(event));
  }

  /** When the server last took a note, in server time; null before the first. */
  get keptAt() {
    return this.#book.keptAt;
  }

  /** @param {View} view @param {Reading} reading @param {Recorded | null} recorded */
  draw(view, reading, recorded) {
    const now = this.#seen(view, reading, recorded);
    const first = this.#now === null;
    this.#now = now;
    this.#sayClashes(now.notes);
    if (first && document.activeElement === document.body) queueMicrotask(() => this.#backToNote());
    return html`<section class="panel aside" aria-labelledby="taken">${this.#taken(now)}</section>
      <section class="panel listener" aria-labelledby="who">
        ${this.#who(now)} ${this.#points.draw(now)} ${this.#write(now)}
      </section>
      <div class="stack">${this.#tags(now)}</div>`;
  }

  /** @param {View} view @param {Reading} reading @param {Recorded | null} recorded @returns {Now} */
  #seen(view, reading, recorded) {
    const begun = recorded?.segments.filter((segment) => segment.begun) ?? [];
    const present = view.segment?.id ?? begun[begun.length - 1]?.id ?? null;
    const part = recorded?.segments.find(({ id }) => id === present);
    const rows = recorded && part ? rowsOf({ ...recorded, segments: [part] }, this.#page.programme, this.#page.boot.lang) : [];
    const draft = this.#draft();
    // A note that has been begun stays with its turn, whoever has the floor meanwhile.
    const begunNote = draft && (draft.text.trim() || this.#book.writing?.before) ? draft : null;
    const followed = this.#chosen === undefined ? (reading.turn?.id ?? null) : this.#chosen;
    const about = begunNote ? begunNote.intervention : followed;
    const of = recorded?.turns.find(({ id }) => id === about)?.segment;
    const segment = begunNote ? begunNote.segment : (of ?? present);
    return { view, reading, recorded, notes: this.#book.notes, about, segment, turns: [...(rows[0]?.turns ?? [])].reverse() };
  }

  /** The note that is being written; null while none is. */
  #draft() {
    const { writing } = this.#book;
    return writing && this.#book.note(writing.id);
  }

  /** @param {Now} now */
  #taken({ view, notes, about, segment, turns }) {
    /** @type {Map<string | null, Note[]>} */
    const byTurn = new Map();
    for (const note of notes) {
      const of = note.intervention ?? (note.segment === segment ? null : "");
      if (!byTurn.has(of)) byTurn.set(of, []);
      byTurn.get(of)?.push(note);
    }
    const row = (/** @type {string | null} */ id, /** @type {unknown} */ words) => {
      const on = id === about;
      return html`<li class=${on ? "on" : ""}>
        <button type="button" aria-current=${on ? "true" : nothing} @click=${() => this.#choose(id)}>
          ${words} ${countOf(byTurn.get(id) ?? [], id !== null)}
        </button>
      </li>`;
    };
    return html`<h2 id="taken">${t("Taken the floor")} <span class="label">${num(turns.length)}</span></h2>
      <ol class="taken">
        ${turns.map((turn) =>
          row(
            turn.id,
            html`${flag(turn.initials, turn.picture)}
              <span
                ><strong>${turn.name}</strong
                ><small
                  >${turn.id === view.floor?.id ? t("has the floor") : html`${num(turn.called.slice(0, 5))} · ${num(turn.used)}`}</small
                ></span
              >`,
          ),
        )}
        ${segment === null ? nothing : row(null, html`<span class="whole"><strong>${t("The part as a whole")}</strong></span>`)}
      </ol>`;
  }

  /** @param {Now} now */
  #who({ view, reading, recorded, about, segment }) {
    const { programme, boot } = this.#page;
    const current = reading.turn !== null && reading.turn.id === about;
    const turn = current ? reading.turn : recorded?.turns.find(({ id }) => id === about);
    const back = this.#chosen === undefined ? nothing : html`<button type="button" class="link" @click=${() => this.#choose(undefined)}>${this.#wayBack(reading)}</button>`;
    if (!turn) {
      const title = segment === null ? t("The dialogue has not begun.") : (programme.segment(segment)?.title ?? "");
      return html`<div class="listening none">
        <h2 id="who">${reading.turn || this.#chosen === null ? t("The part as a whole") : t("Nobody has the floor")}</h2>
        <p>${title} ${back === nothing ? nothing : html`· ${back}`}</p>
      </div>`;
    }
    const { name, initials, picture, group, second } = programme.voice(turn);
    const region = turn.delegation === null ? second : regionWord(programme.delegation(turn.delegation).region);
    const more = [group && behalfOf(group, boot.lang), region].filter(Boolean).join(" · ");
    return html`<div class="listening" data-state=${current ? reading.state : "closed"}>
      ${flag(initials, picture)}
      <h2 id="who">${name}</h2>
      <p>
        ${more ? html`${more} · ` : nothing}
        ${current ? html`<span class="state small plain">${stateMark(reading.state, view.segment?.rules.warning)}</span>` : back}
      </p>
      ${current ? digits(reading.remaining) : nothing}
    </div>`;
  }

  #wayBack(/** @type {Reading} */ { turn }) {
    if (!turn) return t("Back to the part as a whole");
    const { name } = this.#page.programme.voice(turn);
    return this.#now?.view.floor ? t("Back to {name}, who has the floor", { name }) : t("Back to {name}, who spoke last", { name });
  }

  /** @param {Now} now */
  #write({ notes, about, segment, recorded }) {
    if (segment === null) return html`<p class="write note">${t("Notes can be written as soon as the first part has begun.")}</p>`;
    const draft = this.#draft();
    const changing = this.#book.writing?.before ?? null;
    const text = draft?.text ?? "";
    const turn = recorded?.turns.find(({ id }) => id === about);
    const whose = turn && this.#page.programme.voice(turn).name;
    return html`<form
      class="write"
      data-tagging=${this.#tagging ? "true" : nothing}
      @submit=${(/** @type {Event} */ event) => {
        event.preventDefault();
        this.#keep();
      }}
    >
      <span class="top">
        <label class="label" for="note">${changing ? t("Change the note") : t("The next point")}${whose ? html` · ${whose}` : nothing}</label>
        <span class="tags">${draft ? badges(draft, this.#page.programme) : nothing}</span>
        <span class="standing">${this.#draftStanding(draft, notes)}</span>
      </span>
      <textarea
        id="note"
        rows="3"
        maxlength=${LONGEST}
        dir="auto"
        aria-describedby="keys"
        .value=${live(text)}
        @input=${(/** @type {Event} */ event) => this.#type(/** @type {HTMLTextAreaElement} */ (event.target).value)}
        @keydown=${(/** @type {KeyboardEvent} */ event) => this.#pressed(event)}
        @blur=${() => this.#setTagging(false)}
      ></textarea>
      ${pickers(draft, this.#themesOf(segment), (change) => this.#tag(change))}
      <div>
        <span class="hints" id="keys">
          ${
            this.#tagging
              ? html`<strong>${t("The next keys are tags")}</strong> <span><kbd>Esc</kbd> ${t("back to the text")}</span>`
              : html`<span><kbd>Esc</kbd> ${t("or")} <kbd>Alt</kbd> ${t("and a key: tags")}</span>
                  <span><kbd>↵</kbd> ${t("keep")}</span>
                  <span><kbd>⇧</kbd> <kbd>↵</kbd> ${t("new line")}</span>
                  <span><kbd>Alt</kbd> <kbd>↑</kbd> <kbd>↓</kbd> ${t("another turn")}</span>`
          }
        </span>
        <span class="acts">
          ${
            this.#removed
              ? html`<button type="button" class="button quiet" @click=${() => this.#restore()}>${icon("undo")}${t("Have the removed note back")}</button>`
              : nothing
          }
          ${changing ? html`<button type="button" class="button quiet" @click=${() => this.#cancel()}>${t("Cancel")}</button>` : nothing}
          <button type="submit" class="button primary" aria-disabled=${text.trim() ? nothing : "true"}>${t("Keep the note")}</button>
        </span>
      </div>
    </form>`;
  }

  /** Where the note that is being written stands, and how many others wait. @param {Note | null} draft @param {Note[]} notes */
  #draftStanding(draft, notes) {
    const { held, keptAt } = this.#book;
    const waiting = notes.filter(({ standing }) => standing === "waiting").length;
    const refused = notes.find(({ standing }) => standing === "refused");
    if (refused) return html`${shape("dash")}<strong>${t("Not kept: {why}", { why: refused.words })}</strong>`;
    if (held && waiting > 0) {
      return html`${shape("bars")}<strong>${tn("{n} note waiting to be sent", "{n} notes waiting to be sent", waiting)}</strong>
        · ${t("kept on this device")}`;
    }
    if (draft?.standing === "waiting") return t("Kept on this device");
    if (keptAt === null) return nothing;
    return html`${fill(t("Kept {time}"), { time: this.#page.programme.timeOfDay(keptAt, { seconds: true }) })}`;
  }

  /** The tags of the note, with how many notes of the part have each. @param {Now} now */
  #tags({ notes, segment }) {
    if (segment === null) return nothing;
    const ofPart = notes.filter((note) => note.segment === segment);
    const tag = (/** @type {Partial<Content>} */ change) => this.#tag(change);
    return html`${themePanel(ofPart, this.#draft(), this.#themesOf(segment), tag)} ${kindPanels(ofPart, this.#draft(), tag)}`;
  }

  /** A key that is pressed outside of any field belongs to the note. */
  #anywhere(/** @type {KeyboardEvent} */ event) {
    const { key, altKey, ctrlKey, metaKey, target } = event;
    if (event.defaultPrevented || altKey || ctrlKey || metaKey || [...key].length !== 1 || key === " ") return;
    if (target instanceof Element && target !== document.body && !target.matches("#live .taken button, #live .points button")) return;
    this.#toNote();
  }

  /** A key in the note. */
  #pressed(/** @type {KeyboardEvent} */ event) {
    const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
    if (event.isComposing || ctrlKey || metaKey) return;
    if (altKey && ["ArrowUp", "ArrowDown"].includes(key)) {
      event.preventDefault();
      this.#step(key === "ArrowUp" ? -1 : 1);
    } else if (key === "Enter" && !shiftKey && !altKey) {
      event.preventDefault();
      this.#keep();
    } else if (key === "Escape") {
      event.preventDefault();
      this.#setTagging(!this.#tagging);
      this.#announce(this.#tagging ? t("The next keys are tags") : t("Back to the text"));
    } else if ((this.#tagging || altKey) && !["Alt", "Shift", "AltGraph", "Tab"].includes(key)) {
      if (this.#byKey(event)) event.preventDefault();
      else if (!altKey) this.#setTagging(false);
    }
  }

  /** Sets the tag of a key, or takes it off when it is on; tells whether there is one. */
  #byKey(/** @type {KeyboardEvent} */ event) {
    const tag = tagOf(event);
    const draft = this.#draft();
    if (!tag || !this.#now || this.#now.segment === null) return false;
    if ("theme" in tag) {
      const themes = this.#themesOf(this.#now.segment);
      if (tag.theme > themes.length) return this.#tagging;
      this.#tag({ theme: tag.theme === 0 ? null : themes[tag.theme - 1].id });
    } else if ("kind" in tag) {
      this.#tag({ kind: draft?.kind === tag.kind ? null : tag.kind });
    } else {
      this.#tag({ stance: draft?.stance === tag.stance ? null : tag.stance });
    }
    return true;
  }

  #setTagging(/** @type {boolean} */ tagging) {
    if (this.#tagging === tagging) return;
    this.#tagging = tagging;
    this.#page.redraw();
  }

  /** Writes about the turn before or after, as they stand in the list. */
  #step(/** @type {number} */ by) {
    if (!this.#now) return;
    const ids = [...this.#now.turns.map(({ id }) => id), null];
    const at = ids.indexOf(this.#now.about);
    const to = Math.min(ids.length - 1, Math.max(0, at + by));
    this.#choose(ids[to]);
    this.#announce(this.#now.turns[to]?.name ?? t("The part as a whole"));
  }

  #type(/** @type {string} */ text) {
    const draft = this.#draft();
    const { writing } = this.#book;
    this.#removed = null;
    if (draft && writing && !writing.before && draft.text.trim() && !text.trim()) {
      // All words of a new note were taken away: it is no note any more. Its tags are for the one that comes instead.
      this.#book.remove(writing.id);
      this.#book.type(this.#book.begin(), { ...contentOf(draft), text });
      return;
    }
    this.#change(draft?.text.trim() ? { text } : { text, ...this.#place() });
  }

  /** Where a note belongs that is begun now. */
  #place() {
    const writing = this.#book.writing;
    if (writing?.before) return {};
    const { about = null, segment = null } = this.#now ?? {};
    const theme = this.#draft()?.theme ?? null;
    const known = this.#themesOf(segment).some(({ id }) => id === theme);
    return { intervention: about, segment: segment ?? "", theme: known ? theme : null };
  }

  /** @param {Partial<Content>} change */
  #tag(change) {
    this.#change(change);
    const draft = this.#draft();
    if (draft) this.#announce(this.#tagsInWords(draft).join(t(", ")) || t("No tag"));
  }

  /** Changes the note that is being written, or begins one. @param {Partial<Content>} change */
  #change(change) {
    if (!this.#now || this.#now.segment === null) return;
    const draft = this.#draft();
    const id = draft ? draft.id : this.#book.begin();
    const content = draft
      ? contentOf(draft)
      : { segment: this.#now.segment, intervention: this.#now.about, theme: null, kind: null, stance: null, text: "" };
    this.#book.type(id, { ...content, ...change });
  }

  #keep() {
    const draft = this.#draft();
    if (!draft?.text.trim()) return;
    this.#book.write(draft.id, contentOf(draft));
    this.#book.done();
    this.#setTagging(false);
    this.#announce([t("Kept"), ...this.#tagsInWords(draft)].join(t(", ")));
    this.#toNote();
  }

  /** Begins to change a note; what was being written is kept. */
  #edit(/** @type {Note} */ note) {
    this.#book.begin(note);
    this.#page.redraw();
    this.#toNote();
  }

  /** Leaves a note as it was before it was changed. */
  #cancel() {
    const { writing } = this.#book;
    if (writing?.before) this.#book.write(writing.id, writing.before);
    this.#book.done();
    this.#toNote();
  }

  #remove(/** @type {Note} */ note) {
    this.#removed = contentOf(note);
    this.#book.remove(note.id);
    this.#announce(t("Removed"));
    this.#backToNote();
  }

  /** Has a removed note back, as a new one. */
  #restore() {
    if (!this.#removed) return;
    const content = this.#removed;
    this.#removed = null;
    this.#book.done();
    this.#book.write(this.#book.begin(), content);
    this.#book.done();
    this.#announce(t("Kept"));
    this.#backToNote();
  }

  /** @param {string} id @param {"mine" | "theirs" | "both"} which */
  #settle(id, which) {
    this.#book.settle(id, which);
    this.#said.delete(id);
    this.#backToNote();
  }

  /** Chooses what is written about. A new note that has been begun goes with it; one that was kept before stays where it is. */
  #choose(/** @type {string | null | undefined} */ turn) {
    if (this.#book.writing?.before) this.#book.done();
    this.#chosen = turn;
    const draft = this.#draft();
    if (draft?.text.trim()) this.#move(turn === undefined ? (this.#now?.reading.turn?.id ?? null) : turn);
    this.#page.redraw();
    this.#backToNote();
  }

  /** Takes the new note to another turn; a theme of another part does not go with it. */
  #move(/** @type {string | null} */ turn) {
    const draft = this.#draft();
    if (!draft || !this.#now) return;
    const segment = this.#now.recorded?.turns.find(({ id }) => id === turn)?.segment ?? this.#now.view.segment?.id ?? draft.segment;
    this.#change({ intervention: turn, segment, theme: segment === draft.segment ? draft.theme : null });
  }

  #toNote() {
    document.getElementById("note")?.focus();
  }

  /** Where there is a mouse there are keys, and they go to the note. On a phone they would hide half of the page. */
  #backToNote() {
    if (matchMedia("(pointer: fine)").matches) this.#toNote();
  }

  /** Says once that two have changed a note. */
  #sayClashes(/** @type {Note[]} */ notes) {
    for (const { id, standing } of notes) {
      if (standing !== "clash" || this.#said.has(id)) continue;
      this.#said.add(id);
      this.#announce(t("Two have changed this note"));
    }
  }

  /** Says it even if the same was said before: each note that is kept is said to be. */
  #announce(/** @type {string} */ text) {
    this.#times += 1;
    this.#say(this.#times % 2 ? text : `${text}\u00a0`);
  }

  #tagsInWords(/** @type {Content} */ { segment, theme, kind, stance }) {
    const index = this.#themesOf(segment).findIndex(({ id }) => id === theme);
    const { lang } = this.#page.boot;
    return [index === -1 ? "" : t("Theme {n}", { n: index + 1 }), kind ? pointKindWord(kind) : "", stance ? stanceWord(stance) : ""]
      .filter(Boolean)
      .map((word) => word.toLocaleLowerCase(lang));
  }

  #themesOf(/** @type {string | null} */ segment) {
    return this.#page.programme.segment(segment ?? "")?.themes ?? [];
  }
}

/** How many notes a turn has, and whether any says what it is about. @param {Note[]} notes @param {boolean} wanted */
function countOf(notes, wanted) {
  if (notes.length === 0) return wanted ? html`<span class="untagged">${t("no note")}</span>` : html`<span></span>`;
  if (notes.every(isUntagged)) return html`<span class="untagged">${t("no tag")}</span>`;
  return html`<span>${num(notes.length)}<span class="hidden"> ${tn("note", "notes", notes.length)}</span></span>`;
}
