// @ts-check
/** The words of the chair's screen that need a choice: kinds, regions, what is read out, what was done. */

import { limitInWords, t, tn } from "../i18n.js";

/** @typedef {import("../programme.js").Programme} Programme */
/** @typedef {import("./next.js").BureauView} BureauView */
/** @typedef {import("./next.js").Next} Next */

/** Names that English speaks with an article; the list is of the beginnings of names of States and observers. */
const WITH_ARTICLE =
  /^(Bahamas|Central African|Comoros|Congo|Democratic|Dominican Republic|European Union|Gambia|Holy See|Lao People|Maldives|Marshall|Netherlands|Niger$|Philippines|Republic of|Russian|Solomon|State of|Sudan|Syrian|United )/;

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
    default:
      return regionWord(key);
  }
}

/** The second line of an entry: on whose behalf, and whether the delegation has spoken before. */
export function secondLine(/** @type {string} */ behalf, /** @type {number} */ spoken) {
  const again = spoken === 0 ? "" : spoken === 1 ? t("Second intervention") : t("Intervention number {n}", { n: spoken + 1 });
  return [behalf, again].filter(Boolean).join(" · ");
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

/** Minutes as one says them: "7 min", and from an hour on "1 h 07 min". */
export function minutesWord(/** @type {number} */ minutes) {
  if (minutes < 60) return tn("{n} min", "{n} min", minutes);
  return t("{hours} h {minutes} min", { hours: Math.floor(minutes / 60), minutes: String(minutes % 60).padStart(2, "0") });
}

/**
 * What whoever presides says with the next action; empty when there is nothing to say.
 * @param {Next} next @param {BureauView} view @param {Programme} programme @param {string} lang
 */
export function toReadOut(next, view, programme, lang) {
  const thanks = next.ends && view.floor ? thanksTo(view.floor, programme, lang) : "";
  const said = saying(next, view, programme, lang);
  const words = [thanks, said].filter(Boolean).join(" ");
  return words && t("“{words}”", { words });
}

/** @param {Next} next @param {BureauView} view @param {Programme} programme @param {string} lang */
function saying(next, view, programme, lang) {
  if (next.waits) return t("Does any delegation wish to take the floor?");
  switch (next.act) {
    case "open-dialogue":
      return t("I declare open the meeting: {title}.", { title: programme.document.title });
    case "resume-dialogue":
      return t("The meeting is resumed.");
    case "begin-segment":
      return t("We now turn to the next part of our programme: {title}.", { title: next.segment?.title ?? "" });
    case "open-list":
      return t(
        "The floor is now open. Delegations wishing to speak may ask for it from their phones. I kindly remind you of the limit of {limit}.",
        { limit: limitInWords(view.segment?.rules.limits.national ?? 0) },
      );
    case "close-list":
      return t("As no one else has asked for the floor, the list of speakers is closed.");
    case "close-dialogue":
      return t("We have come to the end of our programme. I thank all who took part. The meeting is adjourned.");
    case "give-floor":
      return giving(next, programme, lang);
    default:
      return "";
  }
}

/** @param {Next} next @param {Programme} programme @param {string} lang */
function giving(next, programme, lang) {
  if (next.entry) {
    const { category } = programme.delegation(next.entry.delegation);
    const voice = programme.voice(next.entry);
    const name = spoken(voice.name, lang);
    const group = voice.group && spokenGroup(voice.group, lang);
    if (category === "member-state") {
      return group
        ? t("I now give the floor to the distinguished representative of {name}, on behalf of {group}.", { name, group })
        : t("I now give the floor to the distinguished representative of {name}.", { name });
    }
    if (category === "observer-state") return t("I now give the floor to the distinguished observer of {name}.", { name });
    return group
      ? t("I now give the floor to the representative of {name}, on behalf of {group}.", { name, group })
      : t("I now give the floor to the representative of {name}.", { name });
  }
  const { name, title } = programme.person(next.person ?? "");
  return title ? t("I now give the floor to {name}, {title}.", { name, title }) : t("I now give the floor to {name}.", { name });
}

/** @param {import("../store.js").Turn} turn @param {Programme} programme @param {string} lang */
function thanksTo(turn, programme, lang) {
  const { name } = programme.voice(turn);
  if (turn.delegation === null) return t("I thank {name}.", { name });
  const said = spoken(name, lang);
  switch (programme.delegation(turn.delegation).category) {
    case "member-state":
      return t("I thank the distinguished representative of {name}.", { name: said });
    case "observer-state":
      return t("I thank the distinguished observer of {name}.", { name: said });
    default:
      return t("I thank the representative of {name}.", { name: said });
  }
}

/**
 * A delegation's name as it is said within a sentence: in English "Iran (Islamic Republic of)" is said
 * "the Islamic Republic of Iran", and many a State has its article. Other languages keep the name.
 * @param {string} name @param {string} lang
 */
export function spoken(name, lang) {
  if (lang !== "en") return name;
  const turned = /^(.+) \((.+ of(?: the)?)\)$/i.exec(name);
  if (turned) return `the ${turned[2]} ${turned[1]}`;
  return WITH_ARTICLE.test(name) ? `the ${name}` : name;
}

/** A group's name within a sentence: several words take the article in English, an acronym does not. */
function spokenGroup(/** @type {string} */ name, /** @type {string} */ lang) {
  return lang === "en" && name.includes(" ") && !/^the /i.test(name) ? `the ${name}` : name;
}

/** How many wait. */
export function waitingWord(/** @type {number} */ n) {
  return tn("{n} waiting", "{n} waiting", n);
}
