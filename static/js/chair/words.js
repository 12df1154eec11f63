// @ts-check
/** The words of the chair's screen that need a choice: kinds, regions, what is said of an entry. */

import { t, tn } from "../i18n.js";
import { spokenGroup } from "./speech.js";

/** @typedef {import("../programme.js").Programme} Programme */

/** What kind of delegation stands in the list. */
export function kindWord(/** @type {string} */ category) {
  switch (category) {
    case "member-state":
      return t("State");
    case "observer-state":
    case "observer-organization":
      return t("Observer");
    case "un-entity":
      return t("UN entity");
    case "intergovernmental":
      return t("International organization");
    case "ngo":
      return t("NGO");
    case "private-sector":
      return t("Private sector");
    case "academia":
      return t("Academia");
    default:
      return "";
  }
}

/** A regional group; empty for who belongs to none. */
export function regionWord(/** @type {string | null} */ region) {
  switch (region) {
    case "AFR":
      return t("African");
    case "APG":
      return t("Asia-Pacific");
    case "EEG":
      return t("Eastern European");
    case "GRULAC":
      return t("Latin American and Caribbean");
    case "WEOG":
      return t("Western European and other");
    default:
      return "";
  }
}

/** The label of a row of the balance, where there is little room. */
export function rowWord(/** @type {string} */ key) {
  switch (key) {
    case "GRULAC":
      return t("Latin Am. & Carib.");
    case "WEOG":
      return t("Western & other");
    case "states":
      return t("States");
    case "observers":
      return t("Observers");
    case "organizations":
      return t("Organizations");
    case "civil-society":
      return t("Civil society");
    case "private-sector":
      return t("Private sector");
    case "groups":
      return t("Groups");
    default:
      return regionWord(key);
  }
}

/**
 * The second line of an entry: on whose behalf, what it is, and whether the delegation has spoken before.
 * @param {import("./next.js").BureauEntry} entry @param {Programme} programme @param {string} lang @param {number} spoken
 */
export function secondLine(entry, programme, lang, spoken) {
  const behalf = behalfOf(programme.voice(entry).group, lang);
  const again = spoken === 0 ? "" : spoken === 1 ? t("Second intervention") : t("Intervention number {n}", { n: spoken + 1 });
  return [
    behalf && entry.also_national ? t("{behalf}, and for itself", { behalf }) : behalf,
    entry.to && t("Question to {name}", { name: programme.person(entry.to).name }),
    entry.in_reply_to && t("Reply to {name}", { name: programme.voice(entry.in_reply_to).name }),
    entry.kind === "right-of-reply" ? "" : again,
  ]
    .filter(Boolean)
    .join(" · ");
}

/**
 * What was said about the speaker: name and title, level, language; empty where nothing was.
 * @param {import("../store.js").Details | null | undefined} details @param {import("../texts.js").Texts} texts @param {string} lang
 */
export function speakerLine(details, texts, lang) {
  if (!details) return "";
  const level = levelWord(details.level);
  const title = texts.of(details.title) || level;
  return [[texts.of(details.speaker), title].filter(Boolean).join(", "), details.language && languageWord(details.language, lang)]
    .filter(Boolean)
    .join(" · ");
}

/** On whose behalf somebody speaks; empty for who speaks for itself. @param {string} group @param {string} lang */
export function behalfOf(group, lang) {
  return group && t("on behalf of {group}", { group: spokenGroup(group, lang) });
}

/** How a turn ended. */
export function outcomeWord(/** @type {string} */ outcome) {
  switch (outcome) {
    case "concluded":
      return t("Concluded");
    case "time-expired":
      return t("Time expired");
    case "withdrawn-by-chair":
      return t("Withdrawn by the chair");
    default:
      return t("Not present");
  }
}

/** Why a clock stands, as the hall is told. */
export function pauseWord(/** @type {string} */ reason) {
  switch (reason) {
    case "interpretation":
      return t("Interpretation");
    case "document":
      return t("Document");
    case "order":
      return t("Order in the hall");
    default:
      return t("Other");
  }
}

/** How the chair rules on a point of order. */
export function rulingWord(/** @type {string} */ ruling) {
  switch (ruling) {
    case "upheld":
      return t("Upheld");
    case "not-upheld":
      return t("Not upheld");
    default:
      return t("Duly noted");
  }
}

/** At what level somebody speaks; empty for who is at no particular one. */
export function levelWord(/** @type {string | null | undefined} */ level) {
  switch (level) {
    case "head":
      return t("Head of State or Government");
    case "minister":
      return t("Minister");
    default:
      return "";
  }
}

/** A language in the words of another. @param {string} code @param {string} lang */
export function languageWord(code, lang) {
  if (code === "other") return t("Another language");
  try {
    return new Intl.DisplayNames([lang], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** Minutes as one says them: "7 min", and from an hour on "1 h 07 min". */
export function minutesWord(/** @type {number} */ minutes) {
  if (minutes < 60) return tn("{n} min", "{n} min", minutes);
  return t("{hours} h {minutes} min", { hours: Math.floor(minutes / 60), minutes: String(minutes % 60).padStart(2, "0") });
}

/** How many wait. */
export function waitingWord(/** @type {number} */ n) {
  return tn("{n} waiting", "{n} waiting", n);
}

/** That something was done which needs no name. */
export function doneWord(/** @type {string} */ act) {
  switch (act) {
    case "open-dialogue":
      return t("The dialogue is open");
    case "suspend-dialogue":
      return t("The dialogue is suspended");
    case "resume-dialogue":
      return t("The dialogue is resumed");
    case "close-dialogue":
      return t("The dialogue is closed");
    case "open-list":
      return t("The list of speakers is open");
    case "close-list":
      return t("The list of speakers is closed");
    case "start-clock":
      return t("The clock runs");
    default:
      return t("The turn has ended");
  }
}
