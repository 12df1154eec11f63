// @ts-check
/** The page of the draw: as soon as something is typed the order stands there, and in its address. */

import { codesOf, commitmentTo, drawn, keepsPromise } from "./draw/lots.js";

const form = /** @type {HTMLFormElement} */ (document.querySelector("form"));
const order = /** @type {HTMLElement} */ (document.getElementById("order"));
const rows = /** @type {HTMLTableSectionElement} */ (document.querySelector("#order tbody"));
const row = /** @type {HTMLTemplateElement} */ (document.getElementById("row"));
const result = /** @type {HTMLElement} */ (document.getElementById("result"));

form.addEventListener("input", show);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  show();
  result.scrollIntoView({ block: "start" });
});

/** What the codes stand for, by the catalogue; the draw itself is of codes alone. @type {Map<string, {name: string, flag: string}>} */
let known = new Map();

show();
document.documentElement.dataset.ready = "";
nameThem();

function show() {
  const { seed, commitment, codes } = written();
  const names = codesOf(codes);
  keepInAddress({ seed, commitment, codes: names.join(",") });

  const kept = seed === "" ? undefined : keepsPromise(seed, commitment);
  for (const verdict of result.querySelectorAll("[data-verdict]")) {
    /** @type {HTMLElement} */ (verdict).hidden = /** @type {HTMLElement} */ (verdict).dataset.verdict !== verdictOn(kept);
  }
  const own = /** @type {HTMLElement} */ (document.getElementById("own"));
  own.hidden = seed === "";
  /** @type {HTMLElement} */ (own.querySelector("code")).textContent = seed === "" ? "" : commitmentTo(seed);

  const lots = seed === "" ? [] : drawn(seed, names);
  order.hidden = lots.length === 0;
  /** @type {HTMLElement} */ (document.getElementById("none")).hidden = lots.length > 0;
  rows.replaceChildren(...lots.map(rowOf));
}

/** Fetches names and flags in the language of the page. Without them the codes do. */
async function nameThem() {
  try {
    const answer = await fetch(`/api/catalogue?lang=${document.documentElement.lang}`);
    if (!answer.ok) return;
    /** @type {{delegations: {code: string, name: string, flag: string}[]}} */
    const { delegations } = await answer.json();
    known = new Map(delegations.map((one) => [one.code, one]));
    show();
  } catch {
    // No network: the page computes without it.
  }
}

function written() {
  const data = new FormData(form);
  const of = (/** @type {string} */ name) => String(data.get(name) ?? "").trim();
  return { seed: of("seed"), commitment: of("commitment"), codes: of("codes") };
}

function verdictOn(/** @type {boolean | null | undefined} */ kept) {
  if (kept === undefined) return "";
  if (kept === null) return "alone";
  return kept ? "kept" : "broken";
}

/** The address can be sent to somebody else, and a change of language keeps what was typed. */
function keepInAddress(/** @type {Record<string, string>} */ values) {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(values)) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  const told = String(query);
  history.replaceState(null, "", told ? `${location.pathname}?${told}` : location.pathname);
  for (const link of document.querySelectorAll("a[hreflang]")) {
    query.set("lang", /** @type {HTMLAnchorElement} */ (link).hreflang);
    /** @type {HTMLAnchorElement} */ (link).href = `${location.pathname}?${query}`;
  }
}

function rowOf(/** @type {import("./draw/lots.js").Lot} */ lot, /** @type {number} */ index) {
  const made = /** @type {HTMLElement} */ (document.importNode(row.content, true).firstElementChild);
  const say = (/** @type {string} */ what, /** @type {string} */ words) => {
    /** @type {HTMLElement} */ (made.querySelector(what)).textContent = words;
  };
  say(".place", String(index + 1));
  const { name = "", flag = "" } = known.get(lot.code) ?? {};
  say(".name", name);
  say(".code", lot.code);
  say(".hash", lot.hash);
  made.querySelector(".who")?.classList.toggle("named", name !== "");
  if (flag) {
    const picture = document.createElement("img");
    picture.src = flag;
    picture.alt = "";
    made.querySelector(".flag")?.append(picture);
    made.querySelector(".flag")?.classList.add("pictured");
  }
  return made;
}
