// @ts-check
/** The words of the screens in the language of the seat. The English source is the key and the fallback. */

/** The languages of the screens, each in its own name and in the order of the United Nations. */
export const LANGUAGES = [["ar", "العربية"], ["zh", "中文"], ["en", "English"], ["fr", "Français"], ["ru", "Русский"], ["es", "Español"]];

/** The order in which a catalogue lists its plural forms; a language uses those it has for the numbers that screens count to. */
const CATEGORIES = ["zero", "one", "two", "few", "many", "other"];

/** French and Spanish have a form for whole millions, Russian one for fractions: no catalogue has them. */
const COUNTED = Array.from({ length: 200 }, (_, n) => n);

/** @type {Record<string, string | string[]>} */
let strings = {};
let plurals = new Intl.PluralRules("en");
let categories = ["one", "other"];

/** Takes in a catalogue: {"lang", "strings": {source: translation, or list of plural forms}}. */
export function useStrings(/** @type {{lang: string, strings: Record<string, string | string[]>}} */ catalogue) {
  strings = catalogue.strings;
  plurals = new Intl.PluralRules(catalogue.lang);
  const used = new Set(/** @type {string[]} */ (COUNTED.map((n) => plurals.select(n))));
  categories = CATEGORIES.filter((category) => used.has(category));
}

/**
 * The text in the seat's language, with `{name}` replaced by its value; unnamed places are left as they are.
 * @param {string} source @param {Record<string, string | number>} [values]
 */
export function t(source, values = {}) {
  const text = strings[source];
  return replace(typeof text === "string" && text ? text : source, values);
}

/**
 * The form of the text that goes with `n`; `{n}` is replaced by it unless other values are given.
 * @param {string} one @param {string} other @param {number} n @param {Record<string, string | number>} [values]
 */
export function tn(one, other, n, values = { n }) {
  const forms = strings[one];
  const form = Array.isArray(forms) ? forms[categories.indexOf(plurals.select(n))] : undefined;
  return replace(form || (n === 1 ? one : other), values);
}

/** A limit in words, as a sentence wants it: "three minutes", or figures where there is no round word. */
export function limitInWords(/** @type {number} */ limit) {
  switch (limit / 60_000) {
    case 1:
      return t("one minute");
    case 2:
      return t("two minutes");
    case 3:
      return t("three minutes");
    case 4:
      return t("four minutes");
    case 5:
      return t("five minutes");
    case 7:
      return t("seven minutes");
    case 10:
      return t("ten minutes");
    default:
      return durationInWords(limit);
  }
}

/** A duration in whole minutes, or in seconds when it has no whole minutes. */
export function durationInWords(/** @type {number} */ duration) {
  const seconds = Math.round(duration / 1000);
  if (seconds === 0 || seconds % 60) return tn("{n} second", "{n} seconds", seconds);
  return tn("{n} minute", "{n} minutes", seconds / 60);
}

/** The hour and minute (and second) of an instant where the clock is `offset` minutes ahead of UTC. */
export function timeOfDay(/** @type {number} */ instant, /** @type {number} */ offset, { seconds = false } = {}) {
  const there = new Date(instant + offset * 60_000).toISOString();
  return there.slice(11, seconds ? 19 : 16);
}

/**
 * Keeps the language of this browser, and of the seat whose page it is, on the server, and shows the page in it.
 * @param {string} lang @param {string} [seat]
 */
export async function chooseLanguage(lang, seat = "") {
  const kept = fetch("/lang", { method: "POST", body: new URLSearchParams({ lang, seat }), redirect: "manual" });
  // Without contact the page stays as it is.
  if (await kept.then(() => true, () => false)) location.reload();
}

/** @param {string} text @param {Record<string, string | number>} values */
function replace(text, values) {
  return text.replace(/\{(\w+)\}/g, (place, name) => (name in values ? String(values[name]) : place));
}
