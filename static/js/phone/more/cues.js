// @ts-check
/** What a phone does beside its picture: it says, shakes and stays awake, where it can. */

import { durationInWords, limitInWords, t, tn } from "../../i18n.js";
import { say } from "../../page.js";
import { forecast } from "../place.js";
import { placeSentence } from "./places.js";

/** @typedef {import("../place.js").Situation} Situation */
/** @typedef {import("../../store.js").Store} Store */

/** Told apart in a pocket: two short for next, one long for the floor, one short for the warning, three for the limit. */
const SHAKES = {
  next: [200, 100, 200],
  floor: [500],
  warning: [150],
  time: [150, 100, 150, 100, 150],
};

/** While one of these is shown the phone must not go dark. */
const AWAKE = ["waiting", "next", "floor", "interrupted"];

export class Cues {
  #moment = "";
  #lost = false;
  /** @type {Promise<WakeLockSentinel | undefined> | null} */
  #lock = null;

  constructor() {
    document.addEventListener("visibilitychange", () => this.#relock());
  }

  /** Says and shakes when something new is true, and only then. */
  follow(/** @type {Situation} */ situation, /** @type {Store} */ store, /** @type {number} */ now) {
    this.#keepAwake(AWAKE.includes(situation.screen));
    const moment = momentOf(situation);
    const lost = store.connection === "lost";
    if (lost !== this.#lost) {
      this.#lost = lost;
      say(lost ? t("Reconnecting. Your place is kept.") : t("Connected again"));
    }
    if (moment === this.#moment) return;
    this.#moment = moment;
    const words = sentence(situation, store, now);
    if (words) say(words);
    shake(situation);
  }

  #keepAwake(/** @type {boolean} */ awake) {
    if (!awake) {
      this.#lock?.then((lock) => lock?.release());
      this.#lock = null;
    } else if (!this.#lock && document.visibilityState === "visible") {
      // Absent over plain http, and refused when the battery is low: then the phone sleeps as it likes.
      this.#lock = navigator.wakeLock?.request("screen").catch(() => undefined) ?? null;
    }
  }

  /** A hidden page loses its lock; once it is seen again the next picture asks anew. */
  #relock() {
    if (document.visibilityState === "visible") this.#lock = null;
  }
}

/** What is news when it changes: the screen, the place on the list, the state of the own clock. */
function momentOf(/** @type {Situation} */ { screen, places, reading }) {
  if (screen === "waiting") return `waiting ${places[0].place}`;
  return screen === "floor" ? `floor ${reading?.state}` : screen;
}

/** @param {Situation} situation @param {Store} store @param {number} now */
function sentence({ screen, places, reading }, store, now) {
  const { view } = store;
  switch (screen) {
    case "waiting": {
      const place = placeSentence(places[0].place);
      const wait = forecast(/** @type {import("../../store.js").View} */ (view), places[0].place, now);
      if (wait === null) return place;
      const minutes = Math.max(1, Math.round(wait / 60_000));
      return t("{place}, about {minutes}", { place, minutes: tn("{n} minute", "{n} minutes", minutes) });
    }
    case "next":
      return t("You are next");
    case "floor":
      return ownClockSentence(reading?.state ?? "", reading?.turn?.allowance ?? 0, view?.segment?.rules.warning ?? 0);
    case "thanked":
      return t("Your turn has ended. Thank you.");
    case "ask":
      return t("The floor is open");
    case "closed":
      return t("The list of speakers is closed");
    case "interrupted":
      return t("A point of order. Your time stands still.");
    case "suspended":
      return t("The meeting is suspended");
    case "over":
      return t("The dialogue is closed");
    default:
      return "";
  }
}

function ownClockSentence(/** @type {string} */ state, /** @type {number} */ limit, /** @type {number} */ warning) {
  switch (state) {
    case "warning":
      return durationInWords(warning);
    case "time":
    case "overtime":
      return t("Time");
    case "paused":
      return t("Your clock is paused");
    default:
      return t("You have the floor, {limit}", { limit: limitInWords(limit) });
  }
}

function shake(/** @type {Situation} */ { screen, reading }) {
  const pattern = shakeFor(screen, reading?.state);
  // Browsers complain of shaking before the first touch of the page.
  if (pattern && navigator.userActivation?.hasBeenActive !== false) navigator.vibrate?.(pattern);
}

/** @param {string} screen @param {string | undefined} state */
function shakeFor(screen, state) {
  if (screen === "next") return SHAKES.next;
  if (screen === "thanked") return state === "time" ? SHAKES.time : null;
  if (screen !== "floor") return null;
  if (state === "warning") return SHAKES.warning;
  if (state === "time" || state === "overtime") return SHAKES.time;
  return state === "ready" || state === "speaking" ? SHAKES.floor : null;
}
