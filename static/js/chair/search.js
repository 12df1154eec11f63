// @ts-check
/** Finds a delegation by what somebody types in a hurry, and reads a duration or a time of day the same way. Pure. */

/** @typedef {import("../programme.js").ProgrammeDocument} ProgrammeDocument */

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** More than this nobody reads through; another letter narrows it. */
const MOST = 40;

/**
 * The codes of the delegations that fit, best first: the code itself, then the beginning of the name, of a
 * word in it, then anywhere. Everything when nothing was typed.
 * @param {ProgrammeDocument} document @param {string} typed
 */
export function findDelegations(document, typed) {
  const query = plain(typed.trim());
  const ranked = Object.entries(document.delegations)
    .map(([code, { name }]) => ({ code, name, rank: rank(code, plain(name), query) }))
    .filter((found) => found.rank < Infinity);
  ranked.sort((a, b) => a.rank - b.rank || a.name.localeCompare(b.name));
  return ranked.slice(0, MOST).map(({ code }) => code);
}

/** A speaking time as typed: "5", "4:30", "0:45". Null when it is none, or longer than an hour. */
export function parseDuration(/** @type {string} */ typed) {
  const match = /^(\d{1,2})(?:[:.](\d{2}))?$/.exec(typed.trim());
  if (!match) return null;
  const seconds = Number(match[1]) * 60 + Number(match[2] ?? 0);
  return Number(match[2] ?? 0) < 60 && seconds > 0 && seconds <= 3_600 ? seconds * 1_000 : null;
}

/**
 * The next instant at a time of day where the dialogue meets; null when it is none, or lies more than half a day ahead.
 * @param {string} typed @param {number} now @param {number} offset in minutes
 */
export function instantOf(typed, now, offset) {
  const match = /^(\d{1,2})[:.h](\d{2})$/.exec(typed.trim());
  if (!match || Number(match[1]) > 23 || Number(match[2]) > 59) return null;
  const local = now + offset * MINUTE;
  const wanted = local - (local % DAY) + (Number(match[1]) * 60 + Number(match[2])) * MINUTE;
  const at = (wanted <= local ? wanted + DAY : wanted) - offset * MINUTE;
  return at - now <= DAY / 2 ? at : null;
}

/** Without case, accents, and the spellings of Arabic that are typed interchangeably. */
export function plain(/** @type {string} */ text) {
  return text
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .toLocaleLowerCase()
    .replaceAll("ة", "ه")
    .replaceAll("ى", "ي");
}

/** @param {string} code @param {string} name @param {string} query */
function rank(code, name, query) {
  if (query === code.toLowerCase()) return 0;
  if (name.startsWith(query)) return 1;
  if (name.split(/[\s('’-]+/).some((word) => word.startsWith(query))) return 2;
  return name.includes(query) ? 3 : Infinity;
}
