// The answer being written: kept on the server, counted, read over, sent with Ctrl + Enter, claim kept alive.

import { canned, insertText } from "./canned.js";
import { fill, now } from "./clock.js";
import { SENDING, draftOf } from "./page.js";

const KEEP_CLAIM = 5 * 60_000;
const RETRY_CLAIM = 60_000;
const AFTER_KEY = 150;
const AFTER_TYPING = 700;

let lastClaim = 0;
let asking = 0;
let behind = 0;

// Takes care of the answer form that is on the page now; again after a new one appeared.
export function composing() {
  const form = document.querySelector("[data-compose]");
  noting();
  if (!form || form.dataset.ready) return;
  form.dataset.ready = "yes";
  const text = form.querySelector("#text");
  restore(form, text);
  text.setSelectionRange(text.value.length, text.value.length);
  count(form, text);
  if (text.value !== text.defaultValue) remember(form, text); // typed before this script was here
  if (text.value.trim()) soon(form);
  form.addEventListener("input", (event) => {
    if (event.target.matches("textarea, [data-hearing]")) afterKey(form, text);
  });
  text.addEventListener("keydown", (event) => keyed(event, form));
  for (const button of form.querySelectorAll(".compose__quick [data-insert]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      insertText(text, button.dataset.insert);
    });
  }
  canned(form, text);
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault();
    catchUp(form, text);
    form.dataset.sent = "yes";
    clearTimeout(asking);
    sessionStorage.setItem(SENDING, form.dataset.subject);
  });
  addEventListener("pageshow", () => { delete form.dataset.sent; });
}

// A key is painted first; what follows from it comes in a moment, for several keys at once.
function afterKey(form, text) {
  behind ||= setTimeout(() => {
    behind = 0;
    remember(form, text);
    count(form, text);
    soon(form);
    keepClaim(form);
  }, AFTER_KEY);
}

function catchUp(form, text) {
  if (!behind) return;
  behind = clearTimeout(behind);
  remember(form, text);
}

function keyed(event, form) {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector(`[name="daarna"][value="${event.shiftKey ? "rond_af" : "blijf"}"]`));
}

// A note that is being written belongs to the same draft.
function noting() {
  const note = document.querySelector("[data-note]");
  if (!note || note.dataset.ready) return;
  note.dataset.ready = "yes";
  note.addEventListener("input", () => soon(document.querySelector("[data-compose]") ?? note.form));
}

// --- the draft: in this tab until the server has it ---

const place = (form) => draftOf(form.dataset.subject);

function restore(form, text) {
  const here = sessionStorage.getItem(place(form));
  if (here !== null) text.value = here;
}

function remember(form, text) {
  sessionStorage.setItem(place(form), text.value);
}

function soon(form) {
  clearTimeout(asking);
  asking = setTimeout(() => keep(form), AFTER_TYPING);
}

const subjectOf = (form) => form.action.split("/gesprek/")[1].split("/")[0];

function fieldsOf(form) {
  const fields = form.matches("[data-compose]") ? new URLSearchParams(new FormData(form)) : new URLSearchParams();
  fields.delete("gezien");
  fields.set("note", document.querySelector("[data-note]")?.value ?? "");
  return fields;
}

async function keep(form) {
  const fields = fieldsOf(form);
  const answer = await fetch(`/gesprek/${subjectOf(form)}/concept`, { method: "POST", body: fields }).catch(() => null);
  if (!form.isConnected || !form.matches("[data-compose]") || form.dataset.sent) return;
  if (!answer?.ok) return kept(form, "");
  const text = form.querySelector("#text");
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body.firstElementChild;
  if (sessionStorage.getItem(place(form)) === fields.get("text")) sessionStorage.removeItem(place(form));
  kept(form, text.value.trim() ? fresh.dataset.keptAt : null);
  if (text.value.replaceAll("\r\n", "\n") === fields.get("text")) show(form, fresh);
}

function kept(form, at) {
  const sign = form.querySelector("[data-kept]");
  const words = at === null ? "" : at ? fill(sign.dataset.keptAt, { at }) : sign.dataset.keptNot;
  sign.classList.toggle("over", at === "");
  sign.textContent = words;
}

// Whoever leaves for an emergency finds the text again, here or on another computer.
function leaving() {
  const form = document.querySelector("[data-compose]");
  if (!form || form.dataset.sent) return;
  catchUp(form, form.querySelector("#text"));
  if (sessionStorage.getItem(place(form)) === null) return;
  // The next page may be asked for before this arrives, so this tab keeps its copy as well.
  navigator.sendBeacon(`/gesprek/${subjectOf(form)}/concept`, fieldsOf(form));
}

addEventListener("pagehide", leaving);

// --- counting and reading over ---

// What goes into one message is counted here, where the platform counts as everybody does; the
// server's own count follows with the rest of what it says.
function count(form, text) {
  const longest = form.querySelector("[data-hearing]:checked")?.dataset.longest ?? text.dataset.longest;
  const left = Number(longest) - [...text.value].length;
  if ("countsSigns" in text.dataset && left >= 0) tell(form, fill(text.dataset.left, { n: left }), false);
}

function tell(form, words, over) {
  const counter = form.querySelector("[data-counter]");
  if (counter.textContent !== words) counter.textContent = words;
  counter.classList.toggle("over", over);
}

// What is said of the text is renewed; the question whether its writer agrees stays as it is while
// it is about the same, with its mark and the focus on it.
function show(form, fresh) {
  const place = form.querySelector("[data-preview]");
  const opened = place.querySelector("details")?.open;
  const { counted, over } = fresh.dataset;
  const asked = place.querySelector("[data-leaks]");
  const again = fresh.querySelector("[data-leaks]");
  if (asked && asked.dataset.leaks === again?.dataset.leaks) {
    for (const old of [...asked.parentElement.children]) if (old !== asked) old.remove();
    again.remove();
    for (const part of [...fresh.children]) part.matches("details") ? asked.after(part) : asked.before(part);
  } else if (place.firstElementChild?.innerHTML !== fresh.innerHTML) {
    place.replaceChildren(fresh);
  }
  if (opened && place.querySelector("details")) place.querySelector("details").open = true;
  if (counted) tell(form, counted, over !== undefined);
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
