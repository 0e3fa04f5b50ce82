// What every page of an agent does: spoken announcements, the title's count, a menu that closes.

const spoken = document.querySelector("[data-announce]");
const alarm = document.querySelector("[data-alarm]");

export const announce = (text) => say(spoken, text);
export const raiseAlarm = (text) => say(alarm, text);

// Emptied first, so that the same sentence twice is read twice.
function say(region, text) {
  if (!region) return;
  region.textContent = "";
  setTimeout(() => { region.textContent = text; }, 50);
}

export function countInTitle(title, count) {
  document.title = count ? `(${count}!) ${title}` : title;
}

// What was done is said once: a reload or a bookmark does not say it again.
const here = new URL(location.href);
if (here.searchParams.has("gedaan")) {
  here.searchParams.delete("gedaan");
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
