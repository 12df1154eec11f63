// @ts-check
/** The test picture: whether all of it is on the wall, round where it is round, and read from the last row. */

import { html, nothing, svg } from "../../vendor/lit.js";
import { fill, num, stateMark, vars } from "../parts.js";
import { t } from "../i18n.js";
import { shape } from "../shapes.js";
import { legibility } from "./legibility.js";
import { letterHeight, roomOf } from "./picture-size.js";
import { GOOD, heightFor, LEAST, unitOf } from "./room.js";
import { legibilityTable } from "./words.js";

/** @typedef {import("../page.js").Page} Page */
/** @typedef {import("./settings.js").Settings} Settings */

/** So many squares of the grid stand on each other; what overscan may take, of each side. */
const SQUARES = 18;
const OVERSCAN = [0.025, 0.05];

const GREYS = 11;
const STATES = ["open", "ready", "speaking", "warning", "time", "overtime", "paused"];

/** Letters of a line that is as large as the last row needs would else leave the picture. */
const LARGEST_LINE = 13.5;

/** @param {Page} page @param {Settings} settings @param {number} now */
export function testPicture({ programme, store }, settings, now) {
  const room = roomOf(settings, letterHeight());
  const read = legibility(room);
  return {
    state: "test",
    body: html`${grid(innerWidth, innerHeight)}
      <section class="test-picture" aria-label=${t("Test picture")}>
        <div class="left">
          <p class="lead">${t("Test picture")} <span>${num(location.host)}</span> <span>${num(`${innerWidth} × ${innerHeight}`)}</span> <span>${num(programme.timeOfDay(now))}</span></p>
          <span class="digits">${"0:00"}</span>
          <p class="longest">${longestName(programme)}</p>
          <ul class="states">
            ${STATES.map((state) => html`<li data-state=${state}>${stateMark(state, store.view?.segment?.rules.warning ?? 30_000)}</li>`)}
            <li data-state="order">${shape("diamond")}${t("Point of order")}</li>
          </ul>
          <div class="greys" aria-hidden="true">${greys()}</div>
        </div>
        <div class="right">
          ${read && settings.depth !== null && settings.height !== null
            ? html`${line(LEAST, settings.depth, settings.height, room)} ${line(GOOD, settings.depth, settings.height, room)}
                <p class="from">
                  ${fill(t("Last row {depth} away, picture {height} high"), { depth: num(`${settings.depth} m`), height: num(`${settings.height} m`) })}
                </p>
                ${legibilityTable(read)}`
            : html`<p class="from">${fill(t("Tell the depth of the room and the height of the picture ({key}), and this says what the last row can read."), { key: html`<kbd>S</kbd>` })}</p>`}
          <p class="from">
            ${t("The outer line is the edge of the picture: all four sides must be seen. Circles must be round.")}
            ${fill(t("Back: {key}"), { key: html`<kbd>T</kbd>` })}
          </p>
        </div>
      </section>`,
  };
}

/** A line as large as the last row needs under so many minutes of arc. @param {number} minutes @param {number} depth @param {number} height @param {import("./room.js").Room} room */
function line(minutes, depth, height, { width, high, letter = 0.714 }) {
  const size = heightFor(minutes, depth) / height / unitOf(width, high) / letter;
  return html`<p class="sized" ${vars({ "--size": Math.min(size, LARGEST_LINE) })}>
    ${num(`${minutes}′`)} ${"Aa"}<small>${minutes === LEAST ? t("least from the last row") : t("good from the last row")}</small>${size > LARGEST_LINE ? html`<small>${t("larger than fits here")}</small>` : nothing}
  </p>`;
}

/** @param {import("../programme.js").Programme} programme */
function longestName({ document: { delegations, persons } }) {
  const names = [...Object.values(delegations), ...Object.values(persons)].map(({ name }) => name);
  return names.reduce((longest, name) => (name.length > longest.length ? name : longest), "");
}

/** Edges, squares, what overscan takes, and circles in the middle and in each corner. @param {number} width @param {number} high */
function grid(width, high) {
  const square = high / SQUARES;
  const half = { x: width / 2, y: high / 2 };
  const steps = (/** @type {number} */ middle) => Array.from({ length: Math.floor(middle / square) * 2 + 1 }, (_, at) => middle + (at - Math.floor(middle / square)) * square);
  const corner = 2 * square;
  const corners = [
    [corner, corner],
    [width - corner, corner],
    [corner, high - corner],
    [width - corner, high - corner],
  ];
  return html`<svg class="grid" viewBox="0 0 ${width} ${high}" aria-hidden="true" focusable="false">
    <g class="lines">
      ${steps(half.x).map((x) => svg`<line x1=${x} y1="0" x2=${x} y2=${high} />`)}
      ${steps(half.y).map((y) => svg`<line x1="0" y1=${y} x2=${width} y2=${y} />`)}
      <circle cx=${half.x} cy=${half.y} r=${high / 2 - 2} />
      ${corners.map(([x, y]) => svg`<circle cx=${x} cy=${y} r=${corner - 2} />`)}
    </g>
    <g class="overscan">
      ${OVERSCAN.map((part) => svg`<rect x=${width * part} y=${high * part} width=${width * (1 - 2 * part)} height=${high * (1 - 2 * part)} />`)}
    </g>
    <rect class="edge" x="1" y="1" width=${width - 2} height=${high - 2} />
    <g class="marks">
      ${corners.map(([x, y]) => svg`<path d=${cornerMark(x < half.x ? 0 : width, y < half.y ? 0 : high, x < half.x ? square : -square, y < half.y ? square : -square)} />`)}
    </g>
  </svg>`;
}

/** Two thick strokes that meet in a corner. @param {number} x @param {number} y @param {number} dx @param {number} dy */
function cornerMark(x, y, dx, dy) {
  return `M${x + dx} ${y}H${x}V${y + dy}`;
}

function greys() {
  return Array.from({ length: GREYS }, (_, step) => {
    const share = step / (GREYS - 1);
    return html`<span ${vars({ "--grey": share * 100 })}><i>${Math.round(share * 100)}</i></span>`;
  });
}
