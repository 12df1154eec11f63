// @ts-check
/** The page of links and devices: found by a few letters, copied, issued again, revoked; devices shown out. */

import { html, live, nothing, render } from "../vendor/lit.js";
import { plain } from "./chair/search.js";
import { t, tn } from "./i18n.js";
import { askingDialog } from "./links/ask.js";
import { Office } from "./links/office.js";
import { roles, row } from "./links/rows.js";
import { openPage, say } from "./page.js";
import { connectionChip } from "./parts.js";

/** @typedef {import("./page.js").Page} Page */
/** @typedef {import("./links/office.js").LinkTold} LinkTold */

const contact = /** @type {HTMLElement} */ (document.getElementById("contact"));
const main = /** @type {HTMLElement} */ (document.getElementById("links"));
const over = /** @type {HTMLElement} */ (document.getElementById("asking"));

/** What is chosen, opened, typed and asked on this page. */
export class Desk {
  /** @type {Set<string>} */
  chosen = new Set();
  /** @type {Set<string>} */
  open = new Set();
  typed = "";
  role = "";
  /** @type {import("./links/ask.js").Asking | null} */
  asking = null;
  /** Where the focus was when something was asked. @type {HTMLElement | null} */
  #from = null;
  #format;

  /** @param {Page} page @param {Office} office */
  constructor(page, office) {
    this.page = page;
    this.office = office;
    const lang = page.boot.lang === "en" ? "en-GB" : page.boot.lang;
    this.#format = new Intl.DateTimeFormat(`${lang}-u-nu-latn`, {
      timeZone: page.programme.document.timezone,
      day: "numeric",
      month: "short",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
  }

  /** An instant where the dialogue meets. */
  when(/** @type {number} */ instant) {
    return this.#format.format(instant);
  }

  /** The links that are shown, in the order of the page: by role, delegations by their alphabet. @returns {[string, LinkTold[]][]} */
  shown() {
    const query = plain(this.typed.trim());
    const code = query.replace(/[^a-z0-9]/g, "");
    const place = new Map(Object.keys(this.page.programme.document.delegations).map((subject, index) => [subject, index]));
    return roles()
      .filter(([role]) => this.role === "" || this.role === role || this.role === "revoked")
      .map(([role, title]) => {
        const links = this.office.links.filter(
          (link) =>
            link.role === role &&
            (this.role !== "revoked" || link.revoked_at !== null) &&
            (query === "" ||
              plain(link.name).includes(query) ||
              link.subject?.toLowerCase() === query ||
              (code.length > 3 && link.code?.toLowerCase().startsWith(code))),
        );
        // Whoever is named by its code comes first.
        const rank = (/** @type {LinkTold} */ { subject }) =>
          subject?.toLowerCase() === query ? -1 : (place.get(subject ?? "") ?? 0);
        links.sort((a, b) => rank(a) - rank(b));
        return /** @type {[string, LinkTold[]]} */ ([title, links]);
      })
      .filter(([, links]) => links.length > 0);
  }

  /** The chosen ones, whether they are shown now or not. */
  get chosenLinks() {
    return this.office.links.filter(({ id }) => this.chosen.has(id));
  }

  choose(/** @type {LinkTold} */ { id }) {
    if (!this.chosen.delete(id)) this.chosen.add(id);
    this.page.redraw();
  }

  /** Chooses all of these, or none when all were chosen. */
  chooseAll(/** @type {LinkTold[]} */ links) {
    const all = links.every(({ id }) => this.chosen.has(id));
    for (const { id } of links) {
      if (all) this.chosen.delete(id);
      else this.chosen.add(id);
    }
    this.page.redraw();
  }

  toggle(/** @type {LinkTold} */ { id }) {
    if (!this.open.delete(id)) this.open.add(id);
    this.page.redraw();
  }

  /** @param {import("./links/ask.js").Asking["act"]} act @param {LinkTold[]} links */
  ask(act, links) {
    this.#from = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    this.asking = { act, links, expel: false };
    this.page.redraw();
  }

  async answer(/** @type {boolean} */ yes) {
    const { asking } = this;
    if (!asking) return;
    this.asking = null;
    this.page.redraw();
    const { act, links, expel } = asking;
    if (yes) {
      if (act === "reissue") await this.office.reissue(links, expel);
      else if (act === "revoke") await this.office.revoke(links);
      else await this.office.expel(links.flatMap((link) => this.office.devices(link)).filter(({ id }) => id !== this.page.boot.seat));
      if (!this.office.told.failed) this.chosen.clear();
      this.page.redraw();
    }
    if (this.#from?.isConnected) this.#from.focus();
  }

  /** Copies a link; over plain http the browser gives no clipboard: then it is selected, to be copied by hand. */
  async copy(/** @type {LinkTold} */ link) {
    try {
      await navigator.clipboard.writeText(link.url);
      this.office.tell(t("The link of {name} is copied", { name: link.name }));
    } catch {
      this.open.add(link.id);
      this.page.redraw();
      await new Promise((resolve) => setTimeout(resolve));
      const field = /** @type {HTMLInputElement | null} */ (document.getElementById(`url-${link.id}`));
      field?.focus();
      field?.select();
      this.office.tell(t("The link of {name} is selected: copy it with Ctrl and C", { name: link.name }));
    }
  }
}

/** @type {Desk | null} */
let desk = null;

const page = await openPage(draw);
desk = new Desk(page, new Office(page, say));
desk.office.update();
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement) return;
  event.preventDefault();
  document.getElementById("find")?.focus();
});

