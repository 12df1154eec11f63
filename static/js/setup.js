// @ts-check
/** The set-up of a dialogue: its programme is changed here and saved whole, before the meeting and during it. */

import { html, nothing, render } from "../vendor/lit.js";
import { t, tn } from "./i18n.js";
import { languageList } from "./languages.js";
import { openPage, say } from "./page.js";
import { connectionChip } from "./parts.js";
import { idOf } from "./setup/controls.js";
import { delegations } from "./setup/delegations.js";
import { Draft } from "./setup/draft.js";
import { groups } from "./setup/groups.js";
import { meeting } from "./setup/meeting.js";
import { people } from "./setup/people.js";
import { programme } from "./setup/programme.js";
import { sectionOf, SECTIONS, Ui } from "./setup/ui.js";
import { walkIns, watchWalkIns } from "./setup/walkins.js";

/** @typedef {import("./page.js").Page} Page */
/** @typedef {import("./setup/controls.js").Scene} Scene */
/** @typedef {import("./setup/ui.js").Section} Section */

const app = /** @type {HTMLElement} */ (document.getElementById("app"));
app.replaceChildren();

/** What a browser that keeps nothing is given instead. @type {import("./setup/draft.js").Keeping} */
const NOTHING_KEPT = { getItem: () => null, setItem: () => {}, removeItem: () => {} };

/** @type {Scene | null} */
let scene = null;

const page = await openPage(draw);
scene = {
  page,
  draft: new Draft(page.boot.dialogue, storage()),
  catalogue: { delegations: [], groups: [] },
  ui: new Ui(),
  redraw: page.redraw,
};
await load(scene);
watchWalkIns(scene);
addEventListener("hashchange", () => {
  page.redraw();
  scrollTo({ top: 0 });
});
addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key !== "s" || !scene) return;
  event.preventDefault();
  save(scene);
});

/** @param {Page} page */
function draw(page) {
  const { store } = page;
  if (!scene?.draft.fields.title) {
    render(html`<p class="lead">${store.refusal ? store.refusal.message : t("Connecting…")}</p>`, app);
    return;
  }
  document.documentElement.dataset.setup = scene.draft.state;
  render(whole(scene), app);
}

/** @param {Scene} scene */
function whole(scene) {
  const { page, draft, ui } = scene;
  const { boot, store } = page;
  return html`<div class="desk setup">
    <a class="skip" href="#section">${t("To the fields")}</a>
    <header class="desk-top">
      <h1 class="title">${t("Set-up")}</h1>
      <span class="where">${page.programme.document.title}</span>
      <div class="end">
        ${store.refusal ? html`<strong>${store.refusal.message}</strong>` : connectionChip(store.connection)}
        ${languageList(boot, t("Language of this screen"))}
        <a class="button quiet" href="/s/${boot.seat}/cards">${t("Place cards")}</a>
        <a class="button quiet" href="/s/${boot.seat}/links">${t("Links")}</a>
        ${store.view?.dialogue.phase === "scheduled" && !boot.rehearsal && !store.rehearsal
          ? html`<form method="post" action="/s/${boot.seat}/rehearsal"><button type="submit" class="button quiet">${t("Begin a rehearsal")}</button></form>`
          : nothing}
        <a class="button" href="/s/${boot.seat}">${t("To the meeting")}</a>
      </div>
    </header>
    <nav aria-label=${t("Parts of the set-up")}>
      ${SECTIONS.map((section) => tab(scene, section))}
    </nav>
    <main id="section" tabindex="-1">
      <h2>${titleOf(ui.section)}</h2>
      ${notice(scene)} ${content(scene)}
    </main>
    ${ui.section === "walk-ins" || ui.section === "file" ? (draft.state === "read" ? nothing : saving(scene)) : saving(scene)}
  </div>`;
}

/** @param {Scene} scene @param {Section} section */
function tab({ draft, ui }, section) {
  const wrong = draft.problems.filter(({ path }) => sectionOf(path) === section).length;
  const waiting = section === "walk-ins" ? ui.walkIns.filter(({ state }) => state === "pending").length : 0;
  return html`<a href="#${section}" aria-current=${ui.section === section ? "page" : nothing}
    >${titleOf(section)}${wrong ? html` <span class="badge strong">${tn("{n} problem", "{n} problems", wrong)}</span>` : nothing}${waiting
      ? html` <span class="badge strong">${waiting}</span>`
      : nothing}</a
  >`;
}

/** @param {Section} section */
function titleOf(section) {
  switch (section) {
    case "meeting":
      return t("Meeting and rules");
    case "programme":
      return t("Programme");
    case "people":
      return t("People");
    case "delegations":
      return t("Delegations");
    case "groups":
      return t("Groups");
    case "walk-ins":
      return t("At the door");
    default:
      return t("File");
  }
}

/** @param {Scene} scene */
function content(scene) {
  switch (scene.ui.section) {
    case "meeting":
      return meeting(scene);
    case "programme":
      return programme(scene);
    case "people":
      return people(scene);
    case "delegations":
      return delegations(scene);
    case "groups":
      return groups(scene);
    case "walk-ins":
      return walkIns(scene);
    default:
      return file(scene);
  }
}

