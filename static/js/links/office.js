// @ts-check
/** The links and devices as they were fetched last, and what is done to them. */

import { Refused } from "../api.js";
import { t, tn } from "../i18n.js";

/**
 * @typedef {{id: string, role: string, subject: string | null, name: string, code: string | null, url: string,
 *            issue: number, revoked_at: number | null, devices: number}} LinkTold
 * @typedef {{id: string, role: string, subject: string | null, made_at: number, expelled_at: number | null}} Device
 */

export class Office {
  #page;
  #say;
  /** @type {LinkTold[]} */
  links = [];
  /** Devices that hold a seat, by what they entered by. @type {Map<string, Device[]>} */
  #devices = new Map();
  /** Whether the lists have come at least once. */
  loaded = false;
  /** What was done last, or why it was not; shown until the next. */
  told = { text: "", failed: false };
  busy = false;

  /** @param {import("../page.js").Page} page @param {(text: string) => void} say */
  constructor(page, say) {
    this.#page = page;
    this.#say = say;
  }

  /** The devices that entered by a link, oldest first. @param {LinkTold} link @returns {Device[]} */
  devices(link) {
    return this.#devices.get(holder(link)) ?? [];
  }

  /** Whether this very device came by the link: it must not shut itself out. */
  isOwn(/** @type {LinkTold} */ { role, subject }) {
    const { boot } = this.#page;
    return role === boot.role && subject === boot.subject;
  }

  /** Fetches both lists anew, and says so when somebody asked for it. Whether they came. */
  async update({ asked = false } = {}) {
    const done = await this.#try(async () => {
      const { api, boot } = this.#page;
      const [links, seats] = await Promise.all([api.getJson(boot.urls.link_list), api.getJson(boot.urls.seat_list)]);
      this.links = links.links;
      this.#devices = grouped(seats.seats);
      this.loaded = true;
    });
    if (done && asked) this.tell(t("Up to date"));
    return done;
  }

  /** @param {LinkTold[]} links @param {boolean} expel */
  reissue(links, expel) {
    const ids = links.map(({ id }) => id);
    return this.#act(`${this.#page.boot.urls.link_list}/reissue`, { links: ids, expel }, () =>
      tn("{n} link has a new code", "{n} links have new codes", links.length),
    );
  }

  /** @param {LinkTold[]} links */
  revoke(links) {
    const ids = links.map(({ id }) => id);
    return this.#act(`${this.#page.boot.urls.link_list}/revoke`, { links: ids }, () =>
      tn("{n} link is revoked", "{n} links are revoked", links.length),
    );
  }

  /** @param {Device[]} devices */
  expel(devices) {
    const ids = devices.map(({ id }) => id);
    return this.#act(`${this.#page.boot.urls.seat_list}/expel`, { seats: ids }, () =>
      tn("{n} device is shown out", "{n} devices are shown out", devices.length),
    );
  }

  /** Shows a line and says it. */
  tell(/** @type {string} */ text, failed = false) {
    this.told = { text, failed };
    this.#say(text);
    this.#page.redraw();
  }

  /** @param {string} url @param {unknown} body @param {() => string} words */
  async #act(url, body, words) {
    if (this.busy) return;
    this.busy = true;
    const done = await this.#try(() => this.#page.api.write("POST", url, body));
    this.busy = false;
    // Said once the lists show it; if they do not come, that is said instead.
    if ((await this.update()) && done) this.tell(words());
  }

  /** Whether it came about; what was refused is told. @param {() => Promise<void>} attempt */
  async #try(attempt) {
    try {
      await attempt();
      return true;
    } catch (failure) {
      const words = failure instanceof Refused ? failure.message : t("The server does not answer. Please update the list, and look.");
      this.tell(words, true);
      return false;
    } finally {
      this.#page.redraw();
    }
  }
}

/** @param {{role: string, subject: string | null}} of */
function holder({ role, subject }) {
  return `${role}/${subject ?? ""}`;
}

/** @param {Device[]} seats */
function grouped(seats) {
  /** @type {Map<string, Device[]>} */
  const by = new Map();
  for (const seat of seats) {
    if (seat.expelled_at !== null) continue;
    by.set(holder(seat), [...(by.get(holder(seat)) ?? []), seat]);
  }
  return by;
}
