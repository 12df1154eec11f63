// @ts-check
/** List and record on paper with one press: the page that has no script is opened and printed from here. */

/** Between two looks whether the page has come. */
const LOOK = 50;

/**
 * Opens the paper in a window of its own and prints it. Where the browser gives no window, the event goes on as it is:
 * a link is followed.
 * @param {string} url @param {Event} [event]
 */
export function printPaper(url, event) {
  const paper = window.open(url, "_blank");
  if (!paper) return;
  event?.preventDefault();
  const timer = setInterval(async () => {
    if (paper.closed) clearInterval(timer);
    else if (hasCome(paper, url)) {
      clearInterval(timer);
      await paper.document.fonts.ready;
      paper.print();
    }
  }, LOOK);
}

/** Whether the window shows the page whole. @param {Window} paper @param {string} url */
function hasCome(paper, url) {
  try {
    return paper.location.pathname === url && paper.document.readyState === "complete";
  } catch {
    return false; // an error page of the browser's own
  }
}
