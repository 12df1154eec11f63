// @ts-check
/** The draw as anybody can compute it again, without the network: decision 0022. Pure. */

import { bytesToHex, sha256, utf8ToBytes } from "../../vendor/hashes.js";

/** What a delegation drew: the SHA-256, in hex, of seed and code. @typedef {{code: string, hash: string}} Lot */

/** The codes in a text, each once, separated by spaces, lines, commas or semicolons. */
export function codesOf(/** @type {string} */ text) {
  return [...new Set(text.split(/[\s,;،；，、]+/).filter(Boolean))];
}

/** What was published when the list opened: the SHA-256, in hex, of the seed as it is written. */
export function commitmentTo(/** @type {string} */ seed) {
  return hash(seed);
}

/**
 * Whether a seed is the one that was promised; null when there is no promise to compare it with.
 * @param {string} seed @param {string} commitment
 */
export function keepsPromise(seed, commitment) {
  const promised = commitment.trim().toLowerCase();
  return promised === "" ? null : commitmentTo(seed) === promised;
}

/**
 * The lots of those that take part, the least hash first.
 * @param {string} seed @param {string[]} codes @returns {Lot[]}
 */
export function drawn(seed, codes) {
  const lots = codes.map((code) => ({ code, hash: hash(`${seed}:${code}`) }));
  return lots.sort((one, other) => (one.hash < other.hash ? -1 : 1));
}

function hash(/** @type {string} */ text) {
  return bytesToHex(sha256(utf8ToBytes(text)));
}
