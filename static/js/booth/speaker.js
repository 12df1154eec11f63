// @ts-check
/** Somebody whom the booth will hear: who it is, in which language, and from which paper. */

import { html, nothing } from "../../vendor/lit.js";
import { t } from "../i18n.js";
import { kindOfRequest } from "../kinds.js";
import { flag } from "../parts.js";
import { icon } from "../shapes.js";
import { deliveryWord, languageName, levelWord, OTHER } from "./words.js";

/** @typedef {import("../page.js").Page} Page */
/** @typedef {import("../store.js").Heard} Heard */

/** The name of the delegation, and of the person where it was told. @param {Page} page @param {Heard} heard */
export function whoSpeaks({ programme, texts }, heard) {
  const { name, initials, picture, second, group } = programme.voice({ ...heard, person: heard.person ?? null });
  const { details } = heard;
  const person = [texts.of(details?.speaker), texts.of(details?.title)].filter(Boolean).join(", ");
  const about = [levelWord(details?.level), kindLine(programme, heard)].filter(Boolean).join(" · ");
  return html`${flag(initials, picture)}
    <div class="names">
      <strong>${name}</strong>
      ${group ? html`<small>${t("on behalf of the {group}", { group })}</small>` : nothing}
      ${second ? html`<small>${second}</small>` : nothing}
      ${person ? html`<span class="in-person" dir="auto">${person}</span>` : nothing}
      ${about ? html`<small>${about}</small>` : nothing}
    </div>`;
}

/** The language, and what is known of the paper. @param {Page} page @param {Heard} heard */
export function howSpoken({ boot }, { details }) {
  const language = details?.language ?? null;
  const delivery = deliveryWord(details?.delivery);
  return html`<ul class="spoken">
    <li class=${language ? "tongue" : "tongue unknown"}>
      ${language ? html`${language === OTHER ? nothing : html`<b aria-hidden="true">${language}</b>`}${languageName(language, boot.lang)}` : t("Language not told")}
    </li>
    <li>${icon("note")}${details?.text ? delivery || t("Text is here") : delivery ? t("{delivery}; no text yet", { delivery }) : t("No text")}</li>
  </ul>`;
}

/** @param {import("../programme.js").Programme} programme @param {Heard} heard */
function kindLine(programme, { kind, to }) {
  const word = kind === "statement" ? "" : kindOfRequest(kind);
  return word && to ? t("{kind} to {name}", { kind: word, name: programme.person(to).name }) : word;
}
