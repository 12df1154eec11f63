// @ts-check
/** What a page does about a rehearsal: says that one goes on, and leads back when it is over. layout.html draws the words. */

/** Refusals that tell a page of a rehearsal, or of what is rehearsed, that its device is elsewhere now. */
const ELSEWHERE = ["rehearsal-over", "not-found"];

/** Between two looks whether the page can be had again: nobody comes to a display to press a button. */
const LOOK_EVERY = 1_000;

/** Follows what the store hears of rehearsals. @param {import("./api.js").Boot} boot @param {import("./store.js").Store} store */
export function followRehearsal(boot, store) {
  let led = false;
  const look = () => {
    const notice = document.getElementById("rehearsal");
    if (notice) show(notice, store.rehearsal);
    const away = store.refusal !== null && ELSEWHERE.includes(store.refusal.reason);
    const called = boot.role === "display" && !boot.rehearsal && store.rehearsal;
    if (led || !(away || called)) return;
    led = true;
    if (boot.role === "display") loadAgain();
    else showWayBack();
  };
  store.onChange(look);
  look();
}

/** Brings the notice in line with what is known; its styles come with it. @param {HTMLElement} notice @param {boolean} goingOn */
function show(notice, goingOn) {
  if (goingOn && notice.dataset.styles) {
    const styles = document.createElement("link");
    styles.rel = "stylesheet";
    styles.href = notice.dataset.styles;
    document.head.append(styles);
    delete notice.dataset.styles;
  }
  notice.hidden = !goingOn;
}

/** Over whatever the page shows: there is nothing else to do on it. */
function showWayBack() {
  const dialog = document.getElementById("rehearsal-over");
  if (!(dialog instanceof HTMLElement)) return;
  for (const other of document.querySelectorAll("dialog[open]")) /** @type {HTMLDialogElement} */ (other).close();
  // An old phone knows no dialogs.
  if (dialog instanceof HTMLDialogElement && dialog.showModal) dialog.showModal();
  else dialog.setAttribute("open", "");
  dialog.addEventListener("cancel", (event) => event.preventDefault());
}

/** Loads the page once the server gives it: a browser's own error must never stand on the wall. */
async function loadAgain() {
  for (;;) {
    const answer = await fetch(location.href, { cache: "no-store" }).catch(() => null);
    if (answer?.ok) return location.reload();
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
}
