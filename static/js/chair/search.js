// @ts-check
/** Finds a delegation by what somebody types in a hurry, and reads a duration the same way. Pure. */

/** @typedef {import("../programme.js").ProgrammeDocument} ProgrammeDocument */

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
