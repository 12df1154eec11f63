// @ts-check
/** The sheet: numbered paragraphs, each opened in place to be written; what was taken out, and what clashed. */

import { html, live, nothing, ref, repeat } from "../../vendor/lit.js";
import { newId } from "../api.js";
import { t } from "../i18n.js";
import { fill, num } from "../parts.js";
import { icon, shape } from "../shapes.js";
import { flagWords } from "./words.js";

/** @typedef {import("./book.js").Book} Book */
/** @typedef {import("./book.js").Paper} Paper */
/** @typedef {import("./book.js").Paragraph} Paragraph */
/** @typedef {import("./book.js").Section} Section */
/** @typedef {import("./book.js").Version} Version */

/** What is typed goes to the server after a pause of this long; it is on this device at once. */
const PAUSE = 2_000;

export class Sheet {
  /** The quantifier whose evidence is shown. @type {{key: string, place: number} | null} */
  shown = null;

  /** The paragraph that is being written. @type {{key: string, after: string, text: string, base: number, was: string} | null} */
  #open = null;
  /** The versions of the open paragraph, once they were asked for. @type {Version[] | null} */
  #versions = null;
  #page;
  #book;
  #say;
  #timer = 0;
  /** What gets the focus after the next drawing. */
  #focus = "";

  /** @param {import("../page.js").Page} page @param {Book} book @param {(text: string) => void} say */
  constructor(page, book, say) {
    this.#page = page;
    this.#book = book;
    this.#say = say;
    // What is being typed must not be lost with the page.
    addEventListener("pagehide", () => this.#keep());
  }

  draw(/** @type {Paper} */ paper) {
    const { organ, date, place, original } = paper.masthead;
    const drawn = html`<article class="sheet" id="draft" lang="en" dir="ltr" aria-label=${t("Draft")}>
      <div class="masthead">
        <strong>${organ}</strong>
        <p>${date}<br />${place}<br />Original: ${original}</p>
      </div>
      <h2 class="heading">${paper.title}</h2>
      <div class="box">${this.#paragraph(paper.box, "")}</div>
      <div class="status">${this.#paragraph(paper.status, "")}</div>
      ${repeat(
        paper.sections,
        ({ key }) => key,
        (section) => this.#section(section),
      )}
    </article>`;
    queueMicrotask(() => this.#settleFocus());
    return drawn;
  }

  #settleFocus() {
    if (!this.#focus) return;
    const wanted = document.getElementById(this.#focus);
    if (!wanted) return;
    this.#focus = "";
    if (wanted.id !== "evidence") return wanted.focus();
    // It stands over the foot of a phone's screen: what it explains stays in sight.
    wanted.focus({ preventScroll: true });
    document.querySelector('.quant[aria-expanded="true"]')?.scrollIntoView({ block: "nearest" });
  }

  #section(/** @type {Section} */ section) {
    const words = `${section.label} ${section.heading}`.trim();
    const heading = section.level <= 1 ? html`<h3>${words}</h3>` : section.level === 2 ? html`<h4>${words}</h4>` : html`<h5>${words}</h5>`;
    const { paragraphs } = section;
    return html`<section id=${`section-${section.key}`}>
      ${heading} ${this.#added(section.key)}
      ${repeat(
        paragraphs,
        ({ key }) => key,
        (paragraph, place) => html`${this.#paragraph(paragraph, paragraphs[place - 1]?.key ?? section.key)} ${this.#added(paragraph.key)}`,
      )}
      ${this.#table(section)}
      ${
        section.annex
          ? nothing
          : html`<p class="add">
              <button type="button" class="button quiet" lang=${this.#page.boot.lang} dir=${this.#page.boot.dir} @click=${() => this.#add(section)}>
                ${icon("plus")}${t("Add a paragraph")}<span class="hidden"> ${words}</span>
              </button>
            </p>`
      }
    </section>`;
  }

  #table(/** @type {Section} */ { columns, rows }) {
    if (rows.length === 0) return nothing;
    if (columns.length === 0)
      return html`<ul class="rows">
        ${rows.map((row) => html`<li>${row.join(" ")}</li>`)}
      </ul>`;
    return html`<table class="rows">
      <thead>
        <tr>
          ${columns.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell, place) => html`<td data-label=${columns[place]}>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  /** What was added here and has not come back from the server yet, or is being written for the first time. */
  #added(/** @type {string} */ key) {
    const sent = this.#book.addedBehind(key);
    const open = this.#open;
    const begun = open && open.after === key && this.#isNew(open.key) && !sent.some((one) => one.key === open.key);
    /** @type {unknown[]} */
    const drawn = sent.map((one) => html`${this.#paragraph(blank(one.key, one.text ?? ""), key)} ${this.#added(one.key)}`);
    if (begun) drawn.push(this.#editor(blank(open.key, ""), key));
    return drawn;
  }

  #isNew(/** @type {string} */ key) {
    return !this.#book.paper?.sections.some(({ paragraphs }) => paragraphs.some((one) => one.key === key));
  }

  /** @param {Paragraph} paragraph @param {string} after */
  #paragraph(paragraph, after) {
    const waiting = this.#book.waiting(paragraph.key);
    if (waiting?.theirs) return this.#clash(paragraph, waiting.theirs, waiting.text, after);
    if (this.#open?.key === paragraph.key) return this.#editor(paragraph, after);
    const latest = this.#book.latest(paragraph.key);
    const out = latest ? latest.text === null : paragraph.state === "taken-out";
    if (out) return this.#takenOut(paragraph, after);
    const unsourced = paragraph.state === "own";
    return html`<div class=${unsourced ? "para unsourced" : "para"} data-key=${paragraph.key}>
      ${this.#number(paragraph, after)}
      <p @click=${(/** @type {MouseEvent} */ event) => this.#clicked(event, paragraph, after)}>
        ${latest ? slotted(latest.text ?? "") : this.#pieces(paragraph)}
      </p>
      ${this.#remarks(paragraph, after)}
    </div>`;
  }

  /** @param {Paragraph} paragraph @param {string} after */
  #number(paragraph, after) {
    const name = paragraph.number ? t("Edit paragraph {n}", { n: paragraph.number }) : t("Edit");
    return html`<span class="no"
      ><button type="button" id=${`edit-${paragraph.key}`} aria-label=${name} @click=${() => this.#edit(paragraph, after)}>
        ${paragraph.number ? num(`${paragraph.number}.`) : icon("pen")}
      </button></span
    >`;
  }

  #pieces(/** @type {Paragraph} */ paragraph) {
    return paragraph.pieces.map(({ text, evidence }) => {
      if (evidence === undefined) return slotted(text);
      const { n, doubt } = paragraph.evidence[evidence];
      const open = this.shown?.key === paragraph.key && this.shown.place === evidence;
      return html`<button
        type="button"
        class=${doubt ? "quant doubt" : "quant"}
        id=${`quant-${paragraph.key}-${evidence}`}
        aria-expanded=${open ? "true" : "false"}
        aria-controls=${open ? "evidence" : nothing}
        @click=${() => this.#show(paragraph.key, evidence)}
        >${text}<sup>${num(n)}</sup></button
      >`;
    });
  }

  /** @param {Paragraph} paragraph @param {string} after */
  #remarks(paragraph, after) {
    const { lang, dir } = this.#page.boot;
    const waiting = this.#book.waiting(paragraph.key);
    /** @type {unknown[]} */
    const remarks = [];
    const remark = (/** @type {unknown} */ words, calm = false) =>
      html`<p class=${calm ? "why calm" : "why"} lang=${lang} dir=${dir}>${calm ? nothing : shape("triangle")}<span>${words}</span></p>`;
    if (waiting) remarks.push(remark(html`${shape("bars")} ${waiting.refused ?? t("Kept on this device, not sent yet.")}`, true));
    else {
      for (const flag of paragraph.flags) {
        const words = flagWords(flag);
        if (words) remarks.push(remark(words));
      }
      if (paragraph.state === "own" && paragraph.changed_from === null)
        remarks.push(remark(t("Your own words: nothing in the record is behind them."), true));
      if (paragraph.changed_from !== null) remarks.push(this.#moved(paragraph, after));
    }
    return remarks;
  }

  /** The draft has changed under what somebody wrote: both stand there, and one is chosen. @param {Paragraph} paragraph @param {string} after */
  #moved(paragraph, after) {
    const { lang, dir } = this.#page.boot;
    const { drafted, text, key } = paragraph;
    return html`<div class="moved" lang=${lang} dir=${dir}>
      <p>${shape("triangle")}<strong>${drafted === null ? t("The draft no longer holds this paragraph.") : t("The draft has changed since this was written.")}</strong></p>
      ${drafted === null ? nothing : html`<blockquote lang="en" dir="ltr">${drafted}</blockquote>`}
      <p class="acts">
        ${drafted === null ? nothing : html`<button type="button" class="button" @click=${() => this.#book.write(key, drafted, after)}>${t("Take the new draft")}</button>`}
        <button type="button" class="button quiet" @click=${() => this.#book.write(key, text, after)}>${t("Leave it as written")}</button>
      </p>
    </div>`;
  }

  /** @param {Paragraph} paragraph @param {string} after */
  #takenOut(paragraph, after) {
    const { lang, dir } = this.#page.boot;
    return html`<div class="para out" data-key=${paragraph.key}>
      <span class="no"></span>
      <p><s>${paragraph.text}</s></p>
      <p class="why calm" lang=${lang} dir=${dir}>
        <span>${t("Taken out")}</span>
        <button
          type="button"
          class="link"
          @click=${() => {
            this.#book.write(paragraph.key, paragraph.text, after);
            this.#say(t("Brought back"));
            this.#focus = `edit-${paragraph.key}`;
          }}
        >${t("Bring back")}</button>
      </p>
    </div>`;
  }

  /** Somebody else wrote it meanwhile: both texts, and a choice. @param {Paragraph} paragraph @param {Version} theirs @param {string | null} yours @param {string} after */
  #clash(paragraph, theirs, yours, after) {
    const { lang, dir } = this.#page.boot;
    const { key } = paragraph;
    const text = (/** @type {string | null} */ words) => words ?? t("Taken out");
    const takeMine = () => this.#book.write(key, yours, after, theirs.revision);
    const join = () => {
      const both = [theirs.text, yours].filter((words) => words !== null).join(" ");
      this.#book.write(key, both, after, theirs.revision);
      this.#edit(paragraph, after);
    };
    return html`<div class="para clash" data-key=${key} role="group" aria-label=${t("Two texts for one paragraph")}>
      <span class="no">${paragraph.number ? num(`${paragraph.number}.`) : nothing}</span>
      <div class="both" lang=${lang} dir=${dir}>
        <p class="why">${shape("triangle")}<span>${t("Somebody else has written this paragraph meanwhile. Neither text is lost: choose one, or join them.")}</span></p>
        <div>
          <p class="label">${this.#writer(theirs)}</p>
          <blockquote lang="en" dir="ltr">${text(theirs.text)}</blockquote>
          <button type="button" class="button" @click=${() => this.#book.drop(key)}>${t("Keep theirs")}</button>
        </div>
        <div>
          <p class="label">${t("You")}</p>
          <blockquote lang="en" dir="ltr">${text(yours)}</blockquote>
          <button type="button" class="button" @click=${takeMine}>${t("Keep mine")}</button>
        </div>
        ${theirs.text !== null && yours !== null ? html`<button type="button" class="button quiet" @click=${join}>${t("Join both")}</button>` : nothing}
      </div>
    </div>`;
  }

  /** @param {Paragraph} paragraph @param {string} after */
  #editor(paragraph, after) {
    const open = this.#open;
    if (!open) return nothing;
    const { lang, dir } = this.#page.boot;
    const name = paragraph.number ? fill(t("paragraph {n}"), { n: paragraph.number }) : t("The new paragraph");
    return html`<div class="para editing" data-key=${open.key}>
      <span class="no">${paragraph.number ? num(`${paragraph.number}.`) : nothing}</span>
      <div class="editor">
        <label class="hidden" for="editor" lang=${lang} dir=${dir}>${name}</label>
        <textarea
          id="editor"
          rows="2"
          maxlength="10000"
          .value=${live(open.text)}
          @input=${(/** @type {Event} */ event) => this.#type(/** @type {HTMLTextAreaElement} */ (event.target))}
          @keydown=${(/** @type {KeyboardEvent} */ event) => this.#pressed(event)}
          ${ref((/** @type {Element | undefined} */ area) => area instanceof HTMLTextAreaElement && queueMicrotask(() => fit(area)))}
        ></textarea>
        <div class="acts" lang=${lang} dir=${dir}>
          <button type="button" class="button primary" @click=${() => this.#close()}>${t("Done")} <kbd>Esc</kbd></button>
          ${this.#isNew(open.key) ? nothing : this.#more(paragraph, after)}
        </div>
        ${this.#versions ? this.#versionList(this.#versions) : nothing}
        ${paragraph.notes.length ? this.#noted(paragraph) : nothing}
      </div>
    </div>`;
  }

  /** @param {Paragraph} paragraph @param {string} after */
  #more(paragraph, after) {
    const { drafted } = paragraph;
    return html`
      <button type="button" class="button quiet" @click=${() => this.#takeOut(paragraph, after)}>${t("Take out")}</button>
      ${
        drafted !== null && drafted !== this.#open?.text
          ? html`<button type="button" class="button quiet" @click=${() => this.#replace(drafted)}>${t("As drafted")}</button>`
          : nothing
      }
      ${
        paragraph.revision > 0 && !this.#versions
          ? html`<button type="button" class="button quiet" @click=${() => this.#fetchVersions(paragraph.key)}>${t("Earlier versions")}</button>`
          : nothing
      }
    `;
  }

  #versionList(/** @type {Version[]} */ versions) {
    const { lang, dir } = this.#page.boot;
    return html`<ol class="versions" lang=${lang} dir=${dir} aria-label=${t("Earlier versions")}>
      ${[...versions].reverse().map(
        (version) =>
          html`<li>
            <p class="label">${this.#writer(version)}</p>
            ${
              version.text === null
                ? html`<p>${t("Taken out")}</p>`
                : html`<blockquote lang="en" dir="ltr">${version.text}</blockquote>
                    <button type="button" class="link" @click=${() => this.#replace(version.text ?? "")}>${t("Bring back")}</button>`
            }
          </li>`,
      )}
    </ol>`;
  }

  /** What was noted, to be put into words. */
  #noted(/** @type {Paragraph} */ paragraph) {
    const { lang, dir } = this.#page.boot;
    const { notes = {}, interventions = {} } = this.#book.paper ?? {};
    return html`<div class="noted" lang=${lang} dir=${dir}>
      <p class="label">${t("Noted")}</p>
      <ul>
        ${paragraph.notes.map((id) => {
          const turn = interventions[notes[id]?.intervention ?? ""];
          const who = turn ? this.#page.programme.voice(turn) : null;
          return html`<li><span dir="auto">${notes[id]?.text}</span>${who ? html` <small>${who.name}${who.group ? html` · ${who.group}` : nothing}</small>` : nothing}</li>`;
        })}
      </ul>
    </div>`;
  }

  /** Who wrote a version, and when. */
  #writer(/** @type {Version} */ { author, at }) {
    const { programme } = this.#page;
    const name = programme.document.bureau[author]?.name ?? author;
    return html`${name} · ${num(programme.timeOfDay(at))}`;
  }

  /** @param {string} key @param {number} place */
  #show(key, place) {
    const same = this.shown?.key === key && this.shown.place === place;
    this.shown = same ? null : { key, place };
    if (!same) this.#focus = "evidence";
    this.#page.redraw();
  }

  /** Closes the evidence; the focus goes back to its quantifier. */
  hide() {
    if (this.shown) this.#focus = `quant-${this.shown.key}-${this.shown.place}`;
    this.shown = null;
    this.#page.redraw();
  }

  /** @param {MouseEvent} event @param {Paragraph} paragraph @param {string} after */
  #clicked(event, paragraph, after) {
    const onButton = event.target instanceof Element && event.target.closest("button");
    // Whoever marks words, to copy them, does not want to write.
    if (!onButton && !getSelection()?.toString()) this.#edit(paragraph, after);
  }

  /** @param {Paragraph} paragraph @param {string} after */
  #edit(paragraph, after) {
    this.#finish();
    const text = this.#book.latest(paragraph.key)?.text ?? paragraph.text;
    this.#open = { key: paragraph.key, after, text, was: text, base: this.#book.revision(paragraph.key) };
    this.#focus = "editor";
    this.#page.redraw();
  }

  #add(/** @type {Section} */ { key, paragraphs }) {
    this.#finish();
    let after = paragraphs[paragraphs.length - 1]?.key ?? key;
    for (let next = this.#book.addedBehind(after); next.length; next = this.#book.addedBehind(after)) after = next[next.length - 1].key;
    this.#open = { key: `own-${newId()}`, after, text: "", was: "", base: 0 };
    this.#focus = "editor";
    this.#page.redraw();
  }

  #type(/** @type {HTMLTextAreaElement} */ area) {
    if (!this.#open) return;
    fit(area);
    this.#open.text = area.value;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#keep(), PAUSE);
  }

  #replace(/** @type {string} */ text) {
    if (!this.#open) return;
    this.#open.text = text;
    this.#versions = null;
    this.#focus = "editor";
    this.#keep();
    this.#page.redraw();
  }

  #pressed(/** @type {KeyboardEvent} */ event) {
    const done = event.key === "Escape" || (event.key === "Enter" && !event.shiftKey);
    if (!done || event.isComposing) return;
    event.preventDefault();
    this.#close();
  }

  /** Keeps what is being written, when it is other than it was. */
  #keep() {
    clearTimeout(this.#timer);
    const open = this.#open;
    if (!open) return;
    const text = open.text.replace(/\s+/g, " ").trim();
    if (!text || text === open.was.trim()) return;
    const base = Math.max(open.base, this.#book.ours(open.key));
    this.#book.write(open.key, text, open.after || null, base);
    open.was = text;
  }

  #finish() {
    this.#keep();
    this.#open = null;
    this.#versions = null;
  }

  #close() {
    const key = this.#open?.key;
    this.#finish();
    if (key) this.#focus = `edit-${key}`;
    this.#page.redraw();
  }

  /** @param {Paragraph} paragraph @param {string} after */
  #takeOut({ key }, after) {
    clearTimeout(this.#timer);
    const base = Math.max(this.#open?.base ?? 0, this.#book.ours(key));
    this.#open = null;
    this.#versions = null;
    this.#book.write(key, null, after || null, base);
    this.#say(t("Taken out"));
  }

  async #fetchVersions(/** @type {string} */ key) {
    try {
      this.#versions = await this.#book.versions(key);
    } catch {
      this.#say(t("It could not be fetched. Please try again."));
    }
    this.#page.redraw();
  }
}

/** A paragraph that the server does not have yet. @returns {Paragraph} */
function blank(/** @type {string} */ key, /** @type {string} */ text) {
  return { key, text, state: "own", number: null, drafted: null, changed_from: null, revision: 0, pieces: [], evidence: [], notes: [], sources: [], flags: [] };
}

/** A text in which the places where a person has to write are marked. */
function slotted(/** @type {string} */ text) {
  return text.split(/(\[[^\[\]]*\])/).map((piece, place) => (place % 2 ? html`<mark class="slot">${piece}</mark>` : piece));
}

/** Makes it as high as what is written in it. */
function fit(/** @type {HTMLTextAreaElement} */ area) {
  area.style.blockSize = "auto";
  area.style.blockSize = `${area.scrollHeight + 4}px`;
}
