// Puts a fetched fragment into the open page without taking focus, typed text or place away.

export async function fetched(source) {
  const answer = await fetch(source, { headers: { Accept: "text/html" } });
  if (!answer.ok) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

// Parts that differ are replaced; a part that the reader is working in is left as it is.
export function swapParts(fresh, leave = () => false) {
  for (const part of fresh.querySelectorAll("[data-part]")) {
    const old = document.querySelector(`[data-part="${part.dataset.part}"]`);
    if (!old || part.querySelector("[data-rows]")) continue;
    if (old.contains(document.activeElement) || leave(part, old) || same(old, part)) continue;
    const opened = [...old.querySelectorAll("details[open] > summary")].map(textOf);
    old.replaceChildren(...part.childNodes);
    copyAttributes(part, old);
    for (const summary of old.querySelectorAll("details > summary")) {
      if (opened.includes(textOf(summary))) summary.parentElement.open = true;
    }
  }
}

// A keyed list: rows that differ are renewed in place; with `whole`, rows come, go and move.
export function mergeRows(list, fresh, whole = true) {
  const focused = keyOf(document.activeElement?.closest?.("[data-key]"), list);
  const old = new Map([...list.children].map((row) => [row.dataset.key, row]));
  let place = list.firstElementChild;
  for (const row of [...fresh.children]) {
    const known = old.get(row.dataset.key);
    old.delete(row.dataset.key);
    if (known && !same(known, row)) renew(known, row);
    if (!whole) continue;
    const element = known ?? document.adoptNode(row);
    if (element === place) place = place.nextElementSibling;
    else list.insertBefore(element, place);
  }
  if (whole) old.forEach((row) => row.remove());
  if (focused && !list.contains(document.activeElement)) focusOn(list, focused);
}

export const keys = (list) => [...list.children].map((row) => row.dataset.key);

function renew(row, fresh) {
  const held = row.contains(document.activeElement);
  const picked = row.querySelector("[data-pick]")?.checked;
  const opened = row.querySelector("details")?.open;
  row.className = fresh.className;
  row.replaceChildren(...fresh.cloneNode(true).childNodes);
  if (picked && row.querySelector("[data-pick]")) row.querySelector("[data-pick]").checked = true;
  if (opened && row.querySelector("details")) row.querySelector("details").open = true;
  if (held) row.querySelector("a, button, summary")?.focus({ preventScroll: true });
}

function focusOn(list, key) {
  const row = [...list.children].find((one) => one.dataset.key === key);
  row?.querySelector("a, button")?.focus({ preventScroll: true });
}

const keyOf = (row, list) => (row && list.contains(row) ? row.dataset.key : null);

const textOf = (element) => element.textContent.trim();

// Running clocks and what the reader folded open are no difference.
function same(one, other) {
  return one.className === other.className && signature(one) === signature(other);
}

function signature(element) {
  const copy = element.cloneNode(true);
  for (const time of copy.querySelectorAll("[data-since], [data-countdown], [data-countdown-long], [data-runs]")) time.textContent = "";
  for (const folded of copy.querySelectorAll("details")) folded.removeAttribute("open");
  return copy.innerHTML.replace(/\s+/g, " ").trim();
}

function copyAttributes(from, to) {
  for (const { name, value } of from.attributes) to.setAttribute(name, value);
}
