// @ts-check
/** The programme as it is being changed: what was read, what has been changed since, and what the server said of it. Pure but for what is handed in. */

/**
 * @typedef {string | null | Tree[] | {[field: string]: Tree}} Tree
 * @typedef {Record<string, any>} Fields
 * @typedef {(string | number)[]} Path
 * @typedef {{path: string, message: string}} Problem
 * @typedef {{getItem: (key: string) => string | null, setItem: (key: string, value: string) => void,
 *            removeItem: (key: string) => void}} Keeping
 */


export class Draft {
  /** The fields as they stand on the screen. @type {Fields} */
  fields = {};
  /** The revision that they were read at. */
  base = 0;
  /** What is wrong with them, as the server told at the last attempt. @type {Problem[]} */
  problems = [];
  /** @type {"read" | "changed" | "saving" | "saved" | "refused" | "overtaken"} */
  state = "read";
  /** Why it was refused, in words. */
  message = "";
  /** Whether these changes were found on this device, left by an earlier visit. */
  found = false;

  #read = "";
  #key;
  #keeping;

  /** `keeping` is the device's own storage, in which changes outlive the page. @param {string} dialogue @param {Keeping} keeping */
  constructor(dialogue, keeping) {
    this.#key = `setup-${dialogue}`;
    this.#keeping = keeping;
  }

  /** Whether something would be lost if the page were left. */
  get changed() {
    return JSON.stringify(sent(this.fields)) !== this.#read;
  }

  /** Takes in what the server has; changes that this device kept for the same revision are put over it. @param {{revision: number, programme: Fields}} form */
  read({ revision, programme }) {
    this.fields = spelledOut(programme);
    this.base = revision;
    this.#read = JSON.stringify(sent(this.fields));
    this.problems = [];
    this.state = "read";
    const kept = this.#kept();
    this.found = kept !== null && kept.base === revision;
    if (kept && this.found) {
      this.fields = kept.fields;
      this.state = "changed";
    } else {
      this.#forget();
    }
  }

  /** The value at a path; undefined where there is none. @param {Path} path @returns {any} */
  at(path) {
    return path.reduce((/** @type {any} */ place, step) => place?.[step], this.fields);
  }

  /** Puts a value at a path, or takes it away (undefined). @param {Path} path @param {unknown} value */
  put(path, value) {
    const last = path[path.length - 1];
    let place = this.fields;
    for (const step of path.slice(0, -1)) place = place[step] ??= {};
    if (value === undefined && Array.isArray(place)) place.splice(Number(last), 1);
    else if (value === undefined) delete place[last];
    else place[last] = value;
    this.touched();
  }

  /** Adds an entry at the end of a list. @param {Path} path @param {unknown} entry */
  add(path, entry) {
    this.put(path, [...(this.at(path) ?? []), entry]);
  }

  /** Moves an entry of a list by one. @param {Path} path @param {number} index @param {1 | -1} by */
  move(path, index, by) {
    const list = this.at(path);
    if (index + by < 0 || index + by >= list.length) return;
    [list[index], list[index + by]] = [list[index + by], list[index]];
    this.touched();
  }

  /** Something was changed. */
  touched() {
    if (this.changed) {
      this.state = "changed";
      this.#keep();
    } else {
      this.state = "read";
      this.#forget();
    }
  }

  /** What is sent: the fields without those that were left empty. */
  get sent() {
    return sent(this.fields);
  }

  /** The server has accepted what was sent. @param {Fields} fields */
  accepted(fields) {
    this.#read = JSON.stringify(fields);
    this.base += 1;
    this.problems = [];
    this.message = "";
    this.found = false;
    this.state = this.changed ? "changed" : "saved";
    if (this.state === "saved") this.#forget();
    else this.#keep();
  }

  /** The server has refused it. @param {{reason: string, message: string, problems?: Problem[]}} refusal */
  refused({ reason, message, problems = [] }) {
    this.problems = problems;
    this.message = message;
    this.state = reason === "programme-changed" ? "overtaken" : "refused";
  }

  /** Puts the changes of this page over a newer revision. @param {number} revision */
  overtake(revision) {
    this.base = revision;
    this.state = "changed";
    this.message = "";
    this.#keep();
  }

  /** Forgets all changes; `read` must follow. */
  discard() {
    this.#forget();
  }

  /** What is wrong with the value at a path, or below it where nothing nearer is shown. @param {Path} path */
  problemAt(path) {
    const spelt = spell(path);
    return this.problems.find((problem) => problem.path === spelt)?.message ?? "";
  }

  #kept() {
    try {
      const text = this.#keeping.getItem(this.#key);
      return text === null ? null : /** @type {{base: number, fields: Fields}} */ (JSON.parse(text));
    } catch {
      return null;
    }
  }

  #keep() {
    try {
      this.#keeping.setItem(this.#key, JSON.stringify({ base: this.base, fields: this.fields }));
    } catch {
      // A browser that keeps nothing loses them with the page, and asks before it is left.
    }
  }

  #forget() {
    try {
      this.#keeping.removeItem(this.#key);
    } catch {
      // Nothing was kept either.
    }
  }
}

/** A path as the server spells it: segments[1].speakers[3]. */
export function spell(/** @type {Path} */ path) {
  return path.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("").replace(/^\./, "");
}

/** The fields with every text as a mapping of languages and every list there, so that each can be bound to a control. @param {Fields} programme @returns {Fields} */
export function spelledOut(programme) {
  const original = programme.original ?? "en";
  const fields = structuredClone(programme);
  fields.original = original;
  fields.rules = rules(fields.rules);
  for (const name of ["title", "organ", "place"]) fields[name] = text(fields[name], original);
  fields.interpretation_until ??= [];
  fields.persons ??= {};
  for (const person of Object.values(fields.persons)) {
    person.name = text(person.name, original);
    person.title = text(person.title, original);
  }
  fields.groups = (fields.groups ?? []).map((/** @type {any} */ group) => named(group, original));
  fields.delegations = fields.delegations.map((/** @type {any} */ one) => named(one, original));
  fields.bureau = fields.bureau.map((/** @type {any} */ member) => ("person" in member ? member : { ...member, name: text(member.name, original) }));
  fields.segments = fields.segments.map((/** @type {any} */ segment) => ({
    ...segment,
    title: text(segment.title, original),
    chairs: segment.chairs ?? [],
    speakers: segment.speakers ?? [],
    themes: (segment.themes ?? []).map((/** @type {any} */ theme) => ({ ...theme, text: text(theme.text, original) })),
    rules: rules(segment.rules),
  }));
  return fields;
}

/** The fields without what was left empty. @param {any} value @returns {any} */
export function sent(value) {
  if (Array.isArray(value)) {
    const kept = value.map(sent).filter((entry) => entry !== undefined);
    return kept.length ? kept : undefined;
  }
  if (value && typeof value === "object") {
    const kept = Object.entries(value)
      .map(([name, field]) => [name, sent(field)])
      .filter(([, field]) => field !== undefined);
    return kept.length ? Object.fromEntries(kept) : undefined;
  }
  if (typeof value === "string") return value.trim() === "" ? undefined : value;
  return value ?? undefined;
}

/** @param {any} entry @param {string} original */
function named(entry, original) {
  return typeof entry === "string" || !("name" in entry) ? entry : { ...entry, name: text(entry.name, original) };
}

/** @param {any} value @param {string} original @returns {Record<string, string>} */
function text(value, original) {
  return typeof value === "string" ? { [original]: value } : (value ?? {});
}

/** @param {any} written */
function rules(written) {
  return { ...written, limits: { ...written?.limits } };
}

