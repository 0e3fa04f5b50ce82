// Four keys for four answers, only while the focus is in the message's box, and only where shortcuts
// of one letter are on.

import { shortcutsOn } from "./keys.js";
import "./page.js";

const box = document.querySelector("[data-judge]");

if (box) {
  box.focus({ preventScroll: true });
  if (shortcutsOn()) {
    box.querySelector("[data-keys-hint]").hidden = false;
    box.addEventListener("keydown", pressed);
  }
  box.querySelector("[data-judge-form]").addEventListener("submit", once);
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const button = box.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!button) return;
  event.preventDefault();
  button.form.requestSubmit(button);
}

// A second press before the next message is there would be about a message nobody read.
function once(event) {
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
}

addEventListener("pageshow", () => { delete box?.querySelector("[data-judge-form]").dataset.sent; });
