// @ts-check
/** What whoever presides says with the next action, in the institution's voice. Pure. */

import { durationInWords, limitInWords, t } from "../i18n.js";

/** @typedef {import("../programme.js").Programme} Programme */
/** @typedef {import("./next.js").BureauView} BureauView */
/** @typedef {import("./next.js").Next} Next */

/** Names that English speaks with an article; the list is of the beginnings of names of States and observers. */
const WITH_ARTICLE =
  /^(Bahamas|Central African|Comoros|Congo|Democratic|Dominican Republic|European Union|Gambia|Holy See|Lao People|Maldives|Marshall|Netherlands|Niger$|Philippines|Republic of|Russian|Solomon|State of|Sudan|Syrian|United )/;

/**
 * What whoever presides says with the next action; empty when there is nothing to say.
 * @param {Next} next @param {BureauView} view @param {Programme} programme @param {string} lang @param {string} [ruling] that is chosen
 */
export function toReadOut(next, view, programme, lang, ruling = "noted") {
  if (next.act === "rule-on-point") return ruled(next, view, programme, lang, ruling);
  const thanks = next.ends && view.floor ? thanksTo(view.floor, programme, lang) : "";
  const said = saying(next, view, programme, lang);
  const words = [thanks, said].filter(Boolean).join(" ");
  return words && t("“{words}”", { words });
}

/** @param {Next} next @param {BureauView} view @param {Programme} programme @param {string} lang @param {string} ruling */
function ruled(next, view, programme, lang, ruling) {
  const words = [view.floor ? thanksTo(view.floor, programme, lang) : "", rulingSaid(ruling)];
  if (next.returns) {
    const { name } = programme.voice(next.returns);
    const left = next.returns.allowance - next.returns.used;
    words.push(
      t("I return the floor to {name}, who has {time}.", {
        name: next.returns.delegation === null ? name : representative(programme.delegation(next.returns.delegation).category, spoken(name, lang)),
        time: timeInWords(Math.max(0, left)),
      }),
    );
  }
  return t("“{words}”", { words: words.filter(Boolean).join(" ") });
}

/** What is left, as one says it. */
export function timeInWords(/** @type {number} */ left) {
  const seconds = Math.ceil(left / 1_000);
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  const parts = [minutes > 0 ? durationInWords(minutes * 60_000) : "", rest > 0 || minutes === 0 ? durationInWords(rest * 1_000) : ""].filter(Boolean);
  return parts.length > 1 ? t("{minutes} and {seconds}", { minutes: parts[0], seconds: parts[1] }) : parts[0];
}

function rulingSaid(/** @type {string} */ ruling) {
  switch (ruling) {
    case "upheld":
      return t("The point of order is well taken.");
    case "not-upheld":
      return t("I rule that the point of order is not well taken.");
    default:
      return t("The point of order is noted.");
  }
}

/** @param {string} category @param {string} name as it is said */
function representative(category, name) {
  if (category === "member-state") return t("the distinguished representative of {name}", { name });
  return category === "observer-state" ? t("the distinguished observer of {name}", { name }) : t("the representative of {name}", { name });
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
      if (next.replies && next.person) return t("I now invite {name} to reply.", { name: programme.person(next.person).name });
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
export function spokenGroup(/** @type {string} */ name, /** @type {string} */ lang) {
  return lang === "en" && name.includes(" ") && !/^the /i.test(name) ? `the ${name}` : name;
}
