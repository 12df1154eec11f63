// @ts-check
/** What a delegation may ask for at the moment, in what names, and of whom. */

/** @typedef {import("../page.js").Page} Page */

/**
 * What is asked for: `as` is "" for the own name, else a group, and then perhaps `also` for itself; `to` a panellist,
 * `statement` the turn that is replied to, `words` what is written.
 * @typedef {"statement" | "question" | "right-of-reply" | "written-question"} Kind
 * @typedef {{kind: Kind, as: string, also: boolean, to: string, statement: string, words: string}} Choice
 */

/** What most ask for. @type {Choice} */
export const USUAL = { kind: "statement", as: "", also: false, to: "", statement: "", words: "" };

/** Kinds that wait on the list of speakers. */
const LISTED = ["statement", "question"];

/** Reasons for which a kind is not even offered: waiting does not change them. */
const NEVER = ["not-entitled", "replies-used"];

/** Whether a kind waits on the list of speakers. */
export function isListed(/** @type {string} */ kind) {
  return LISTED.includes(kind);
}

/** The kinds that may be asked for now, the usual first. @param {Page} page @returns {Kind[]} */
export function openKinds(page) {
  const { own, view } = page.store;
  const asked = panellists(page).length > 0;
  /** @type {[Kind, boolean | undefined][]} */
  const kinds = [
    ["statement", view?.list.open && openNames(page, "statement").length > 0],
    ["question", asked && view?.list.open && openNames(page, "question").length > 0],
    ["right-of-reply", !!view?.segment && mayEver(own, "right-of-reply")],
    ["written-question", asked && !!own?.may],
  ];
  return kinds.flatMap(([kind, open]) => (open ? [kind] : []));
}

/** Whether a delegation may raise a point of order: a State, while the meeting goes on. @param {Page} page */
export function mayRaise({ store }) {
  const { own, view } = store;
  return view?.dialogue.phase === "open" && !!view.segment && mayEver(own, "point-of-order") && !own?.points?.length;
}

/** In what names a delegation may still ask for a kind: "" its own, and the codes of groups. @param {Page} page @param {string} kind */
export function openNames({ store, programme }, kind) {
  const asked = (store.own?.requests ?? []).filter((request) => request.kind === kind);
  const own = asked.some(({ group }) => group === null) ? [] : [""];
  if (!store.own || !("group" in store.own.capacities)) return own;
  return [...own, ...Object.keys(programme.document.groups).filter((code) => !asked.some(({ group }) => group === code))];
}

/** To whom questions are put: the speakers of the present part of the programme, else of all. @param {Page} page */
export function panellists({ programme, store }) {
  const now = store.view?.segment && programme.segment(store.view.segment.id)?.speakers;
  return now?.length ? now : [...new Set(programme.document.segments.flatMap(({ speakers }) => speakers))];
}

/** @param {import("../store.js").Own | null} own @param {string} kind */
function mayEver(own, kind) {
  return !!own?.may && !NEVER.includes(own.may[kind] ?? "");
}
