// @ts-check
/** The Summary on its sheet: sections, paragraphs that are written in place, and beside them what they rest on. */

import { html, nothing, render } from "../vendor/lit.js";
import { chooseLanguage, t, tn } from "./i18n.js";
import { openPage, say } from "./page.js";
import { connectionChip, fill } from "./parts.js";
import { icon, shape } from "./shapes.js";
import { Book } from "./summary/book.js";
import { evidencePanel, lengthPanel } from "./summary/evidence.js";
import { Sheet } from "./summary/sheet.js";

/** @typedef {import("./page.js").Page} Page */
/** @typedef {import("./summary/book.js").Paper} Paper */

const contact = /** @type {HTMLElement} */ (document.getElementById("contact"));
const place = /** @type {HTMLElement} */ (document.getElementById("summary"));

/** @type {Book | null} */
let book = null;
/** @type {Sheet | null} */
let sheet = null;
/** The log's version for which the paper was fetched last. */
let version = -1;

const page = await openPage(draw);
book = new Book(page);
sheet = new Sheet(page, book, say);
page.redraw();

function draw(/** @type {Page} */ { store, boot, programme }) {
  render(contactPart(store, boot, programme), contact);
  if (!book || !sheet) return;
  if (store.version !== version) {
    version = store.version;
    book.load();
  }
  if (book.paper) render(whole(book.paper, sheet), place);
}

/** @param {import("./store.js").Store} store @param {import("./api.js").Boot} boot @param {import("./programme.js").Programme} programme */
function contactPart(store, boot, programme) {
  const [code, name] = boot.lang === "ar" ? ["en", "English"] : ["ar", "العربية"];
  const kept = book?.keptAt ? programme.timeOfDay(book.keptAt, { seconds: true }) : "";
  const unsent = book?.unsent ?? 0;
  return html`${store.refusal ? html`<span class="chip"><strong>${store.refusal.message}</strong></span>` : connectionChip(store.connection)}
    ${
      unsent
        ? html`<span class="chip" id="unsent">${shape("bars")}<strong>${fill(tn("{n} paragraph kept on this device, not sent yet", "{n} paragraphs kept on this device, not sent yet", unsent), {})}</strong></span>`
        : kept
          ? html`<span class="chip">${icon("check")}${fill(t("Kept {time}"), { time: kept })}</span>`
          : nothing
    }
    <button type="button" class="button quiet" lang=${code} @click=${() => chooseLanguage(code, boot.seat)}>${name}</button>`;
}

/** @param {Paper} paper @param {Sheet} sheet */
function whole(paper, sheet) {
  const all = [paper.box, paper.status, ...paper.sections.flatMap(({ paragraphs }) => paragraphs)];
  const shown = sheet.shown;
  const about = shown && all.find(({ key }) => key === shown.key);
  const evidence = shown && about?.evidence[shown.place];
  return html`${outline(paper)} ${sheet.draw(paper)}
    <div class="stack">
      ${evidence && about ? evidencePanel(page, paper, about, shown.place, () => sheet.hide()) : nothing} ${lengthPanel(paper)}
    </div>`;
}

/** The sections, and which of them are done. */
function outline(/** @type {Paper} */ { sections }) {
  return html`<nav class="outline" aria-label=${t("Sections")}>
    ${sections
      .filter(({ annex, level }) => !annex || level === 1)
      .map(
        ({ key, label, heading, level, done, annex, paragraphs }) =>
          html`<a href=${`#section-${key}`} data-level=${level}>
            <span lang="en" dir="ltr">${label ? html`${label} ` : nothing}${heading}</span>
            ${
              annex || paragraphs.length === 0
                ? nothing
                : done
                  ? html`${icon("check")}<span class="hidden">${t("done")}</span>`
                  : html`${shape("triangle")}<span class="hidden">${t("not done")}</span>`
            }
          </a>`,
      )}
  </nav>`;
}
