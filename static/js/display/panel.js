// @ts-check
/** The panel of settings: what the room is like, what its last row can read, and how this display is kept. */

import { html, live, nothing } from "../../vendor/lit.js";
import { t } from "../i18n.js";
import { languageNames } from "../languages.js";
import { fill, num } from "../parts.js";
import { icon, shape } from "../shapes.js";
import { heightNeeded, legibility } from "./legibility.js";
import { layoutFor } from "./room.js";
import { BOUNDS, metres, searchFor } from "./settings.js";
import { letterHeight, roomOf } from "./picture-size.js";
import { legibilityTable } from "./words.js";

/** @typedef {import("./setup.js").Setup} Setup */
/** @typedef {import("../page.js").Page} Page */

/** @param {Setup} setup @param {Page} page */
export function panel(setup, page) {
  const room = roomOf(setup.settings, letterHeight());
  return html`<section class="panel" role="dialog" aria-labelledby="panel-title">
    <header>
      <h2 id="panel-title">${t("Settings of this display")}</h2>
      <button type="button" class="icon-button" aria-label=${t("Close")} @click=${() => setup.show(false)}>${icon("close")}</button>
    </header>
    <div class="lengths">
      ${length(setup, "depth", t("Depth of the room, in metres"))}
      ${length(setup, "height", t("Height of the picture, in metres"))}
    </div>
    ${reading(room)}
    <div class="switches">
      ${toggle(setup, "mirror", t("Mirrored, for projection from behind"))}
      ${toggle(setup, "captions", t("Lower fifth and end quarter free, for captions and sign language"))}
      ${toggle(setup, "silent", t("Silent: no chime at the end of a firm limit"))}
      <fieldset>
        <legend>${t("Language of this screen")}</legend>
        ${languageNames(page.boot)}
      </fieldset>
    </div>
    <div class="acts">
      <button type="button" class="button" @click=${() => setup.fill()}>
        ${document.fullscreenElement ? t("Leave full screen") : t("Full screen")} <kbd>F</kbd>
      </button>
      <button
        type="button"
        class="button"
        aria-disabled=${setup.mayTest ? nothing : "true"}
        @click=${() => {
          if (!setup.mayTest) return;
          setup.show(false);
          setup.test();
        }}
      >
        ${t("Test picture")} <kbd>T</kbd>
      </button>
    </div>
    ${setup.mayTest ? nothing : html`<p class="hint">${t("No test picture while somebody has the floor, or the chair wants the display dark.")}</p>`}
    <nav class="acts" aria-label=${t("Other pages of this display")}>
      <a class="button" href=${page.boot.urls.lectern}>${t("Lectern")}</a>
      <a class="button" href=${page.boot.urls.overlay}>${t("Overlay for the webcast")}</a>
    </nav>
    <p class="hint">${wakefulness(setup.awake.state)}</p>
    <p class="hint">${address(setup)}</p>
  </section>`;
}

/** @param {Setup} setup @param {"depth" | "height"} name @param {string} words */
function length(setup, name, words) {
  const { least, most } = BOUNDS[name];
  const wrong = setup.wrong[name];
  const typed = (/** @type {Event} */ event) => {
    const text = /** @type {HTMLInputElement} */ (event.target).value;
    const value = metres(name, text);
    const taken = value !== null || text.trim() === "";
    setup.wrong = { ...setup.wrong, [name]: taken ? undefined : text };
    if (taken) setup.set({ [name]: value });
    else setup.draw();
  };
  return html`<label class="field"
    ><span>${words}</span>
    <input
      type="text"
      inputmode="decimal"
      autocomplete="off"
      dir="ltr"
      .value=${live(wrong ?? setup.settings[name]?.toString() ?? "")}
      aria-invalid=${wrong === undefined ? "false" : "true"}
      aria-describedby="wrong-${name}"
      @input=${typed}
    />
    <span class="problem" id="wrong-${name}" role="status"
      >${wrong === undefined ? "" : t("Between {least} and {most} metres.", { least, most })}</span
    >
  </label>`;
}

/** @param {Setup} setup @param {"mirror" | "captions" | "silent"} name @param {string} words */
function toggle(setup, name, words) {
  return html`<label
    ><input
      type="checkbox"
      .checked=${live(setup.settings[name])}
      @change=${(/** @type {Event} */ event) => setup.set({ [name]: /** @type {HTMLInputElement} */ (event.target).checked })}
    />${words}</label
  >`;
}

/** What the last row can read, and what would help where that is too little. @param {import("./room.js").Room} room */
function reading(room) {
  const read = legibility(room);
  if (!read) return html`<p class="hint">${t("With both, the display chooses how large texts are and how many names it shows.")}</p>`;
  const { rows, next } = layoutFor(room);
  const needed = heightNeeded(room);
  return html`${legibilityTable(read)}
    <p class="hint">${next === "line" ? t("Next speakers in one line, fewer where they do not fit.") : fill(t("At most {n} names beside the clock."), { n: rows })}</p>
    ${needed === null
      ? nothing
      : html`<p class="notice" role="status">
          ${shape("triangle")}<span>${room.captions
              ? t("Not everything is read from the last row. Without the space for captions texts are larger; or hang a second screen nearer.")
              : fill(t("Not everything is read from the last row. It would be in a picture {height} high; or hang a second screen nearer."), { height: num(`${needed} m`) })}</span>
        </p>`}`;
}

/** @param {import("./awake.js").Wakefulness} state */
function wakefulness(state) {
  switch (state) {
    case "awake":
      return t("This screen is kept awake.");
    case "insecure":
      return t("This address is plain http, and there browsers let the screen fall asleep: switch off energy saving on this computer.");
    case "unable":
    case "refused":
      return t("This browser lets the screen fall asleep: switch off energy saving on this computer.");
    default:
      return t("The screen is being kept awake…");
  }
}

/** @param {Setup} setup */
function address({ settings }) {
  const said = searchFor(settings);
  if (!said) return t("All settings are kept on this computer.");
  return fill(t("Kept on this computer; added to the link of the display, {address} sets up another one."), {
    address: html`<bdi class="n" dir="ltr">${said}</bdi>`,
  });
}