/** @param {Page} page */
function draw({ store }) {
  render(store.refusal ? html`<span class="chip"><strong>${store.refusal.message}</strong></span>` : connectionChip(store.connection), contact);
  if (!desk) return;
  render(tools(desk), main);
  render(askingDialog(desk), over);
}

function tools(/** @type {Desk} */ desk) {
  const { office } = desk;
  const parts = desk.shown();
  return html`<form class="tools" role="search" @submit=${(/** @type {Event} */ event) => event.preventDefault()}>
      <label
        ><span>${t("Find a delegation, a name or a code")} <kbd>/</kbd></span>
        <input
          type="search"
          id="find"
          autocomplete="off"
          spellcheck="false"
          .value=${live(desk.typed)}
          @input=${(/** @type {Event} */ event) => {
            desk.typed = /** @type {HTMLInputElement} */ (event.target).value;
            desk.page.redraw();
          }}
      /></label>
      <label
        ><span>${t("Show")}</span>
        <select
          .value=${live(desk.role)}
          @change=${(/** @type {Event} */ event) => {
            desk.role = /** @type {HTMLSelectElement} */ (event.target).value;
            desk.page.redraw();
          }}
        >
          <option value="">${t("All")}</option>
          ${roles().map(([role, title]) => html`<option value=${role}>${title}</option>`)}
          <option value="revoked">${t("Revoked")}</option>
        </select></label
      >
      <button type="button" class="button" id="update" @click=${() => office.update({ asked: true })}>${t("Update")}</button>
    </form>
    <p class="told ${office.told.failed ? "failed" : ""}" aria-hidden="true">${office.told.text}</p>
    ${parts.map(([title, links]) => part(desk, title, links))}
    ${parts.length === 0 ? html`<p class="note none">${office.loaded ? t("Nothing has this name or code.") : t("One moment")}</p>` : nothing}
    ${desk.chosen.size > 0 ? bulk(desk) : nothing}`;
}

/** @param {Desk} desk @param {string} title @param {LinkTold[]} links */
function part(desk, title, links) {
  const all = links.every(({ id }) => desk.chosen.has(id));
  return html`<section class="panel" aria-label=${title}>
    <header>
      <label class="tick"
        ><input type="checkbox" .checked=${live(all)} aria-label=${t("Choose all: {name}", { name: title })} @change=${() => desk.chooseAll(links)}
      /></label>
      <h2>${title}</h2>
      <span class="label">${tn("{n} link", "{n} links", links.length)}</span>
    </header>
    <ul @keydown=${moveFocus}>
      ${links.map((link) => row(desk, link))}
    </ul>
  </section>`;
}

/** What is done to all that are chosen. */
function bulk(/** @type {Desk} */ desk) {
  const links = desk.chosenLinks;
  const { office, page } = desk;
  const free = links.filter((link) => link.revoked_at === null && !office.isOwn(link));
  const held = links.filter((link) => office.devices(link).length > 0);
  const codes = links.filter(({ role, revoked_at }) => role === "delegation" && revoked_at === null).map(({ subject }) => subject);
  return html`<div class="bulk" role="group" aria-label=${t("What is chosen")}>
    <strong>${tn("{n} chosen", "{n} chosen", links.length)}</strong>
    <button type="button" class="button" @click=${() => desk.ask("reissue", links)}>${t("Issue again")}</button>
    <button
      type="button"
      class="button"
      aria-disabled=${free.length > 0 ? nothing : "true"}
      @click=${() => free.length > 0 && desk.ask("revoke", free)}
    >
      ${t("Revoke")}
    </button>
    <button
      type="button"
      class="button"
      aria-disabled=${held.length > 0 ? nothing : "true"}
      @click=${() => held.length > 0 && desk.ask("expel", held)}
    >
      ${t("Show out the devices")}
    </button>
    ${
      codes.length > 0
        ? html`<a class="button" href="${page.boot.urls.cards}?search=${encodeURIComponent(codes.join(","))}">${t("Print the cards")}</a>`
        : nothing
    }
    <button
      type="button"
      class="button quiet"
      @click=${() => {
        desk.chosen.clear();
        page.redraw();
      }}
    >
      ${t("Choose none")}
    </button>
  </div>`;
}

/** Arrows go from row to row, in the same column. */
function moveFocus(/** @type {KeyboardEvent} */ event) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const target = /** @type {HTMLElement} */ (event.target);
  const column = target.closest("[data-col]")?.getAttribute("data-col");
  if (by === undefined || !column) return;
  const rows = [.../** @type {HTMLElement} */ (event.currentTarget).querySelectorAll(`.row [data-col="${column}"]`)];
  const to = rows[rows.indexOf(/** @type {Element} */ (target.closest("[data-col]"))) + by];
  if (!to) return;
  event.preventDefault();
  /** @type {HTMLElement} */ (to.querySelector("input") ?? to).focus();
}
