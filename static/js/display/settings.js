// @ts-check
/** How this display is set up for its room: kept on the device, and in the address, so that a link can be printed with it. */

import { MOST_HEIGHT } from "./room.js";

/**
 * `depth` of the room and `height` of the picture in metres, null when not told; `mirror` for projection from behind;
 * `captions` keeps the lower fifth and the end quarter free; `silent` is without the chime at the end of a firm limit.
 * @typedef {{depth: number | null, height: number | null, mirror: boolean, captions: boolean, silent: boolean}} Settings
 */

/** What is kept under this name outlives the browser and the power. */
const KEPT = "display";

/** @type {Settings} */
export const USUAL = { depth: null, height: null, mirror: false, captions: false, silent: false };

/** Between which metres a length may be. */
export const BOUNDS = { depth: { least: 1, most: 200 }, height: { least: 0.3, most: MOST_HEIGHT } };

/**
 * The settings that an address and what was kept before make together: what the address says comes first; what it says wrongly
 * is not taken.
 * @param {string} search @param {Partial<Record<keyof Settings, unknown>> | null} [kept] @returns {Settings}
 */
export function settingsFrom(search, kept = null) {
  const asked = new URLSearchParams(search);
  const told = (/** @type {keyof Settings} */ name) => asked.get(name) ?? kept?.[name] ?? null;
  return {
    depth: metres("depth", asked.get("depth")) ?? metres("depth", kept?.depth),
    height: metres("height", asked.get("height")) ?? metres("height", kept?.height),
    mirror: isOn(told("mirror")),
    captions: isOn(told("captions")),
    silent: isOn(told("silent")),
  };
}

/** The part of an address that says the same; empty when all is as usual. Other parts of `search` stay. */
export function searchFor(/** @type {Settings} */ settings, search = "") {
  const said = new URLSearchParams(search);
  for (const name of /** @type {(keyof Settings)[]} */ (Object.keys(USUAL))) {
    const value = settings[name];
    // What is kept on the device must not come back after it was switched off, so an address says "no" too.
    if (value === null || (value === false && !said.has(name))) said.delete(name);
    else said.set(name, value === true ? "1" : value === false ? "0" : String(value));
  }
  const text = said.toString();
  return text ? `?${text}` : "";
}

/** A length as somebody types it, "7,5" too: metres, or null when it is none or out of bounds. */
export function metres(/** @type {"depth" | "height"} */ name, /** @type {unknown} */ typed) {
  const text = String(typed ?? "").trim().replace(",", ".");
  if (!/^\d{1,3}(\.\d{1,2})?$/.test(text)) return null;
  const value = Number(text);
  return value >= BOUNDS[name].least && value <= BOUNDS[name].most ? value : null;
}

/** The settings that this page begins with. */
export function begin() {
  const settings = settingsFrom(location.search, remembered());
  keep(settings);
  return settings;
}

/** Keeps settings on the device and in the address. */
export function keep(/** @type {Settings} */ settings) {
  history.replaceState(null, "", location.pathname + searchFor(settings, location.search) + location.hash);
  try {
    localStorage.setItem(KEPT, JSON.stringify(settings));
  } catch {
    // A browser that keeps nothing still has the address.
  }
}

function remembered() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? "null");
    return kept && typeof kept === "object" ? kept : null;
  } catch {
    return null;
  }
}

function isOn(/** @type {unknown} */ value) {
  return value === true || value === "1" || value === "true";
}
