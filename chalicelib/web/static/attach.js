// Files that go along with an answer, or with a citizen's form: uploaded at once, listed below the text, taken away again.

import { fill } from "./clock.js";
import { inParts } from "./parts.js";
import { sent } from "./sending.js";

// Takes care of the attaching that is on the page now; again after a new form appeared.
export function attaching() {
  const place = document.querySelector("[data-attach]");
  if (!place || place.dataset.ready) return;
  place.dataset.ready = "yes";
  const input = place.querySelector("input[type=file]");
  input.addEventListener("change", () => upload(place, input));
  place.addEventListener("click", (event) => {
    if (!event.target.closest("[data-away]")) return;
    event.target.closest("li").remove();
    settle(place);
    input.focus();
  });
  settle(place);
}

async function upload(place, input) {
  const [file] = input.files;
  input.value = "";
  if (!file) return;
  if (file.size > Number(place.dataset.largest)) return say(place, place.dataset.tooLarge);
  say(place, fill(place.dataset.busy, { name: file.name }));
  const answer = await brought(place, file).catch(() => null);
  if (!answer?.ok) return say(place, wrong(place, answer?.told));
  add(place, answer.told);
  say(place, "");
}

// What fits goes in one request; a larger file in parts, where the page takes those.
function brought(place, file) {
  const bar = place.querySelector("[data-progress]");
  const progress = (share) => { bar.value = 100 * share; };
  progress(0);
  bar.hidden = false;
  const way = file.size > Number(place.dataset.atOnce ?? Infinity)
    ? inParts(place.dataset, file, progress, (text) => say(place, text))
    : sent("POST", place.dataset.attach, file, progress, { "X-File-Name": encodeURIComponent(file.name) });
  return way.finally(() => { bar.hidden = true; });
}

const wrong = (place, told) =>
  told?.facts?.fields?.file?.[document.documentElement.lang] ?? told?.stopped ?? place.dataset.failed;

function add(place, told) {
  const row = place.querySelector("template").content.cloneNode(true);
  row.querySelector("[data-name]").textContent = told.name;
  row.querySelector("input").value = `${told.id}:${told.name}`;
  const away = row.querySelector("[data-away]");
  away.setAttribute("aria-label", fill(place.dataset.away, { name: told.name }));
  place.querySelector("[data-files]").append(row);
  settle(place);
}

// With a file an answer may be empty, and is shorter: it stands below the file. A form is not.
function settle(place) {
  const count = place.querySelectorAll("[data-files] li").length;
  place.querySelector("input[type=file]").disabled = count >= Number(place.dataset.most);
  if (!place.dataset.caption) return;
  const text = place.closest("form").querySelector("textarea");
  text.dataset.whole ??= text.dataset.longest;
  text.dataset.longest = count ? place.dataset.caption : text.dataset.whole;
  text.required = !count;
  text.dispatchEvent(new Event("input"));
}

function say(place, text) {
  place.querySelector("[data-said]").textContent = text;
}
