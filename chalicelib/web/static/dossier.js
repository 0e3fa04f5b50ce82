// "Mijn melding": gone in one press or two of Escape, files with progress, fresh news by itself.

import { attaching } from "./attach.js";
import { announce } from "./page.js";
import { fetched, swapParts } from "./swap.js";

const PAUSE = 15_000;
const HIDDEN = 120_000;
const TWICE = 1_000;

const away = document.querySelector("[data-away-now]");

function leave() {
  const gone = { method: "POST", body: new URLSearchParams(), keepalive: true };
  fetch(away.action, gone).catch(() => {});
  document.documentElement.hidden = true;
  location.replace(away.dataset.elsewhere);
}

away?.addEventListener("submit", (event) => {
  event.preventDefault();
  leave();
});

let escaped = 0;
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !away) return;
  if (event.timeStamp - escaped < TWICE) leave();
  escaped = event.timeStamp;
});

attaching();
document.querySelector("[data-errors]")?.focus();

const form = document.querySelector("[data-form]");
form?.addEventListener("submit", (event) => {
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
addEventListener("pageshow", () => { delete form?.dataset.sent; });

const now = document.querySelector("[data-part=now]");
const ours = () => document.querySelectorAll(".entry--out").length;

async function look() {
  const before = ours();
  const fresh = await fetched(now.dataset.source).catch(() => null);
  if (fresh) swapParts(fresh);
  if (ours() > before) announce(document.querySelector("[data-announce]").dataset.new);
  later();
}

// What was just written shows within seconds; answers take people.
function later() {
  const waits = document.querySelector('[data-key="none"]') || location.search.includes("toegevoegd");
  setTimeout(look, document.hidden ? HIDDEN : waits && !later.told ? 2_000 : PAUSE);
  later.told = (later.told ?? 0) + 1 > 3;
}

if (now) later();
