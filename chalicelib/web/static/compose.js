// The answer being written: kept in this tab, counted, sent with Ctrl + Enter, claim kept alive.

import { fill, now } from "./clock.js";
import { SENDING, draftOf } from "./page.js";

const KEEP_CLAIM = 5 * 60_000;
const RETRY_CLAIM = 60_000;

let lastClaim = 0;

// Takes care of the answer form that is on the page now; again after a new one appeared.
export function composing() {
  const form = document.querySelector("[data-compose]");
  if (!form || form.dataset.ready) return;
  form.dataset.ready = "yes";
  const text = form.querySelector("textarea");
  restore(form, text);
  count(form, text);
  text.addEventListener("input", () => {
    remember(form, text);
    count(form, text);
    keepClaim(form);
  });
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector('[name="daarna"]'));
  });
  form.querySelector("[data-insert]")?.addEventListener("click", (event) => {
    event.preventDefault();
    insert(text, event.currentTarget.dataset.insert);
  });
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    sessionStorage.setItem(SENDING, form.dataset.subject);
  });
  addEventListener("pageshow", () => { delete form.dataset.sent; });
}

const place = (form) => draftOf(form.dataset.subject);

function restore(form, text) {
  if (!text.value) text.value = sessionStorage.getItem(place(form)) ?? "";
}

function remember(form, text) {
  if (text.value) sessionStorage.setItem(place(form), text.value);
  else sessionStorage.removeItem(place(form));
}

// Characters as the server counts them: a smiley is one.
function count(form, text) {
  const longest = Number(text.dataset.longest);
  const left = longest - [...text.value].length;
  const counter = form.querySelector("[data-counter]");
  counter.textContent = fill(left < 0 ? text.dataset.over : text.dataset.left, { n: Math.abs(left) });
  counter.classList.toggle("over", left < 0);
}

function insert(text, advice) {
  const gap = text.value && !text.value.endsWith("\n") ? "\n\n" : "";
  text.setRangeText(`${gap}${advice}`, text.value.length, text.value.length, "end");
  text.dispatchEvent(new Event("input"));
  text.focus();
}

// Whoever is writing must not lose the conversation to the clock.
function keepClaim(form) {
  const until = Date.parse(form.dataset.claimUntil ?? "");
  if (!until || until - now() > KEEP_CLAIM || Date.now() - lastClaim < RETRY_CLAIM) return;
  lastClaim = Date.now();
  const headers = { "Content-Type": "application/json" };
  fetch(`/api/v1/queue/${encodeURIComponent(form.dataset.subject)}/claim`, { method: "POST", headers, body: "{}" })
    .then((answer) => (answer.ok ? answer.json() : null))
    .then((item) => { if (item?.claim_until) form.dataset.claimUntil = item.claim_until; })
    .catch(() => {});
}
