// @ts-check
/** Beneath the list of speakers: rights of reply, which have a list of their own, and who left a list unheard. */

import { html, nothing, repeat } from "../../vendor/lit.js";
import { mss } from "../clock.js";
import { t, tn } from "../i18n.js";
import { kindOfRequest } from "../kinds.js";
import { flag, num } from "../parts.js";
import { icon } from "../shapes.js";

/** @typedef {import("./ui.js").Scene} Scene */

/** Both, each only when there is somebody. */
export function beneathList(/** @type {Scene} */ scene) {
  const { replies, not_heard } = scene.view;
  if (replies.length === 0 && not_heard.length === 0) return nothing;
  return html`<div class="beneath">${replies.length > 0 ? replyList(scene) : nothing} ${not_heard.length > 0 ? unheard(scene) : nothing}</div>`;
}

/** Rights of reply: heard at the end, two at most of a delegation and the second shorter. */
function replyList(/** @type {Scene} */ scene) {
  const { view } = scene;
  return html`<section aria-labelledby="replies">
    <h3 id="replies">${t("Rights of reply")} <span class="label">${tn("{n} waits; heard at the end", "{n} wait; heard at the end", view.replies.length)}</span></h3>
    <ol>
      ${repeat(
        view.replies,
        (/** @type {{id: string}} */ { id }) => id,
        (/** @type {import("./next.js").BureauEntry} */ entry) => reply(scene, entry),
      )}
    </ol>
  </section>`;
}

/** @param {Scene} scene @param {import("./next.js").BureauEntry} entry */
function reply({ view, programme, acts, ui, directs }, entry) {
  const { name, initials, picture } = programme.voice(entry);
  const to = entry.in_reply_to ? t("to {name}", { name: programme.voice(entry.in_reply_to).name }) : "";
  const { right_of_reply_again: again, right_of_reply: first } = view.segment?.rules.limits ?? {};
  const second = entry.limit === again && again !== first ? t("second") : "";
  const open = view.dialogue.phase === "open";
  return html`<li>
    ${flag(initials, picture)}<span><strong>${name}</strong> <small>${[to, second].filter(Boolean).join(" · ")}</small></span>${num(mss(entry.limit))}
    ${directs
      ? html`<button
          type="button"
          class="button"
          aria-label=${t("Give the floor to {name}", { name })}
          aria-disabled=${open ? nothing : "true"}
          @click=${() => open && acts.giveTo(entry)}
        >
          ${t("Give the floor")}
        </button>`
      : nothing}
    <button
      type="button"
      class="icon-button"
      aria-haspopup="menu"
      aria-label=${t("More for {name}", { name })}
      @click=${(/** @type {Event} */ event) => ui.openMenu({ of: "entry", id: entry.id }, /** @type {Element} */ (event.currentTarget))}
    >
      ${icon("more")}
    </button>
  </li>`;
}

/** Who was not present, or withdrew: one press, and they are on the list again. */
function unheard(/** @type {Scene} */ scene) {
  const { view, programme, acts, directs } = scene;
  return html`<section class="unheard" aria-labelledby="unheard">
    <h3 id="unheard">${t("Left the list unheard")}</h3>
    <ul>
      ${view.not_heard.map((one) => {
        const { name, initials, picture } = programme.voice({ ...one, person: null });
        const how = one.standing === "not-present" ? t("not present") : t("withdrew");
        const kind = one.kind === "statement" ? "" : kindOfRequest(one.kind);
        const back = () => acts.send("reinstate-request", { request: one.id, before: null }, t("{name} is on the list again", { name }));
        return html`<li>
          ${flag(initials, picture)}<span>${name} <small>${[kind, how].filter(Boolean).join(" · ")}</small></span>
          ${directs
            ? html`<button type="button" class="button quiet" aria-label=${t("Reinstate {name}", { name })} @click=${back}>${icon("undo")}${t("Reinstate")}</button>`
            : nothing}
        </li>`;
      })}
    </ul>
  </section>`;
}
