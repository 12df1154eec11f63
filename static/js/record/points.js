// @ts-check
/** The points that were noted, and which of them are shown; where two have changed one, what each of them wrote. */

import { html, nothing, repeat } from "../../vendor/lit.js";
import { t, tn } from "../i18n.js";
import { num } from "../parts.js";
import { icon, shape } from "../shapes.js";
import { KINDS, pointKindWord } from "./tags.js";
import { badges, isUntagged } from "./tagset.js";

/** @typedef {import("./outbox.js").Content} Content */
/** @typedef {import("./outbox.js").Shown} Note */
/** @typedef {import("./desk.js").Now} Now */
/**
 * Which points are shown: of which turns, and with which tags ("" for any, "none" for none).
 * @typedef {{scope: "turn" | "part" | "all", theme: string, kind: string, untagged: boolean}} Filter
 * What can be done with a point.
 * @typedef {{edit: (note: Note) => void, remove: (note: Note) => void, say: (text: string) => void,
 *            settle: (id: string, which: "mine" | "theirs" | "both") => void}} Acts
 */

/** Whoever has gone back further than this many pixels in the list of points is reading there. */
const NEAR = 80;

/** @type {Filter} */
const ALL_OF_TURN = { scope: "turn", theme: "", kind: "", untagged: false };

export class Points {
  #page;
  #book;
  #acts;
  /** @type {Filter} */
  #filter = ALL_OF_TURN;
  /** @type {Now | null} */
  #now = null;
  /** Which points were listed when they were last drawn. */
  #listed = "";

  /** @param {import("../page.js").Page} page @param {import("./book.js").Book} book @param {Acts} acts */
  constructor(page, book, acts) {
    this.#page = page;
    this.#book = book;
    this.#acts = acts;
  }

  /** @param {Now} now */
  draw(now) {
    this.#now = now;
    this.#keepInSight(now);
    return html`${this.#filters(now)} ${this.#points(now)}`;
  }

