// @ts-check
/** The page behind a link: one seat for one tap, and the page at once in the language that is chosen. */

import { chooseLanguage } from "./i18n.js";

const form = /** @type {HTMLFormElement} */ (document.querySelector("form"));

// An impatient second tap would make a second seat.
form.addEventListener("submit", (event) => {
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("[type=submit]"));
  if (button.getAttribute("aria-disabled") === "true") event.preventDefault();
  button.setAttribute("aria-disabled", "true");
});

// Coming back by the browser's own button, the page is as it was left.
addEventListener("pageshow", () => form.querySelector("[type=submit]")?.removeAttribute("aria-disabled"));

form.addEventListener("change", (event) => {
  const choice = /** @type {HTMLInputElement} */ (event.target);
  if (choice.name === "lang") chooseLanguage(choice.value);
});
