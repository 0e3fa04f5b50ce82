// Keys in a conversation: from message to message, to the answer, to the note, to danger, back. Letters
// work in the messages and on the page itself, so that no letter of a text is ever a command.

import { keysTold, shortcutsOn, tellKeys } from "./keys.js";

export function jumping(story) {
  keysTold();
  const entries = () => [...story.querySelectorAll("[data-entries] > li")];
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.matches("#text, [data-note]")) return story.focus();
    if (event.ctrlKey || event.metaKey || event.altKey || !listens(event.target, story)) return;
    const act = acts(event.key, story, entries());
    if (!act) return;
    event.preventDefault();
    act();
  });
}

function listens(target, story) {
  if (target.closest("input, select, textarea, dialog")) return false;
  return story.contains(target) || target === document.body || target.matches("main");
}

function acts(key, story, rows) {
  if (!shortcutsOn()) return null;
  return {
    j: () => step(rows, 1),
    k: () => step(rows, -1),
    r: () => (document.getElementById("text") ?? document.querySelector("[data-claim-button]"))?.focus(),
    n: () => document.querySelector("[data-note]")?.focus(),
    g: () => document.querySelector(".strip a")?.click(),
    q: () => location.assign("/wachtrij"),
    z: () => story.querySelector(".regret button")?.click(),
    "?": tellKeys,
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
