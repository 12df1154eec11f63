// @ts-check
/** Who has been heard in this segment and who waits, by region and by kind of delegation. Pure. */

/** The regional groups, in the alphabetical order of their English names. */
export const REGIONS = ["AFR", "APG", "EEG", "GRULAC", "WEOG"];

/** What stands in one row of the balance: kinds of delegation that the chair weighs together. */
export const FAMILIES = ["states", "observers", "organizations", "civil-society", "private-sector"];

/** @type {Record<string, string>} */
const FAMILY = {
  "member-state": "states",
  "observer-state": "observers",
  "observer-organization": "observers",
  "un-entity": "organizations",
  intergovernmental: "organizations",
  ngo: "civil-society",
  academia: "civil-society",
  "private-sector": "private-sector",
};

/**
 * `heard`: delegations that had the floor in this segment; `waiting`: delegations on the list.
 * @typedef {{key: string, heard: number, waiting: number}} Row
 */

/**
 * Delegations heard and waiting; each counts once in each, however often it speaks.
 * @param {import("./next.js").BureauView} view @param {import("../programme.js").Programme} programme
 */
export function balance(view, programme) {
  const heard = Object.keys(view.heard).filter((code) => view.heard[code] > 0);
  const waiting = [...new Set(view.list.entries.map((entry) => entry.delegation))];
  return {
    regions: rows(REGIONS, heard, waiting, (code) => programme.delegation(code).region),
    families: rows(FAMILIES, heard, waiting, (code) => FAMILY[programme.delegation(code).category]),
  };
}

/**
 * @param {string[]} keys @param {string[]} heard @param {string[]} waiting @param {(code: string) => string | null} keyOf @returns {Row[]}
 */
function rows(keys, heard, waiting, keyOf) {
  return keys.map((key) => ({
    key,
    heard: heard.filter((code) => keyOf(code) === key).length,
    waiting: waiting.filter((code) => keyOf(code) === key).length,
  }));
}
