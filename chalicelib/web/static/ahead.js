// What if: the slider shows its number while it moves, and reckons again when it stands still.

const form = document.querySelector("[data-ahead]");
const slider = form?.querySelector('input[type="range"]');

slider?.addEventListener("input", () => { form.querySelector("[data-shown]").textContent = slider.value; });
slider?.addEventListener("change", () => form.requestSubmit());
