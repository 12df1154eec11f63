// @ts-check
/** What is going to be said about a speaker, before it is sent. */

/** @typedef {import("../../store.js").Details} Details */

/**
 * Empty where nothing is said.
 * @typedef {{speaker: string, title: string, show_speaker: boolean, level: string, language: string, text: string,
 *            delivery: string, gist: string}} Draft
 */

/** @type {Draft} */
export const NOTHING_SAID = { speaker: "", title: "", show_speaker: false, level: "", language: "", text: "", delivery: "", gist: "" };

/**
 * The draft of what was said already; null while a text of it is on its way.
 * @param {Details | null | undefined} details @param {(id: string | null) => string | null | undefined} textOf @returns {Draft | null}
 */
export function draftOf(details, textOf) {
  if (!details) return NOTHING_SAID;
  const { show_speaker, level, language, delivery } = details;
  const [speaker, title, text, gist] = [details.speaker, details.title, details.text, details.gist].map(textOf);
  if (speaker === undefined || title === undefined || text === undefined || gist === undefined) return null;
  return {
    show_speaker, level: level ?? "", language: language ?? "", delivery: delivery ?? "",
    speaker: speaker ?? "", title: title ?? "", text: text ?? "", gist: gist ?? "",
  };
}

/** The fields of a command that says all of it: null where nothing is said. @param {Draft} draft */
export function toFields(draft) {
  const words = Object.entries(draft).map(([name, value]) => [name, typeof value === "string" ? value.trim() || null : value]);
  return Object.fromEntries(words);
}

/** Whether anything is said. @param {Draft} draft */
export function saysNothing(draft) {
  return Object.values(toFields(draft)).every((value) => !value);
}

/** How many words a text has: as the language tells them apart, for some put no space between them. @param {string} text @param {string} language */
export function countWords(text, language) {
  if (typeof Intl.Segmenter !== "function") return text.split(/\s+/).filter(Boolean).length;
  const known = language && language !== "other" ? language : undefined;
  let count = 0;
  for (const { isWordLike } of new Intl.Segmenter(known, { granularity: "word" }).segment(text)) if (isWordLike) count += 1;
  return count;
}
