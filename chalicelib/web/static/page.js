// What every page of an agent does: spoken announcements, the title's count, a menu that closes.

import { sound } from "./sound.js";

const spoken = document.querySelector("[data-announce]");
const alarm = document.querySelector("[data-alarm]");

export const announce = (text) => say(spoken, text);
export function raiseAlarm(text) {
  say(alarm, text);
  sound();
}

// Emptied first, so that the same sentence twice is read twice.
function say(region, text) {
  if (!region) return;
  region.textContent = "";
  setTimeout(() => { region.textContent = text; }, 50);
}

export function countInTitle(title, count) {
  document.title = count ? `(${count}!) ${title}` : title;
}

// An answer that is being written is kept in this tab until the server said that it has it.

export const SENDING = "nabij.verstuurt";
export const draftOf = (subject) => `nabij.antwoord.${subject}`;

function forgetDraft(done) {
  if (!done.startsWith("verstuurd")) return;
  sessionStorage.removeItem(draftOf(sessionStorage.getItem(SENDING)));
  sessionStorage.removeItem(SENDING);
}

document.querySelector('form[action="/uitloggen"]')?.addEventListener("submit", () => sessionStorage.clear());

// What was done is said once: a reload or a bookmark does not say it again.
const here = new URL(location.href);
if (here.searchParams.has("gedaan")) {
  forgetDraft(here.searchParams.get("gedaan"));
  for (const told of ["gedaan", "gesprek", "antwoord", "gelukt", "niet"]) here.searchParams.delete(told);
  history.replaceState(null, "", here);
}

const menu = document.querySelector("[data-menu]");
document.addEventListener("click", ({ target }) => {
  if (menu?.open && !menu.contains(target)) menu.open = false;
});
document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape" || !menu?.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
