// @ts-check
/** What the set-up page shows besides the fields: the section that is open, what is typed in its search. */

export const SECTIONS = /** @type {const} */ (["meeting", "programme", "people", "delegations", "groups", "walk-ins", "file"]);

/** @typedef {typeof SECTIONS[number]} Section */
/** @typedef {{kind: "delegations" | "groups", reading: boolean, name: string, entries: any[], problems: {line: number, column: number, message: string}[], message: string}} Upload */

export class Ui {
  /** What is typed to find a delegation, or a group. */
  query = "";
  /** What went wrong last, in words. */
  message = "";
  /** A file that was read and not yet taken over. @type {Upload | null} */
  upload = null;
  /** Those who have registered at the door. @type {import("./walkins.js").WalkIn[]} */
  walkIns = [];

  /** The section that the address names; the first otherwise. @returns {Section} */
  get section() {
    const named = location.hash.slice(1);
    return SECTIONS.find((section) => section === named) ?? "meeting";
  }
}

/** The section in which a problem is shown, by its path. @returns {Section} */
export function sectionOf(/** @type {string} */ path) {
  if (path.startsWith("segments")) return "programme";
  if (path.startsWith("persons") || path.startsWith("bureau")) return "people";
  if (path.startsWith("delegations")) return "delegations";
  return path.startsWith("groups") ? "groups" : "meeting";
}
