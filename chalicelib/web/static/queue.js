// The open queue: danger appears at once; the rest waits while the reader points or reads along.

import { fill } from "./clock.js";
import { shortcuts } from "./keys.js";
import { watch } from "./live.js";
import { announce, countInTitle, raiseAlarm } from "./page.js";
import { fetched, keys, mergeRows, swapParts } from "./swap.js";

const STILL = 120_000;
const JUST_NOW = 10_000;

const root = document.querySelector("[data-queue]");
const rows = (name, from = root) => from.querySelector(`[data-rows="${name}"]`);
const notice = root.querySelector("[data-fresh]");

let pointed = 0;
let worked = 0;
let waiting = null;

async function changed() {
  const fresh = await fetched(root.dataset.source + location.search).catch(() => null);
  if (!fresh) return;
  life(fresh);
  swapParts(fresh);
  team(fresh);
}

// Danger shows at once; a list that somebody works in stays where it is on the screen meanwhile.
function life(fresh) {
  const before = new Set(keys(rows("life")));
  const list = rows("team");
  const place = list.getBoundingClientRect().top;
  mergeRows(rows("life"), rows("life", fresh));
  const lane = root.querySelector('[data-part="lane"]');
  const now = fresh.querySelector('[data-part="lane"]');
  lane.className = now.className;
  const title = lane.querySelector(".lane__title");
  if (title.textContent !== now.querySelector(".lane__title").textContent) {
    title.replaceChildren(...now.querySelector(".lane__title").childNodes);
  }
  if (busy(list)) scrollBy(0, list.getBoundingClientRect().top - place);
  countInTitle(`${root.dataset.title} – Nabij`, Number(now.dataset.unheld));
  for (const row of rows("life").children) {
    if (!before.has(row.dataset.key)) raiseAlarm(fill(root.dataset.alarmText, { because: becauseOf(row) }));
  }
}

const becauseOf = (row) => row.querySelector(".row__because")?.lastChild.textContent.trim() ?? "";

function team(fresh) {
  const list = rows("team");
  if (!busy(list)) return settle(fresh);
  waiting = fresh;
  mergeRows(list, rows("team", fresh), false);
  const shown = new Set(keys(list));
  offer(keys(rows("team", fresh)).filter((key) => !shown.has(key)).length);
}

// Somebody who points at a row, has it in focus or works on the page must not lose it from under the
// hand or the eye. A pointer that was left lying there for minutes points at nothing.
function busy(list) {
  const now = Date.now();
  return list.contains(document.activeElement) || now - pointed < STILL || now - worked < JUST_NOW;
}

function settle(fresh) {
  waiting = null;
  offer(0);
  mergeRows(rows("team"), rows("team", fresh));
}

function offer(count) {
  const text = fill(count === 1 ? root.dataset.newOne : root.dataset.newMany, { n: count });
  const label = notice.querySelector(".nl-button__label");
  if (count && label.textContent !== text) announce(text);
  label.textContent = text;
  notice.hidden = count === 0;
}

function settleWhenStill() {
  if (waiting && !busy(rows("team"))) settle(waiting);
}

for (const deed of ["pointerdown", "keydown", "wheel"]) {
  root.addEventListener(deed, () => { worked = Date.now(); }, { passive: true });
}
rows("team").addEventListener("pointermove", () => { pointed = Date.now(); });
rows("team").addEventListener("pointerleave", () => { pointed = 0; });
notice.addEventListener("click", () => {
  if (!waiting) return;
  pointed = worked = 0;
  settle(waiting);
  rows("team").querySelector("a")?.focus();
});
setInterval(settleWhenStill, 1_000);

// --- what was chosen to be handled together ---

const together = root.querySelector("[data-together]");

function chosen() {
  const count = root.querySelectorAll("[data-pick]:checked").length;
  const words = together?.querySelector("[data-together-count]");
  if (words && count) words.textContent = fill(together.dataset.chosen, { n: count });
}

root.addEventListener("change", (event) => {
  if (event.target.matches("[data-pick]")) chosen();
});

shortcuts(root);
watch(changed);
