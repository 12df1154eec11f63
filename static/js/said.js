// @ts-check
/** What the hall is told of a turn beside a name: for whom, what for, in reply to whom, and why a clock stands. */

import { t } from "./i18n.js";

/** @typedef {import("./store.js").Turn} Turn */
/** @typedef {import("./programme.js").Programme} Programme */

/** Why a clock was stopped; empty where no reason was given. @param {string | null | undefined} reason */
export function pauseWord(reason) {
  switch (reason) {
    case "interpretation":
      return t("interpretation");
    case "document":
      return t("a document is awaited");
    case "order":
      return t("order in the hall");
    case "other":
      return t("a moment, please");
    default:
      return "";
  }
}

/**
 * What a turn is for where it is no plain statement, and on whose behalf: a line below the name.
 * @param {Programme} programme @param {Pick<Turn, "kind" | "group"> & Partial<Turn>} turn
 */
export function turnWords(programme, { kind, group, also_national = false, to = null, in_reply_to = null }) {
  const voice = group === null ? "" : also_national
    ? t("on behalf of the {group}, and in its own name", { group: programme.group(group) })
    : t("on behalf of the {group}", { group: programme.group(group) });
  return [voice, kindWords(programme, kind, to, in_reply_to)].filter(Boolean).join(" · ");
}

/** @param {Programme} programme @param {string} kind @param {string | null} to @param {import("./store.js").Voice | null} replied */
function kindWords(programme, kind, to, replied) {
  switch (kind) {
    case "question":
      return to === null ? t("question") : t("question to {name}", { name: programme.person(to).name });
    case "right-of-reply":
      return replied === null ? t("right of reply") : t("right of reply to {name}", { name: programme.voice(replied).name });
    default:
      return "";
  }
}

/**
 * The name and title of whoever speaks for a delegation, where they were let out; empty while they are on their way.
 * @param {import("./page.js").Page} page @param {Turn | null} turn
 */
export function shownSpeaker({ texts }, turn) {
  const { speaker = null, title = null } = turn?.shown ?? {};
  return [texts.of(speaker), texts.of(title)].filter(Boolean).join(", ");
}

/**
 * The limit that was announced while somebody speaks, or before anybody does: it holds from the next speaker on. Null when the
 * next speaker has had the floor since.
 * @param {import("./store.js").View | null} view @returns {{at: number, by: string, limits: Record<string, number>} | null}
 */
export function newLimits(view) {
  const { segment = null, floor = null, interrupted = null, last = null } = view ?? {};
  if (!segment?.announced) return null;
  const speaking = interrupted ?? floor;
  const since = speaking ? speaking.given_at : (last?.ended_at ?? segment.begun_at);
  return segment.announced.at >= since ? { ...segment.announced, limits: segment.rules.limits } : null;
}

/** Who announced a limit, with a place for the time. @param {string} by as "role/subject" */
export function byWhom(by) {
  return by.startsWith("chair") ? t("Announced by the chair at {time}.") : t("Announced by the secretary at {time}.");
}
