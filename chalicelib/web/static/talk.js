// The web chat: sends without leaving the page, and looks for what is new. Without it the form works.

import { attaching } from "./attach.js";
import { announce } from "./page.js";
import { fetched, mergeRows } from "./swap.js";

const SOON = 1_500;
const CALM = 6_000;
const HIDDEN = 60_000;
const SOON_TIMES = 12;

const log = document.querySelector("[data-talk]");
const form = document.querySelector("[data-form]");
const text = form.querySelector("textarea");
const failed = form.querySelector("[data-not-sent]");
let soon = SOON_TIMES;
let timer = 0;

attaching();
document.querySelector("[data-errors]")?.focus();
down();

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const fields = new URLSearchParams(new FormData(form));
  if (form.dataset.sent || !(text.value.trim() || fields.has("file"))) return text.focus();
  form.dataset.sent = "yes";
  failed.hidden = true;
  const answer = await fetch(form.action, { method: "POST", body: fields }).catch(() => null);
  delete form.dataset.sent;
  if (!answer?.ok) { failed.hidden = false; return; }
  form.querySelector("[name=message_id]").value = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
  form.querySelectorAll("[data-files] li").forEach((row) => row.querySelector("[data-away]").click());
  text.value = "";
  text.focus();
  soon = SOON_TIMES;
  look();
});

text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});

async function look() {
  clearTimeout(timer);
  const fresh = await fetched(log.dataset.source).catch(() => null);
  if (fresh) show(fresh);
  soon = Math.max(0, soon - 1);
  timer = setTimeout(look, document.hidden ? HIDDEN : soon ? SOON : CALM);
}

function show(fresh) {
  const list = log.querySelector("[data-part=talk]");
  const before = [list.children.length, list.querySelectorAll(".entry--out").length];
  mergeRows(list, fresh.querySelector("[data-part=talk]"));
  const number = document.querySelector("[data-part=number]");
  const now = fresh.querySelector("[data-part=number]");
  if (now.textContent.trim() !== number.textContent.trim()) number.replaceChildren(...now.childNodes);
  if (list.children.length > before[0]) down();
  if (list.querySelectorAll(".entry--out").length > before[1]) announce(document.querySelector("[data-announce]").dataset.new);
}

function down() {
  log.scrollTop = log.scrollHeight;
}

timer = setTimeout(look, SOON);
document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
