// @ts-check
/** What a page does about a rehearsal: says that one goes on, and leads back when it is over. layout.html draws the words. */

/** The refusal of a page whose rehearsal was ended. */
const OVER = "rehearsal-over";

/** The refusal of a page whose device is elsewhere now: another tab of it has crossed over, or it slept through the end. */
const ELSEWHERE = "not-found";

/** So long the words stand there before a page follows its device by itself. */
const READ = 4_000;

/** A page that was led and is refused again at once is led no more, or it would never end. */
const ONCE_IN = 20_000;
const LED_AT = "rehearsal-led-at";

/** Between two looks whether the page can be had again: nobody comes to a display to press a button. */
const LOOK_EVERY = 1_000;

/** Follows what the store hears of rehearsals. @param {import("./api.js").Boot} boot @param {import("./store.js").Store} store */
export function followRehearsal(boot, store) {
  let led = false;
  const look = () => {
    const notice = document.getElementById("rehearsal");
    if (notice) show(notice, store.rehearsal);
    const reason = store.refusal?.reason;
    const away = reason === OVER || reason === ELSEWHERE;
    const called = boot.role === "display" && !boot.rehearsal && store.rehearsal;
    if (led || !(away || called)) return;
    led = true;
    if (boot.role === "display") loadAgain();
    else leadBack(reason === ELSEWHERE);
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

/**
 * Says that the rehearsal is over, where this page is one of it; a page whose device is elsewhere follows it by itself.
 * @param {boolean} byItself
 */
async function leadBack(byItself) {
  const dialog = document.getElementById("rehearsal-over");
  if (dialog) showWayBack(dialog);
  if (!byItself || !mayBeLed()) return;
  if (dialog) await new Promise((resolve) => setTimeout(resolve, READ));
  loadAgain();
}

/** Whether this tab was not led a moment ago; a browser that keeps nothing is led by hand. */
function mayBeLed() {
  try {
    const before = Number(sessionStorage.getItem(LED_AT) ?? -ONCE_IN);
    sessionStorage.setItem(LED_AT, String(Date.now()));
    return Date.now() - before >= ONCE_IN;
  } catch {
    return false;
  }
}

/** Over whatever the page shows: there is nothing else to do on it. @param {HTMLElement} dialog */
function showWayBack(dialog) {
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