/** @param {Scene} scene */
function file({ page }) {
  return html`<p class="lead">${t("The set-up as a file: kept, sent, and loaded again in another installation.")}</p>
    <p><a class="button" href="/s/${page.boot.seat}/programme.yaml" download>${t("Save the file (YAML)")}</a></p>
    <p class="hint">${t("It holds what was saved last, not what is being changed. Links and notes are not in it.")}</p>`;
}

/** What has to be known before anything is typed. @param {Scene} scene */
function notice({ draft, page, ui }) {
  const phase = page.store.view?.dialogue.phase;
  const live = phase === "open" || phase === "suspended";
  return html`${ui.message ? html`<p class="problem" role="alert">${ui.message}</p>` : nothing}
    ${draft.found ? html`<p class="notice-line">${t("Changes that were not saved are still here from your last visit.")}</p>` : nothing}
    ${live ? html`<p class="notice-line">${t("The meeting is going on: what is saved takes effect at once, limits from the next speaker on.")}</p>` : nothing}
    ${phase === "closed" ? html`<p class="notice-line">${t("The meeting is closed: names and texts can still be put right.")}</p>` : nothing}`;
}

/** @param {Scene} scene */
function saving(scene) {
  const { draft } = scene;
  return html`<footer class="saving" data-state=${draft.state}>
    <div class="said">
      <p><strong>${stateWords(draft)}</strong></p>
      ${draft.problems.length
        ? html`<ul class="problems">
            ${draft.problems.map(
              ({ path, message }) =>
                html`<li><button type="button" class="link" @click=${() => goTo(path)}>${path || t("The whole")}</button> ${message}</li>`,
            )}
          </ul>`
        : nothing}
    </div>
    <div class="acts">
      ${draft.state === "overtaken"
        ? html`<button type="button" class="button quiet" @click=${() => load(scene, true)}>${t("Take the other version")}</button>
            <button type="button" class="button" @click=${() => overtake(scene)}>${t("Put mine over it")}</button>`
        : html`<button type="button" class="button quiet" aria-disabled=${draft.changed ? nothing : "true"} @click=${() => draft.changed && load(scene, true)}>${t("Discard")}</button>
            <button type="button" class="button primary" aria-disabled=${draft.changed ? nothing : "true"} @click=${() => save(scene)}>${t("Save")} <kbd>Ctrl S</kbd></button>`}
    </div>
  </footer>`;
}

/** @param {Draft} draft */
function stateWords(draft) {
  switch (draft.state) {
    case "changed":
      return t("Not saved yet; kept on this device.");
    case "saving":
      return t("Saving…");
    case "saved":
      return t("Saved.");
    case "refused":
      return draft.problems.length ? t("Not saved: something has to be put right.") : draft.message;
    case "overtaken":
      return draft.message;
    default:
      return t("Nothing has been changed.");
  }
}

/** Fetches what the server has. @param {Scene} scene @param {boolean} [anew] forget what was changed here */
async function load(scene, anew = false) {
  const { page, draft } = scene;
  if (anew) draft.discard();
  for (;;) {
    try {
      const [form, catalogue] = await Promise.all([fetchForm(page), page.api.getJson(`/api/catalogue?lang=${page.boot.lang}`)]);
      if (catalogue) scene.catalogue = catalogue;
      draft.read(form);
      break;
    } catch (failure) {
      if (page.store.refusal) break;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }
  page.redraw();
}

/** @param {Page} page */
function fetchForm(page) {
  return page.api.getJson(`${page.boot.urls.programme}/form`);
}

/** @param {Scene} scene */
async function save({ page, draft }) {
  if (!draft.changed || draft.state === "saving") return;
  const fields = draft.sent;
  draft.state = "saving";
  page.redraw();
  const answer = await page.api.command("change-programme", { base: draft.base, programme: fields });
  if (answer.ok) {
    // Whoever is new has been given an id, with which it has to be sent from now on.
    const form = await fetchForm(page).catch(() => null);
    const untouched = JSON.stringify(draft.sent) === JSON.stringify(fields);
    draft.accepted(fields);
    if (form && untouched) {
      draft.read(form);
      draft.state = "saved";
    }
  } else {
    draft.refused(answer);
  }
  say(stateWords(draft));
  page.redraw();
}

/** @param {Scene} scene */
async function overtake(scene) {
  const form = await fetchForm(scene.page);
  scene.draft.overtake(form.revision);
  await save(scene);
}

/** Shows the control that a problem belongs to, or the nearest there is. @param {string} path */
function goTo(path) {
  location.hash = sectionOf(path);
  page.redraw();
  // Once the section is drawn: that is done before anything that waits for its turn.
  setTimeout(() => {
    const steps = path.split(/[.[\]]+/).filter(Boolean).map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    for (let length = steps.length; length > 0; length -= 1) {
      const control = document.querySelector(`[id^="${CSS.escape(idOf(steps.slice(0, length)))}"]`);
      if (control instanceof HTMLElement) return control.focus();
    }
    return document.getElementById("section")?.focus();
  });
}

/** @returns {import("./setup/draft.js").Keeping} */
function storage() {
  try {
    return localStorage;
  } catch {
    return NOTHING_KEPT;
  }
}

