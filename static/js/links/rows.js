// @ts-check
/** One link: whom it is for, its code, what became of it, its devices, and what can be done with it. */

import { html, live, nothing } from "../../vendor/lit.js";
import { kindWord, regionWord } from "../chair/words.js";
import { t, tn } from "../i18n.js";
import { flag, num } from "../parts.js";
import { shape } from "../shapes.js";

/** @typedef {import("./office.js").LinkTold} LinkTold */
/** @typedef {import("./office.js").Device} Device */
/** @typedef {import("../links.js").Desk} Desk */

/** The roles in the order of the page, each with the title of its part. @returns {[string, string][]} */
export function roles() {
  return [
    ["delegation", t("Delegations")],
    ["panellist", t("Panellists")],
    ["chair", t("Chairs")],
    ["secretary", t("Secretaries")],
    ["assistant", t("Assistants")],
    ["rapporteur", t("Rapporteurs")],
    ["interpreter", t("Interpreters")],
    ["follower", t("Followers")],
    ["display", t("Displays")],
  ];
}

/** @param {Desk} desk @param {LinkTold} link */
export function row(desk, link) {
  const { page, office } = desk;
  const { programme } = page;
  const one = link.role === "delegation" ? programme.delegation(link.subject ?? "") : null;
  const devices = office.devices(link);
  const open = desk.open.has(link.id);
  const own = office.isOwn(link);
  // What is done to a link would outlast a rehearsal: the server refuses it there.
  const lent = page.boot.rehearsal;
  const second = [one && kindWord(one.category), one && regionWord(one.region)].filter(Boolean).join(" · ");
  return html`<li class="row ${link.revoked_at === null ? "" : "revoked"}" data-link=${link.id}>
    <label class="tick" data-col="tick"
      ><input
        type="checkbox"
        aria-label=${t("Choose {name}", { name: link.name })}
        .checked=${live(desk.chosen.has(link.id))}
        @change=${() => desk.choose(link)}
    /></label>
    <div class="who">
      ${one ? flag(one.initials, one.picture) : nothing}
      <h3>${link.name}${second ? html`<small>${second}</small>` : nothing}${own ? html`<small>${t("The link of this screen")}</small>` : nothing}</h3>
    </div>
    <p class="code">
      ${link.code === null ? nothing : html`<bdi dir="ltr"><span class="hidden">${t("Code")} </span>${fours(link.code)}</bdi>`}
      ${became(desk, link)}
    </p>
    <button
      type="button"
      class="button quiet devices"
      data-col="devices"
      aria-expanded=${open ? "true" : "false"}
      aria-controls="more-${link.id}"
      @click=${() => desk.toggle(link)}
    >
      ${devices.length === 0 ? t("No device") : tn("{n} device", "{n} devices", devices.length)}<span class="hidden">: ${link.name}</span>
    </button>
    <div class="acts">
      ${act(t("Copy"), "copy", link, () => desk.copy(link), link.revoked_at === null)}
      ${act(t("Issue again"), "again", link, () => desk.ask("reissue", [link]), !lent)}
      ${act(t("Revoke"), "revoke", link, () => desk.ask("revoke", [link]), link.revoked_at === null && !own && !lent)}
    </div>
    <div class="more" id="more-${link.id}" ?hidden=${!open}>${open ? more(desk, link, devices) : nothing}</div>
  </li>`;
}

/** @param {Desk} desk @param {LinkTold} link @param {Device[]} devices */
function more(desk, link, devices) {
  const { page, office } = desk;
  return html`${
      link.revoked_at === null
        ? html`<label class="url"
            ><span class="label">${t("Link")}</span><input type="text" readonly dir="ltr" id="url-${link.id}" value=${link.url}
          /></label>`
        : nothing
    }
    ${
      link.role === "delegation" && link.revoked_at === null
        ? html`<a class="button" href="${page.boot.urls.cards}?search=${encodeURIComponent(link.subject ?? "")}">${t("Print its card")}</a>`
        : nothing
    }
    ${devices.length === 0 ? html`<p class="note">${t("Nobody has entered by this link, or all were shown out.")}</p>` : nothing}
    ${
      devices.length > 0
        ? html`<ul class="entered">
            ${devices.map(
              (device, index) =>
                html`<li>
                  <span>${t("Device {n}", { n: index + 1 })} <small>${t("since {time}", { time: desk.when(device.made_at) })}</small></span>
                  ${
                    device.id === page.boot.seat
                      ? html`<small>${t("This device")}</small>`
                      : page.boot.rehearsal
                        ? nothing
                        : html`<button type="button" class="button" @click=${() => office.expel([device])}>
                          ${t("Show out")}<span class="hidden">: ${link.name}, ${t("Device {n}", { n: index + 1 })}</span>
                        </button>`
                  }
                </li>`,
            )}
          </ul>`
        : nothing
    }`;
}

/** What became of a link since it was made. @param {Desk} desk @param {LinkTold} link */
function became(desk, link) {
  if (link.revoked_at !== null) {
    return html`<span class="became ended">${shape("dash")}${t("Revoked {time}", { time: desk.when(link.revoked_at) })}</span>`;
  }
  if (link.issue === 1) return nothing;
  return html`<span class="became">${tn("Issued again {n} time", "Issued again {n} times", link.issue - 1)}</span>`;
}

/** @param {string} words @param {string} column @param {LinkTold} link @param {() => unknown} press @param {boolean} [possible] */
function act(words, column, link, press, possible = true) {
  return html`<button
    type="button"
    class="button"
    data-col=${column}
    aria-disabled=${possible ? nothing : "true"}
    @click=${() => possible && press()}
  >
    ${words}<span class="hidden">: ${link.name}</span>
  </button>`;
}

/** A code in groups of four, as it stands on the card. */
function fours(/** @type {string} */ code) {
  return num(`${code.slice(0, 4)} ${code.slice(4)}`);
}
