// @ts-check
/** Makes names as large as the picture lets them be, and names no more of the list than it shows whole. */

/** How close words are set that stand without a clock, from wide to narrow: the first that fits the picture is taken. */
const DENSITIES = ["", "dense", "denser"];

/** The sizes of the holder's name, from large to small: the first that fits its lines is taken. A State's name is never cut. */
const NAME_SIZES = [
  { name: "", lines: 1 },
  { name: "long", lines: 2 },
  { name: "longer", lines: 2 },
  { name: "longest", lines: 3 },
];

/** The same for a name of the list: smaller when it takes too many lines, and as small as it must be lest a word be cut. */
const NEXT_SIZES = ["", "long", "longer", "longest"];
const NEXT_LINES = 3;

/** The sizes of the state's word, from large to small: the first that fits beside what stands at the end of its line. */
const WORD_SIZES = ["", "tight", "tighter", "tightest"];

/** The sizes of a message for the hall, in units: in place of everything else, below a clock, and there beside captions. */
const ANNOUNCED = [15, 12.5, 10.5, 9, 7.5, 6.4, 5.4];
const IN_BAND = [5.6, 4.8, 4.2, 3.6, 3, 2.6];
const IN_FOOT = [4, 3.4, 2.8, 2.3, 1.9, 1.6];

export class Fit {
  #app;
  /** How many names fit, and for which list and picture that was found. */
  #rows = { count: Infinity, found: "" };
  /** The heading whose size was chosen, and for what. */
  #sized = { heading: /** @type {Element | null} */ (null), for: "" };

  /** @param {HTMLElement} app */
  constructor(app) {
    this.#app = app;
  }

  /** As many names as were found to fit, at most `most`; `key` is what that depends on. */
  rows(/** @type {string} */ key, /** @type {number} */ most) {
    return this.#rows.found === key ? Math.min(this.#rows.count, most) : most;
  }

  /** Forgets what was found: the picture has another size, or other letters. */
  forget() {
    this.#rows = { count: Infinity, found: "" };
    this.#sized = { heading: null, for: "" };
  }

  /**
   * Fits what is drawn now; false when fewer names have to be drawn. `key` names the room for it, `list` that and the first
   * names of the list.
   */
  fit(/** @type {string} */ key, /** @type {string} */ list) {
    const words = this.#app.querySelector(".invite");
    if (words) fitWords(words);
    const announcement = this.#app.querySelector(".announcement");
    if (announcement) fitMessage(announcement, ANNOUNCED);
    const band = this.#app.querySelector(".band");
    if (band) fitMessage(band, IN_BAND);
    const told = this.#app.querySelector(".told");
    if (told) fitMessage(told, IN_FOOT);
    const person = this.#app.querySelector(".person");
    if (person) this.#fitName(person, key);
    const foot = this.#app.querySelector(".foot");
    if (foot) fitFoot(foot);
    const queue = this.#app.querySelector(".queue");
    return queue === null || this.#fitQueue(queue, list);
  }

  /** @param {Element} person @param {string} key */
  #fitName(person, key) {
    const name = /** @type {HTMLElement} */ (person.querySelector("h1"));
    const why = `${person.textContent} ${key}`;
    if (this.#sized.heading === name && this.#sized.for === why) return;
    this.#sized = { heading: name, for: why };
    const stage = /** @type {Element} */ (person.parentElement);
    for (const size of NAME_SIZES) {
      name.className = size.name;
      const line = parseFloat(getComputedStyle(name).lineHeight);
      const fits = Math.round(name.clientHeight / line) <= size.lines && name.scrollWidth <= name.clientWidth;
      if (fits && bottom(stage.lastElementChild) <= bottom(stage) + 1) return;
    }
  }

  /** @param {Element} queue @param {string} key */
  #fitQueue(queue, key) {
    const names = /** @type {HTMLElement[]} */ ([...queue.querySelectorAll("li")]);
    for (const name of names) fitNext(name);
    if (names.length < 2 || whole(queue, names)) return true;
    this.#rows = { count: names.length - 1, found: key };
    return false;
  }
}

/** Whether no name is smaller than it would be alone, and none stands outside the picture. @param {Element} queue @param {HTMLElement[]} names */
function whole(queue, names) {
  const inLine = getComputedStyle(queue).flexDirection === "row";
  if (inLine) return names.every((name) => !name.dataset.size);
  return bottom(queue.lastElementChild) <= bottom(queue) + 1;
}

/** @param {HTMLElement} name */
function fitNext(name) {
  for (const size of NEXT_SIZES) {
    name.dataset.size = size;
    const words = name.querySelector(".name");
    if (!words) return;
    const lines = Math.round(words.clientHeight / parseFloat(getComputedStyle(words).lineHeight));
    if (words.scrollWidth <= words.clientWidth + 1 && (size || lines <= NEXT_LINES)) return;
  }
}

/** @param {Element} message @param {number[]} sizes */
function fitMessage(message, sizes) {
  const words = /** @type {HTMLElement} */ (message.lastElementChild);
  for (const size of sizes) {
    words.style.setProperty("--size", String(size));
    const wide = words.scrollWidth <= words.clientWidth + 1;
    if (wide && words.getBoundingClientRect().height <= roomIn(message, words)) return;
  }
}

/** How high words may be: as high as what they stand in, without what stands there before them. @param {Element} message @param {HTMLElement} words */
function roomIn(message, words) {
  const { paddingTop, paddingBottom } = getComputedStyle(message);
  const others = message.firstElementChild === words ? 0 : (message.firstElementChild?.getBoundingClientRect().height ?? 0) * 1.6;
  return message.clientHeight - parseFloat(paddingTop) - parseFloat(paddingBottom) - others;
}

/** @param {Element} words */
function fitWords(words) {
  for (const density of DENSITIES) {
    for (const other of DENSITIES) if (other) words.classList.toggle(other, other === density);
    const top = words.firstElementChild?.getBoundingClientRect().top ?? 0;
    if (top >= words.getBoundingClientRect().top - 1 && bottom(words.lastElementChild) <= bottom(words) + 1) return;
  }
}

function bottom(/** @type {Element | null} */ element) {
  return element?.getBoundingClientRect().bottom ?? 0;
}

/** @param {Element} foot */
function fitFoot(foot) {
  for (const size of WORD_SIZES) {
    foot.className = `foot ${size}`;
    if (foot.scrollWidth <= foot.clientWidth) return;
  }
}
