// @ts-check
/** The chair's screen: who has the floor, the list, one next action. Assistants see the same and add or withdraw. */

import { html, nothing, render } from "../vendor/lit.js";
import { clockState } from "./clock.js";
import { t } from "./i18n.js";
import { openPage, say } from "./page.js";
import { shape } from "./shapes.js";
import { Acts } from "./chair/acts.js";
import { addSheet } from "./chair/add.js";
import { Fairly } from "./chair/balance.js";
import { closingSheet } from "./chair/closing.js";
import { displaySheet } from "./chair/display.js";
import { watchDoor } from "./chair/door.js";
import { floorCard } from "./chair/floor.js";
import { noteSheet, placeSheet, speakerSheet } from "./chair/entry-sheets.js";
import { balancePart } from "./chair/fairness.js";
import { expectedAt } from "./chair/forecast.js";
import { dayStrip, topBar } from "./chair/head.js";
import { keysFooter, listenToKeys } from "./chair/keyboard.js";
import { keysSheet } from "./chair/keys.js";
import { listPart } from "./chair/list.js";
import { menu } from "./chair/menu.js";
import { nextAction, POINT_OF_ORDER } from "./chair/next.js";
import { orderSheet } from "./chair/order.js";
import { keepPlace } from "./chair/place.js";
import { alertWords, interruptedPart, pointAlert } from "./chair/point.js";
import { questionsSheet, repliesPart, whoReplies } from "./chair/questions.js";
import { Reporter } from "./chair/reporter.js";
import { rulesSheet } from "./chair/rules.js";
import { programmeSheet, totalSheet } from "./chair/sheets.js";
import { nextButton, readOut, toast } from "./chair/side.js";
import { Told } from "./chair/told.js";
import { Ui } from "./chair/ui.js";

/** @typedef {import("./page.js").Page} Page */
/** @typedef {import("./chair/ui.js").Scene} Scene */

/** Roles that direct the meeting; an assistant only adds and withdraws. */
const DIRECTING = ["chair", "secretary"];

const app = /** @type {HTMLElement} */ (document.getElementById("app"));
const date = app.dataset.date ?? "";
/** What the server sent for the eye until the first drawing. */
const skeleton = [...app.childNodes];
const ui = new Ui(() => page.redraw());
const reporter = new Reporter(say);

/** What the tab of the browser says by itself. */
const title = document.title;

/** @type {Fairly | null} */
let fairly = null;
/** @type {Acts | null} */
let acts = null;
/** @type {Told | null} */
let told = null;
/** @type {Scene | null} */
let scene = null;

listenToKeys(() => scene);
const page = await openPage(draw, { everySecond: true });
if (DIRECTING.includes(page.boot.role)) watchDoor(page, ui);

/** @param {Page} page @param {number} now */
function draw(page, now) {
  acts ??= new Acts(page, (text) => reporter.now(text));
  told ??= new Told(page, (text) => reporter.now(text));
  fairly ??= new Fairly(page);
  for (const node of skeleton.splice(0)) node.remove();
  scene = page.store.refusal ? null : sceneOf(page, acts, told, now);
  if (!scene) {
    render(waiting(page), app);
    return;
  }
  acts.tick();
  reporter.follow(scene);
  ui.alert = alertWords(scene.view, scene.programme);
  document.title = ui.alert ? `◆ ${ui.alert}` : title;
  const drawn = scene;
  keepPlace(app, () => render(screen(drawn), app));
}

/** @param {Page} page @param {Acts} acts @param {Told} told @param {number} now @returns {Scene | null} */
function sceneOf(page, acts, told, now) {
  if (!page.store.view) return null;
  const view = /** @type {import("./chair/next.js").BureauView} */ (page.store.view);
  const { programme, boot } = page;
  told.follow(view);
  return {
    page,
    view,
    programme,
    now,
    reading: clockState(view, now),
    expected: expectedAt(view.forecast, now),
    fairness: fairly?.follow() ?? null,
    next: nextAction(view, programme.document),
    acts,
    told,
    ui,
    me: `${boot.role}/${boot.subject}`,
    directs: DIRECTING.includes(boot.role),
    date,
  };
}

/** @param {Scene} scene */
function screen(scene) {
  return html`<div class="chair">
    <a class="skip" href="#next">${t("To the next action")}</a>
    ${topBar(scene)} ${dayStrip(scene)}
    <main class="work">
      <div class="side">
        ${pointAlert(scene)} ${floorCard(scene)} ${interruptedPart(scene)} ${nextButton(scene)} ${readOut(scene)}
        <div class="lower">${toast(scene)} ${repliesPart(scene)} ${givesWay(scene) ? nothing : balancePart(scene)}</div>
      </div>
      ${listPart(scene)} ${menu(scene)}
    </main>
    ${keysFooter(scene)} ${addSheet(scene)} ${programmeSheet(scene)} ${totalSheet(scene)} ${keysSheet(scene)}
    ${scene.directs
      ? html`${displaySheet(scene)} ${closingSheet(scene)} ${placeSheet(scene)} ${rulesSheet(scene)} ${orderSheet(scene)}
          ${noteSheet(scene)}`
      : nothing}
    ${speakerSheet(scene)} ${questionsSheet(scene)}
  </div>`;
}

/** What is more urgent takes the room of the balance. */
function givesWay(/** @type {Scene} */ scene) {
  const { floor, points } = scene.view;
  return floor?.kind === POINT_OF_ORDER || points.waiting.length > 0 || whoReplies(scene) !== null;
}

/** Before the first view, and when the server will not have this seat any more. @param {Page} page */
function waiting({ store, boot }) {
  return html`<main class="blank alone">
    ${shape("brokenRing")}
    <h1>${store.refusal ? store.refusal.message : t("Connecting…")}</h1>
    <p>${boot.name}${store.refusal ? html`<br /><a href="/">${t("Enter again with a link or a code")}</a>` : nothing}</p>
  </main>`;
}
