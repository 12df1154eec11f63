// @ts-check
/** Set-up: a spreadsheet is read by the server and shown before anything of it is taken over. */

import { html, nothing } from "../../vendor/lit.js";
import { t, tn } from "../i18n.js";

/** @typedef {import("./controls.js").Scene} Scene */
/** @typedef {"delegations" | "groups"} Kind */

/** Problems that are shown; whoever has more has not chosen the file that was meant. */
const SHOWN = 200;

/** The button that reads a file. @param {Scene} scene @param {Kind} kind */
export function uploading({ ui, page, redraw }, kind) {
  return html`<label class="button upload"
    >${t("Read a spreadsheet (CSV or XLSX)")}
    <input
      type="file"
      accept=".csv,.xlsx,text/csv"
      @change=${async (/** @type {Event} */ event) => {
        const input = /** @type {HTMLInputElement} */ (event.currentTarget);
        const [file] = input.files ?? [];
        if (!file) return;
        ui.upload = { kind, reading: true, name: file.name, entries: [], problems: [], message: "" };
        redraw();
        ui.upload = await read(page, file, kind);
        input.value = "";
        redraw();
      }}
  /></label>`;
}

/**
 * What was found in the file, or what is wrong with it; nothing when none was read.
 * @param {Scene} scene @param {Kind} kind @param {(entry: any) => string} nameOf @param {(entries: any[]) => void} take
 */
export function preview({ ui, redraw }, kind, nameOf, take) {
  const { upload } = ui;
  if (upload?.kind !== kind) return nothing;
  const close = () => {
    ui.upload = null;
    redraw();
  };
  const { reading, name, entries, problems, message } = upload;
  const good = !reading && !message && !problems.length;
  return html`<section class="panel preview" role="group" aria-label=${t("The file {name}", { name })}>
    <h3>${t("The file {name}", { name })}</h3>
    ${reading ? html`<p role="status">${t("It is being read…")}</p>` : nothing} ${message ? html`<p class="problem" role="alert">${message}</p>` : nothing}
    ${problems.length
      ? html`<p class="problem" role="alert">${tn("{n} row cannot be taken, so nothing is.", "{n} problems were found, so nothing is taken over.", problems.length)}</p>
          <ul class="found-problems" tabindex="0" aria-label=${t("Problems")}>
            ${problems.slice(0, SHOWN).map(({ line, message }) => html`<li><span class="num">${t("Line {n}", { n: line })}</span> ${message}</li>`)}
          </ul>`
      : nothing}
    ${good
      ? html`<p>${tn("{n} entry would be added.", "{n} entries would be added.", entries.length)}</p>
          <ul class="picked" tabindex="0" aria-label=${t("What the file holds")}>
            ${entries.map((entry) => html`<li><span></span><span>${nameOf(entry)}</span></li>`)}
          </ul>`
      : nothing}
    <p class="acts">
      <button type="button" class="button quiet" @click=${close}>${t("Close")}</button>
      ${good && entries.length ? html`<button type="button" class="button" @click=${() => (take(entries), close())}>${t("Take them over")}</button>` : nothing}
    </p>
  </section>`;
}

/** @param {import("../page.js").Page} page @param {File} file @param {Kind} kind @returns {Promise<import("./ui.js").Upload>} */
async function read(page, file, kind) {
  const shown = { kind, reading: false, name: file.name, entries: [], problems: [], message: "" };
  const address = page.boot.urls.delegations.replace(/delegations$/, kind);
  try {
    const told = await page.api.write("POST", `${address}/preview`, new Blob([file], { type: "application/octet-stream" }));
    return { ...shown, entries: told[kind], problems: told.problems };
  } catch (failure) {
    const message = failure instanceof Error && "reason" in failure ? failure.message : t("The file could not be sent. Please try again.");
    return { ...shown, message };
  }
}
