// @ts-check
/** The programme document: names and titles, to which the views only refer. */

import { timeOfDay } from "./i18n.js";

/**
 * @typedef {{name: string, category: string, region: string | null, initials: string, flag: boolean}} Delegation
 * @typedef {{id: string, kind: string, title: string, starts: number | null, ends: number | null,
 *            themes: {id: string, text: string}[], chairs: string[], speakers: string[],
 *            rules: import("./store.js").Rules}} PlannedSegment
 * @typedef {{id: string, revision: number, title: string, place: string, starts: number, organ: string, original: string, public: boolean,
 *            timezone: string, utc_offset: number, segments: PlannedSegment[],
 *            persons: Record<string, {name: string, title: string}>,
 *            bureau: Record<string, {role: string, name: string}>,
 *            delegations: Record<string, Delegation>, groups: Record<string, {name: string, members: string[]}>}} ProgrammeDocument
 */

export class Programme {
  /** @param {ProgrammeDocument} document @param {string} [flags] the address of a flag, with {code} for the delegation's */
  constructor(document, flags = "") {
    this.document = document;
    this.flags = flags;
  }

  /**
   * The delegation with this code, and the address of its flag, if it has one; known by its code alone when it
   * came after the programme was fetched. @returns {Delegation & {picture: string}}
   */
  delegation(/** @type {string} */ code) {
    const found = this.document.delegations[code] ?? { name: code, category: "", region: null, initials: code.slice(0, 3), flag: false };
    return { ...found, picture: found.flag ? this.flags.replace("{code}", code.toLowerCase()) : "" };
  }

  /** The name of a group of States. */
  group(/** @type {string} */ code) {
    return this.document.groups[code]?.name ?? code;
  }

  /** A person of the programme. */
  person(/** @type {string} */ id) {
    return this.document.persons[id] ?? { name: id, title: "" };
  }

  /** The planned segment with this id; undefined when the programme has none. */
  segment(/** @type {string} */ id) {
    return this.document.segments.find((segment) => segment.id === id);
  }

  /**
   * Who speaks in a turn or waits in an entry: the name, letters and picture for the flag's box, and on whose behalf.
   * @param {{delegation: string | null, person?: string | null, group: string | null}} turn
   */
  voice({ delegation, person = null, group }) {
    if (delegation === null) {
      const { name, title } = this.person(person ?? "");
      return { name, initials: initialsOf(name), picture: "", second: title, group: "" };
    }
    const { name, initials, picture } = this.delegation(delegation);
    return { name, initials, picture, second: "", group: group === null ? "" : this.group(group) };
  }

  /** The time of day where the dialogue meets. */
  timeOfDay(/** @type {number} */ instant, options = {}) {
    return timeOfDay(instant, this.document.utc_offset, options);
  }
}

/** A title without what follows its colon: as much as is read at a glance. */
export function shortTitle(/** @type {string} */ title) {
  return title.split(/[:：]/)[0].trim();
}

/** Forms of address that do not end with a full stop, as Mr. and S. E. do. */
const ADDRESS = "Mme Dre г-н г-жа д-р Его Ее Превосходительство سعادة السيد السيدة الدكتور الدكتورة".split(" ");

/** The first letters of the first and the last word of a name, forms of address left out. */
function initialsOf(/** @type {string} */ name) {
  const words = name.split(/\s+/).filter((word) => word && !word.endsWith(".") && !ADDRESS.includes(word));
  const ends = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return ends.map((word) => word[0].toLocaleUpperCase()).join("");
}
