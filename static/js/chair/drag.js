// @ts-check
/** Moves an entry by its handle, with a mouse, a finger or a pen; Escape leaves it where it was. */

/** @typedef {import("./ui.js").Scene} Scene */

/** A hand that rests on a row does not move it. */
const BEGINS = 5;

/**
 * Begins to drag the entry whose handle was pressed; it moves when it is let go.
 * @param {PointerEvent} event @param {Scene} scene @param {import("../store.js").Entry} entry @param {number} from
 */
export function beginDrag(event, { ui, acts }, entry, from) {
  if (event.button !== 0 || !event.isPrimary) return;
  const handle = /** @type {HTMLElement} */ (event.currentTarget);
  const list = /** @type {HTMLElement | null} */ (handle.closest(".entries"));
  if (!list) return;
  event.preventDefault();
  handle.setPointerCapture(event.pointerId);
  const began = event.clientY;
  let place = from;
  const over = new AbortController();
  const { signal } = over;
  const stop = () => {
    over.abort();
    ui.drag(null);
  };
  handle.addEventListener(
    "pointermove",
    (moved) => {
      if (!ui.dragging && Math.abs(moved.clientY - began) < BEGINS) return;
      scrollAtEdge(list, moved.clientY);
      place = placeAt(list, moved.clientY, from);
      ui.drag({ id: entry.id, place });
    },
    { signal },
  );
  handle.addEventListener(
    "pointerup",
    () => {
      const dragged = ui.dragging !== null;
      stop();
      if (dragged) acts.move(entry, place);
    },
    { signal },
  );
  handle.addEventListener("pointercancel", stop, { signal });
  addEventListener("keydown", (pressed) => pressed.key === "Escape" && stop(), { signal });
}

/** The place (from 0) at which an entry would stand that is let go at `y`. @param {HTMLElement} list @param {number} y @param {number} from */
function placeAt(list, y, from) {
  const rows = /** @type {HTMLElement[]} */ ([...list.querySelectorAll("[data-entry]")]);
  const before = rows.filter((row) => middle(row) < y).length;
  return before > from ? before - 1 : before;
}

function middle(/** @type {HTMLElement} */ row) {
  const { top, height } = row.getBoundingClientRect();
  return top + height / 2;
}

/** A long list comes along. @param {HTMLElement} list @param {number} y */
function scrollAtEdge(list, y) {
  const { top, bottom } = list.getBoundingClientRect();
  const EDGE = 32;
  if (y < top + EDGE) list.scrollBy(0, -EDGE / 2);
  else if (y > bottom - EDGE) list.scrollBy(0, EDGE / 2);
}
