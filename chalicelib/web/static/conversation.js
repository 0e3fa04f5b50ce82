// The open conversation: new messages appear, what is typed stays, and what is read is known.

import { attaching } from "./attach.js";
import { composing } from "./compose.js";
import { jumping } from "./jump.js";
import { watch } from "./live.js";
import { announce } from "./page.js";
import { presence } from "./presence.js";
import { danger, renew, stripOf } from "./strip.js";
import { fetched, keys, mergeRows } from "./swap.js";

const SEEN_AFTER = 800;
const NEAR_END = 80;

const root = document.querySelector("[data-talk]");
const story = root.querySelector("[data-story]");
const entries = root.querySelector("[data-entries]");
const subject = root.dataset.source.split("/")[2];
const strip = stripOf(root);

async function changed(what) {
  if (what !== null && what !== decodeURIComponent(subject)) return strip();
  const fresh = await fetched(root.dataset.source).catch(() => null);
  if (!fresh) return;
  const before = new Set(keys(entries));
  const atEnd = nearEnd();
  mergeRows(entries, fresh.querySelector("[data-entries]"));
  renew(root, fresh, unsent);
  const arrived = [...entries.children].filter((row) => !before.has(row.dataset.key) && row.dataset.inbound);
  if (arrived.length) announce(root.dataset.new);
  if (atEnd) toEnd();
  watchArrivals();
  composing();
  attaching();
}

// An answer that is being written is never replaced, nor one that may still be sent as it is.
function unsent(part, old) {
  if (part.dataset.part !== "composer") return false;
  const text = old.querySelector("textarea");
  return Boolean(text?.value.trim()) || part.dataset.writing === old.dataset.writing;
}

// --- where the reader is ---

const scrolls = () => story.scrollHeight > story.clientHeight + 1;

function nearEnd() {
  if (scrolls()) return Math.abs(story.scrollTop) < NEAR_END;
  return false;
}

function toEnd() {
  if (scrolls()) story.scrollTop = 0;
}

// --- what the reader has seen: on screen, in a visible tab, for long enough to notice ---

const watcher = new IntersectionObserver((found) => {
  for (const { target, isIntersecting } of found) {
    clearTimeout(target.noticing);
    if (isIntersecting) target.noticing = setTimeout(() => noticed(target), SEEN_AFTER);
  }
}, { threshold: 0.5 });

function noticed(entry) {
  if (document.hidden) return;
  const field = document.querySelector("[data-seen]");
  if (!field) return;
  const known = [...entries.children].find((row) => row.dataset.inbound === field.value);
  if (known && entry.dataset.arrival > known.dataset.arrival) field.value = entry.dataset.inbound;
}

function watchArrivals() {
  watcher.disconnect();
  for (const row of entries.querySelectorAll("[data-inbound]")) watcher.observe(row);
}

document.addEventListener("visibilitychange", watchArrivals);

// Where the whole page scrolls, it begins at the newest; what went wrong comes first, and so does
// an assessment that is being corrected.
const verdict = document.getElementById("verbeter");
if (verdict) {
  verdict.scrollIntoView({ block: "center" });
} else if (!scrolls() && document.documentElement.scrollHeight > innerHeight * 1.5) {
  document.getElementById("nieuwste").scrollIntoView({ block: "end" });
}
if (document.querySelector("[data-problem]")) document.getElementById("schrijven").scrollIntoView({ block: "end" });
// A browser leaves autofocus aside when the address names a place on the page, as ours does, and
// takes the focus to that place while it loads. On a phone it would be below the buttons.
addEventListener("load", () => {
  const field = root.querySelector("[autofocus]");
  field?.focus({ preventScroll: true });
  if (!scrolls()) field?.scrollIntoView({ block: "nearest" });
});
watchArrivals();
composing();
attaching();
danger(root);
jumping(story);
presence(subject, root);
watch(changed);
