// @ts-check
/**
 * The record on the page follows what happens. The server draws it, once for the page and for paper; here what is on
 * the page is brought to what the server drew last: what was opened stays open, and the focus stays where it is.
 */

/** After a change the page is asked for when this has passed, so that what follows at once is in it. */
const SETTLES = 300;

/** Between two times that it is asked for. */
const PAUSE = 2_000;

export class Follower {
  #url;
  #part;
  /** What the page was asked for last. */
  #known = "";
  #waiting = false;
  #askedAt = -Infinity;

  /** @param {string} url of the page @param {HTMLElement} part of the page that follows; it bears `data-version` */
  constructor(url, part) {
    this.#url = url;
    this.#part = part;
  }

  /** Ask again soon when `key`, which says what the record depends on, is another than before. */
  follow(/** @type {string} */ key) {
    if (key === this.#known) return;
    this.#known = key;
    if (this.#waiting) return;
    this.#waiting = true;
    const pause = Math.max(SETTLES, this.#askedAt + PAUSE - performance.now());
    setTimeout(() => this.#ask(), pause);
  }

  async #ask() {
    this.#waiting = false;
    this.#askedAt = performance.now();
    const asked = this.#known;
    const page = await documentAt(this.#url);
    const part = page?.getElementById(this.#part.id);
    if (!part) {
      // Another key is asked for as soon as it comes; the same one when the page is drawn again.
      if (this.#known === asked) this.#known = "";
      return;
    }
    if (Number(part.dataset.version) >= Number(this.#part.dataset.version)) bring(this.#part, part);
  }
}

/**
 * Changes `here` until it is as `there`, and no more than that: elements with the same id are the same. Whether a
 * `details` is open is left to whoever reads.
 * @param {Element} here @param {Element} there of another document
 */
export function bring(here, there) {
  if (here.isEqualNode(there)) return;
  bringAttributes(here, there);
  const kept = new Map([...here.children].filter(({ id }) => id).map((child) => [child.id, child]));
  /** @type {ChildNode | null} */
  let next = here.firstChild;
  for (const wanted of [...there.childNodes]) {
    const known = "id" in wanted ? kept.get(/** @type {Element} */ (wanted).id) : undefined;
    if (known && known.nodeName === wanted.nodeName) {
      if (known === next) next = next.nextSibling;
      else here.insertBefore(known, next);
      bring(known, /** @type {Element} */ (wanted));
    } else if (next && isLike(next, wanted)) {
      const same = next;
      next = next.nextSibling;
      if (same.nodeType === Node.ELEMENT_NODE) bring(/** @type {Element} */ (same), /** @type {Element} */ (wanted));
      else if (same.nodeValue !== wanted.nodeValue) same.nodeValue = wanted.nodeValue;
    } else {
      here.insertBefore(document.importNode(wanted, true), next);
    }
  }
  while (next) {
    const gone = next;
    next = next.nextSibling;
    gone.remove();
  }
}

/** Whether a node without an id may become another. @param {ChildNode} one @param {ChildNode} other */
function isLike(one, other) {
  const ids = [one, other].map((node) => ("id" in node ? node.id : ""));
  return one.nodeName === other.nodeName && !ids[0] && !ids[1];
}

/** @param {Element} here @param {Element} there */
function bringAttributes(here, there) {
  const own = here.nodeName === "DETAILS" ? ["open"] : [];
  for (const { name } of [...here.attributes]) if (!there.hasAttribute(name) && !own.includes(name)) here.removeAttribute(name);
  for (const { name, value } of there.attributes) if (here.getAttribute(name) !== value) here.setAttribute(name, value);
}

/** A page of the server, read but not run; null when it did not come. @returns {Promise<Document | null>} */
function documentAt(/** @type {string} */ url) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("GET", url);
    // The browser reads what came from our own server; no text is made into elements here.
    request.responseType = "document";
    request.timeout = 8_000;
    request.onloadend = () => resolve(request.status === 200 ? request.responseXML : null);
    request.send();
  });
}