  /** @param {Now} now */
  #filters({ notes, segment }) {
    if (segment === null) return nothing;
    const { programme } = this.#page;
    const { scope, theme, kind, untagged } = this.#filter;
    const parts = scope === "all" ? [...new Set(notes.map((note) => note.segment))] : [segment];
    const choice = (/** @type {string} */ value, /** @type {string} */ words, /** @type {string} */ chosen) =>
      html`<option value=${value} .selected=${value === chosen}>${words}</option>`;
    const select = (/** @type {string} */ name, /** @type {string} */ label, /** @type {unknown} */ options) =>
      html`<label
        ><span class="hidden">${label}</span
        ><select
          name=${name}
          @change=${(/** @type {Event} */ event) => this.#narrow({ [name]: /** @type {HTMLSelectElement} */ (event.target).value })}
        >
          ${options}
        </select></label
      >`;
    return html`<div class="filters" role="group" aria-label=${t("Which notes are shown")}>
      ${select("scope", t("Of whom"), [
        choice("turn", t("Of this turn"), scope),
        choice("part", t("Of this part"), scope),
        choice("all", t("Of all parts"), scope),
      ])}
      ${select("theme", t("Theme"), [
        choice("", t("All themes"), theme),
        ...parts.flatMap((id) =>
          (programme.segment(id)?.themes ?? []).map(({ id: of, text }, index) => choice(of, `${index + 1} · ${text}`, theme)),
        ),
        choice("none", t("No theme"), theme),
      ])}
      ${select("kind", t("Kind of point"), [
        choice("", t("All kinds"), kind),
        ...KINDS.map(([of]) => choice(of, pointKindWord(of), kind)),
        choice("none", t("No kind"), kind),
      ])}
      <button type="button" class="button" aria-pressed=${untagged ? "true" : "false"} @click=${() => this.#narrow({ untagged: !untagged })}>
        ${t("No tag")}
      </button>
    </div>`;
  }

  /** Chooses which points are shown. To look for a tag is to look beyond one turn. @param {Partial<Filter>} change */
  #narrow(change) {
    const filter = { ...this.#filter, ...change };
    const looking = filter.theme || filter.kind || filter.untagged;
    this.#filter = looking && filter.scope === "turn" && !("scope" in change) ? { ...filter, scope: "part" } : filter;
    this.#page.redraw();
    this.#acts.say(tn("{n} note shown", "{n} notes shown", this.#now ? this.#chosenOf(this.#now).length : 0));
  }

  /**
   * The points that are shown: the one that is being written stands below them, and what has to be settled is always there.
   * @param {Now} now
   */
  #chosenOf({ notes, about, segment }) {
    const { scope, theme, kind, untagged } = this.#filter;
    const written = this.#book.writing?.id;
    const of = (/** @type {string} */ wanted, /** @type {string | null} */ tag) => !wanted || (wanted === "none" ? tag === null : tag === wanted);
    return notes.filter(
      (note) =>
        note.standing === "clash" ||
        (note.id !== written &&
          (scope === "all" || note.segment === segment) &&
          (scope !== "turn" || note.intervention === about) &&
          of(theme, note.theme) &&
          of(kind, note.kind) &&
          (!untagged || isUntagged(note))),
    );
  }

  /** @param {Now} now */
  #points(now) {
    const shown = this.#chosenOf(now);
    const looking = this.#filter.scope !== "turn";
    const names = this.#names(now);
    const whose = (/** @type {Note} */ { intervention, segment }) => {
      if (!looking && intervention === now.about && segment === now.segment) return "";
      return intervention === null ? t("The part as a whole") : (names.get(intervention) ?? "");
    };
    return html`<div class="kept-points">
      <ol class="points" aria-label=${t("Notes kept")}>
        ${repeat(
          shown,
          ({ id }) => id,
          (note) => this.#point(note, whose(note)),
        )}
      </ol>
      ${shown.length === 0 && looking ? html`<p class="note">${t("No note has these tags.")}</p>` : nothing}
    </div>`;
  }

  /** Whose each turn is. @param {Now} now @returns {Map<string, string>} */
  #names({ recorded }) {
    return new Map(recorded?.turns.map((turn) => [turn.id, this.#page.programme.voice(turn).name]));
  }

  /** @param {Note} note @param {string} whose turn it is about, where that is to be said */
  #point(note, whose) {
    const { programme } = this.#page;
    const author = this.#authorOf(note);
    return html`<li class=${author ? "others" : ""} data-standing=${note.standing}>
      ${note.at === undefined ? html`<span></span>` : html`<time datetime=${new Date(note.at).toISOString()}>${num(programme.timeOfDay(note.at))}</time>`}
      ${whose || author ? html`<small>${[whose, author].filter(Boolean).join(" · ")}</small>` : nothing}
      ${note.standing === "clash" ? this.#clash(note) : html`<p dir="auto">${note.text}</p>`}
      <span class="tags">
        ${
          note.standing === "clash"
            ? nothing
            : html`${badges(note, this.#page.programme)} ${this.#standing(note)}
                <button type="button" class="button quiet" @click=${() => this.#acts.edit(note)}>${icon("pen")}${t("Change")}</button>
                <button type="button" class="button quiet" @click=${() => this.#acts.remove(note)}>${icon("close")}${t("Remove")}</button>`
        }
      </span>
    </li>`;
  }

  /** Where a note stands, where that has to be said. @param {Note} note */
  #standing({ standing, words }) {
    if (standing === "refused") return html`<span class="badge waits">${shape("dash")}${t("Not kept: {why}", { why: words })}</span>`;
    if (standing !== "waiting" || !this.#book.held) return nothing;
    return html`<span class="badge waits">${shape("bars")}${t("Waiting to be sent")}</span>`;
  }

  /** What two have made of one note, and what shall stand. @param {Note} note */
  #clash(note) {
    const clash = this.#book.clash(note.id);
    if (!clash) return nothing;
    const { mine, theirs } = clash;
    const name = (theirs && (this.#authorOf(theirs) || theirs.author?.name)) ?? t("Somebody else");
    const said = mine === null ? t("You have removed it") : t("You have written");
    const saidThere = theirs === null ? t("Somebody else has removed it") : t("{name} has written", { name });
    const version = (/** @type {string} */ label, /** @type {Content | null} */ content) =>
      html`<div>
        <span class="label">${label}</span>
        ${content ? html`<p dir="auto">${content.text}</p><span class="tags">${badges(content, this.#page.programme)}</span>` : nothing}
      </div>`;
    const choice = (/** @type {"mine" | "theirs" | "both"} */ which, /** @type {string} */ words) =>
      html`<button type="button" class="button" @click=${() => this.#acts.settle(note.id, which)}>${words}</button>`;
    return html`<div class="clash" role="group" aria-label=${t("Two have changed this note")}>
      <strong>${shape("diamond")}${t("Two have changed this note")}</strong>
      ${version(said, mine)} ${version(saidThere, theirs)}
      <div class="acts">
        ${choice("mine", mine === null ? t("Remove it") : theirs === null ? t("Keep mine as a new note") : t("Keep mine"))}
        ${choice("theirs", theirs === null ? t("Let it go") : t("Keep theirs"))}
        ${mine === null || theirs === null ? nothing : choice("both", t("Keep both as two notes"))}
      </div>
    </div>`;
  }

  /** The newest points stand in sight, unless somebody has gone back to older ones. @param {Now} now */
  #keepInSight({ about }) {
    const list = document.querySelector(".kept-points");
    const below = list ? list.scrollHeight - list.scrollTop - list.clientHeight : 0;
    const asked = `${about} ${JSON.stringify(this.#filter)}`;
    if (below > NEAR && asked === this.#listed) return;
    this.#listed = asked;
    requestAnimationFrame(() => {
      const drawn = document.querySelector(".kept-points");
      if (drawn) drawn.scrollTop = drawn.scrollHeight;
    });
  }

  /** Who else wrote a note; empty for one that was written here. @param {{author?: Note["author"]}} note */
  #authorOf({ author }) {
    const { boot } = this.#page;
    if (!author || author.seat === boot.seat) return "";
    return author.office === `${boot.role}/${boot.subject ?? ""}` ? t("{name}, on another device", { name: author.name }) : author.name;
  }
}
