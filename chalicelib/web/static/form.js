// The form: errors get the focus, and impatience sends once.

import { attaching } from "./attach.js";

document.querySelector("[data-errors]")?.focus();
attaching();

const form = document.querySelector("[data-form]");
form.addEventListener("submit", (event) => {
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
addEventListener("pageshow", () => { delete form.dataset.sent; });
