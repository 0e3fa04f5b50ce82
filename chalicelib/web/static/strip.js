// Life at risk elsewhere, above a page about something else: looked at again, said aloud when it grows.

import { calmly } from "./calmly.js";
import { fill } from "./clock.js";
import { countInTitle, raiseAlarm } from "./page.js";
import { fetched, swapParts } from "./swap.js";

const shown = () => document.querySelector('[data-part="strip"]');
const unheld = () => Number(shown().dataset.unheld);

// What the page's title counts. The root of the page names the title.
export function danger(root) {
  countInTitle(root.dataset.title, unheld());
}

// Only the strip, however much happens elsewhere.
export const stripOf = (root) => calmly(async () => {
  const fresh = await fetched(root.dataset.strip).catch(() => null);
  if (fresh) renew(root, fresh);
});

// Every part of the page, the strip among them.
export function renew(root, fresh, leave) {
  const before = unheld();
  swapParts(fresh, leave);
  danger(root);
  if (unheld() <= before) return;
  const because = shown().querySelector(".strip__because")?.textContent ?? "";
  raiseAlarm(fill(root.dataset.alarmText, { because }));
}
