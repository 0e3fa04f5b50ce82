// The answer being written: kept in this tab, counted, sent with Ctrl + Enter, claim kept alive.

import { fill, now } from "./clock.js";
import { SENDING, draftOf } from "./page.js";

const KEEP_CLAIM = 5 * 60_000;
const RETRY_CLAIM = 60_000;
const AFTER_TYPING = 250;

let lastClaim = 0;
let asking = 0;

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

// What goes into one message is counted here, where the platform counts as everybody does. For the
// rest the server is asked: it knows the platform's own count, and in which parts a text goes out.
function count(form, text) {
  clearTimeout(asking);
  const left = Number(text.dataset.longest) - [...text.value].length;
  if ("countsSigns" in text.dataset && left >= 0) {
    form.querySelector("[data-preview]").replaceChildren();
    return tell(form, fill(text.dataset.left, { n: left }), false);
  }
  asking = setTimeout(() => preview(form, text), AFTER_TYPING);
}

function tell(form, words, over) {
  const counter = form.querySelector("[data-counter]");
  counter.textContent = words;
  counter.classList.toggle("over", over);
}

async function preview(form, text) {
  const asked = text.value;
  const address = form.action.split("#")[0].replace(/antwoord$/, "voorbeeld");
  const answer = await fetch(address, { method: "POST", body: new URLSearchParams({ text: asked }) }).catch(() => null);
  if (!answer?.ok || text.value !== asked) return;
  const place = form.querySelector("[data-preview]");
  place.innerHTML = await answer.text();
  const { counted, over } = place.firstElementChild.dataset;
  tell(form, counted, over !== undefined);
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
