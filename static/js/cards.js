// @ts-check
/** The one thing that the page of place cards needs a script for: to print without going through a menu. */

const button = /** @type {HTMLButtonElement} */ (document.getElementById("print"));
button.hidden = false;
button.addEventListener("click", () => print());
