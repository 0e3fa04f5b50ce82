// The form: errors get the focus, and impatience sends once.

document.querySelector("[data-errors]")?.focus();

const form = document.querySelector("[data-form]");
form.addEventListener("submit", (event) => {
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
addEventListener("pageshow", () => { delete form.dataset.sent; });
