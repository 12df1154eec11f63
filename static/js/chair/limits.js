// @ts-check
/** Limits as they are typed, as they let all speak, and as an entry would have them. Pure. */

import { parseDuration } from "./search.js";

/** @typedef {import("../store.js").Rules} Rules */

/** The limits that the sheet sets, in its order. */
export const LIMITS = /** @type {const} */ (["national", "group", "again", "observer", "stakeholder", "panellist", "reply", "right_of_reply", "point_of_order"]);

/** What the limit for all is: of every statement for oneself, and of those who speak for a group. */
const OF_ALL = ["national", "group", "observer", "stakeholder", "again"];

/** The rules with no limit longer than one with which all can speak. @param {Rules} rules @param {number} limit @returns {Rules} */
export function withLimit(rules, limit) {
  const limits = Object.fromEntries(Object.entries(rules.limits).map(([name, was]) => [name, OF_ALL.includes(name) ? Math.min(was, limit) : was]));
  return { ...rules, limits };
}

/** What an entry would have: as the core has it, for who speaks for itself. @param {import("./next.js").BureauEntry} entry @param {Rules} rules */
export function limitUnder(entry, { limits }) {
  const own = limits[entry.capacity] ?? entry.limit;
  const again = entry.capacity !== "group" && !entry.first ? Math.min(own, limits.again) : own;
  return Math.max(again, entry.private_limit ?? 0);
}

/** The rules as typed; null when something is no duration or no number. @param {Rules} rules @param {Record<string, string>} typed @returns {Rules | null} */
export function readRules(rules, typed) {
  const limits = { ...rules.limits };
  for (const name of LIMITS) {
    const limit = parseDuration(typed[name] ?? "");
    if (limit === null) return null;
    limits[name] = limit;
  }
  const round = (typed.round ?? "").trim();
  if (round !== "" && !/^[1-9]\d?$/.test(round)) return null;
  return { ...rules, limits, enforcement: /** @type {Rules["enforcement"]} */ (typed.enforcement), round: round === "" ? null : Number(round) };
}
