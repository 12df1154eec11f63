// @ts-check
/** Keeps the focus where it is while the list changes under it, and lets a moved entry travel to its new place. */

const TRAVEL = 240;

const stillness = matchMedia("(prefers-reduced-motion: reduce)");

/**
 * Draws; then gives the focus back to the entry (or its button) that had it, and shows who moved.
 * @param {HTMLElement} root @param {() => void} draw
 */
export function keepPlace(root, draw) {
  const focus = focused(root);
  const before = places(root);
  draw();
  if (focus && document.activeElement !== focus.element) find(root, focus)?.focus();
  if (!stillness.matches) travel(root, before);
}

/** @param {HTMLElement} root */
function focused(root) {
  const element = document.activeElement;
  const entry = element?.closest("[data-entry]");
  if (!(element instanceof HTMLElement) || !entry || !root.contains(element)) return null;
  return { element, entry: entry.getAttribute("data-entry") ?? "", does: element.dataset.do ?? "" };
}

/** @param {HTMLElement} root @param {{entry: string, does: string}} focus @returns {HTMLElement | null} */
function find(root, { entry, does }) {
  const row = root.querySelector(`[data-entry="${CSS.escape(entry)}"]`);
  return /** @type {HTMLElement | null} */ (does ? (row?.querySelector(`[data-do="${does}"]`) ?? null) : row);
}

/**
 * Where every entry stands within the list, by its id.
 * @param {HTMLElement} root @returns {Map<string, {order: number, top: number}>}
 */
function places(root) {
  const rows = /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-entry]"));
  return new Map([...rows].map((row, order) => [row.dataset.entry ?? "", { order, top: row.offsetTop }]));
}

/**
 * Only a change of order moves anything: who has come or gone shifts the others without a journey.
 * @param {HTMLElement} root @param {ReturnType<typeof places>} before
 */
function travel(root, before) {
  const after = places(root);
  const kept = [...after.keys()].filter((id) => before.has(id));
  const formerly = [...before.keys()].filter((id) => after.has(id));
  if (kept.every((id, index) => id === formerly[index])) return;
  for (const id of kept) {
    const by = (before.get(id)?.top ?? 0) - (after.get(id)?.top ?? 0);
    if (by === 0) continue;
    find(root, { entry: id, does: "" })?.animate([{ transform: `translateY(${by}px)` }, { transform: "none" }], {
      duration: TRAVEL,
      easing: "cubic-bezier(.2, 0, 0, 1)",
    });
  }
}
