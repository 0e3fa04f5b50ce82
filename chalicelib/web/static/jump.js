// Keys in a conversation: from message to message, to the answer, to the note, back. Letters work
// only while the messages have the focus, so that no letter of a text is ever a command.

import { shortcutsOn } from "./keys.js";

export function jumping(story) {
  const entries = () => [...story.querySelectorAll("[data-entries] > li")];
  story.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    const act = acts(event.key, story, entries());
    if (!act) return;
    event.preventDefault();
    act();
  });
  document.addEventListener("keydown", ({ key, target }) => {
    if (key === "Escape" && target.matches("#text, [data-note]")) story.focus();
  });
}

function acts(key, story, rows) {
  if (!shortcutsOn()) return null;
  return {
    j: () => step(rows, 1),
    k: () => step(rows, -1),
    r: () => (document.getElementById("text") ?? document.querySelector("[data-claim-button]"))?.focus(),
    n: () => document.querySelector("[data-note]")?.focus(),
    q: () => location.assign("/wachtrij"),
    z: () => story.querySelector(".regret button")?.click(),
  }[key];
}

function step(rows, by) {
  const at = rows.indexOf(document.activeElement?.closest("[data-entries] > li"));
  const next = rows[Math.min(Math.max(at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by, 0), rows.length - 1)];
  if (!next) return;
  next.tabIndex = -1;
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}
