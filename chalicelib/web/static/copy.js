// A link that one should keep is copied by a button, where the browser can.

const button = document.querySelector("[data-copy]");

if (button) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById("link").value);
    button.querySelector(".nl-button__label").textContent = button.dataset.copied;
  });
}
