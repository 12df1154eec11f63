// @ts-check
/** Commands and documents by HTTP. A command keeps its id through every retry, so it is recorded once. */

import { t } from "./i18n.js";

/**
 * @typedef {{ok: true, id: string, version: number, undo: number | null}} Accepted
 * @typedef {{ok: false, id: string, reason: string, message: string, problems?: {path: string, message: string}[]}} Rejected
 * @typedef {{dialogue: string, seat: string, role: string, subject: string | null, name: string, lang: string, dir: string,
 *            join_url: string | null, rehearsal: boolean, urls: Record<string, string>}} Boot
 */

/** A tap that could not be sent within this time is no longer what the person means. */
const PATIENCE = 60_000;

/** One attempt; a conference room's network answers sooner or not at all. */
const ATTEMPT = 8_000;

/** Pauses between attempts; the last one is repeated. */
const PAUSES = [400, 800, 1_600, 3_000, 5_000];

/** Browsers hold no more than 64 KiB for pages that are gone; in characters, which may be four bytes each. */
const SHORT = 10_000;

/** Answers that come from a server in trouble or a full one, not from its rules: the same command may pass later. */
const PASSING = [429, 502, 503, 504];

/** The server knows no such seat, or no more. */
const SEATLESS = ["no-seat", "seat-expired", "seat-expelled"];

export class Refused extends Error {
  /** How long the server asks to wait before the next attempt. */
  retryAfter = 0;

  /**
   * `body` is all that the server said: some refusals tell what stands instead.
   * @param {number} status @param {{reason: string, message: string, problems?: {path: string, message: string}[]}} body
   */
  constructor(status, body) {
    super(body.message);
    this.status = status;
    this.body = body;
    this.reason = body.reason;
    this.problems = body.problems;
  }

  /** Whether the seat itself is refused, not only what it asked for. */
  get final() {
    return SEATLESS.includes(this.reason);
  }
}

export class Api {
  #boot;
  #onRefused;
  /** @type {Map<string, string>} */
  #tags = new Map();

  /**
   * `onRefused` hears when the server will not have this seat any more.
   * @param {Boot} boot @param {(refusal: Refused) => void} onRefused
   */
  constructor(boot, onRefused = () => {}) {
    this.#boot = boot;
    this.#onRefused = onRefused;
  }

  /**
   * Sends a command until the server has answered it, with the same id each time. `onHeld` is called after
   * each attempt that will be followed by another, with the reason: "unreachable", or the server's own.
   * After `patience` it is given up with the reason of the last.
   * @param {string} type @param {Record<string, unknown>} fields
   * @param {{id?: string, patience?: number, onHeld?: (reason: string) => void}} [options]
   * @returns {Promise<Accepted | Rejected>}
   */
  async command(type, fields = {}, { id = newId(), patience = PATIENCE, onHeld = () => {} } = {}) {
    const until = performance.now() + patience;
    const body = JSON.stringify({ id, type, ...fields });
    for (let attempt = 0; ; attempt += 1) {
      let pause = PAUSES[Math.min(attempt, PAUSES.length - 1)];
      try {
        const answer = await this.#send(this.#boot.urls.commands, { method: "POST", body });
        const { version, undo = null } = await answer.json();
        return { ok: true, id, version, undo };
      } catch (failure) {
        if (failure instanceof Refused) {
          if (!PASSING.includes(failure.status)) {
            const { reason, message, problems } = failure;
            return { ok: false, id, reason, message, problems };
          }
          pause = Math.max(pause, failure.retryAfter);
        }
        if (performance.now() + pause >= until) {
          if (failure instanceof Refused) return { ok: false, id, reason: failure.reason, message: failure.message };
          return { ok: false, id, reason: "unreachable", message: t("It could not be sent. Please ask again.") };
        }
        onHeld(failure instanceof Refused ? failure.reason : "unreachable");
      }
      await backOnline(pause);
    }
  }

  /**
   * A document of the server; null when it is unchanged since this page last had it.
   * Throws Refused when the server says no, and the browser's own error when it was not reached.
   */
  async getJson(/** @type {string} */ url) {
    const tag = this.#tags.get(url);
    const answer = await this.#send(url, { headers: tag ? { "If-None-Match": tag } : {} });
    if (answer.status === 304) return null;
    const document = await answer.json();
    const newTag = answer.headers.get("ETag");
    if (newTag) this.#tags.set(url, newTag);
    return document;
  }

  /**
   * Writes a document (a file as it is; or removes it, without one) and tells the answer. Throws as `getJson` does. A short one
   * gets through even when the page is closed meanwhile.
   * @param {"PUT" | "POST" | "DELETE"} method @param {string} url @param {unknown} [document]
   */
  async write(method, url, document) {
    const body = document === undefined || document instanceof Blob ? document : JSON.stringify(document);
    const keepalive = !(body instanceof Blob) && (body?.length ?? 0) < SHORT;
    return (await this.#send(url, { method, body, keepalive })).json();
  }

  /** @param {string} url @param {RequestInit} request */
  async #send(url, request) {
    const headers = { ...request.headers, "Moderator-Seat": this.#boot.seat, Accept: "application/json" };
    if (typeof request.body === "string") Object.assign(headers, { "Content-Type": "application/json" });
    // What the browser kept from an earlier visit serves while the server says that it is unchanged.
    const answer = await fetch(url, { ...request, headers, cache: "no-cache", signal: deadline(ATTEMPT) });
    if (answer.ok || answer.status === 304) return answer;
    const refused = await readRefusal(answer);
    if (refused.final) this.#onRefused(refused);
    throw refused;
  }
}

/** An id of one tap: chance enough that no two are the same. (randomUUID is missing over plain http.) */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function readRefusal(/** @type {Response} */ answer) {
  const unexplained = { reason: "unexplained", message: t("The server could not do this ({status}).", { status: answer.status }) };
  const body = await answer.json().catch(() => unexplained);
  const refused = new Refused(answer.status, body?.reason ? body : unexplained);
  refused.retryAfter = Number(answer.headers.get("Retry-After") ?? 0) * 1000 || 0;
  return refused;
}

/** A signal that ends an attempt; by hand, since older phones have no AbortSignal.timeout. */
function deadline(/** @type {number} */ milliseconds) {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), milliseconds);
  return controller.signal;
}

/** Waits, or less when the device says that its network is back. */
function backOnline(/** @type {number} */ milliseconds) {
  return /** @type {Promise<void>} */ (
    new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        removeEventListener("online", done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      addEventListener("online", done);
    })
  );
}
