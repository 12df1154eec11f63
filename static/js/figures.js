// @ts-check
/** The closing figures follow what happens: the server counts and draws them, here they are brought up to date. */

import { html, render } from "../vendor/lit.js";
import { t } from "./i18n.js";
import { languageList } from "./languages.js";
import { openPage } from "./page.js";
import { connectionChip } from "./parts.js";
import { Follower } from "./record/follow.js";

/** @typedef {import("./page.js").Page} Page */

/** The projected form has none. */
const contact = document.getElementById("contact");
const told = /** @type {HTMLElement} */ (document.getElementById("told"));
const follower = new Follower(location.pathname, told);

await openPage(draw);

/** @param {Page} page */
function draw({ store, boot }) {
  if (store.view) follower.follow(String(store.version));
  if (!contact) return;
  render(
    html`${store.refusal ? html`<span class="chip"><strong>${store.refusal.message}</strong></span>` : connectionChip(store.connection)}
      ${languageList(boot, t("Language of this screen"))}`,
    contact,
  );
}
