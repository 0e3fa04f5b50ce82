// Shortcuts of one letter, never while somebody types; they can be told, and switched off.

const SETTING = "nabij.sneltoetsen";

const dialog = document.querySelector("[data-keys]");
const opener = document.querySelector("[data-keys-open]");
const choice = document.querySelector("[data-keys-on]");

export const shortcutsOn = () => localStorage.getItem(SETTING) !== "uit";

// The overview of a page's keys, and the choice to do without them.
export const tellKeys = () => dialog.showModal();

export function keysTold() {
  choice.checked = shortcutsOn();
  choice.addEventListener("change", () => localStorage.setItem(SETTING, choice.checked ? "aan" : "uit"));
  opener.hidden = false;
  opener.addEventListener("click", tellKeys);
}

export function shortcuts(root) {
  keysTold();
  document.addEventListener("keydown", (event) => pressed(event, root));
}

function pressed(event, root) {
  if (event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
  const row = event.target.closest?.("[data-rows] > li");
  const act = row ? inRow(event.key, row, root) : intoList(event, root);
  if (!act) return;
  event.preventDefault();
  act();
}

// From the page itself an arrow leads into the list; from a field or a button it does not.
function intoList({ key, target }, root) {
  if (key !== "ArrowDown" || ![document.body, document.querySelector("main")].includes(target)) return null;
  return () => root.querySelector(".row__link")?.focus();
}

function inRow(key, row, root) {
  if (key === "ArrowDown") return () => step(row, root, 1);
  if (key === "ArrowUp") return () => step(row, root, -1);
  if (!shortcutsOn()) return null;
  return {
    j: () => step(row, root, 1),
    k: () => step(row, root, -1),
    x: () => row.querySelector("[data-pick]")?.click(),
    o: () => row.querySelector("[data-claim]")?.requestSubmit(),
    n: () => document.querySelector("[data-next]")?.requestSubmit(),
    t: () => document.querySelector("[data-phone]")?.click(),
    "?": tellKeys,
  }[key];
}

function step(row, root, by) {
  const links = [...root.querySelectorAll(".row__link")];
  const at = links.indexOf(row.querySelector(".row__link"));
  links[Math.min(Math.max(at + by, 0), links.length - 1)]?.focus();
}
