// Canned replies: "/" in an empty answer opens the list, typing finds, arrows choose, Enter puts it in.

const BLANK = /\{[^{}\n]+\}|\[[a-zà-ÿ][^[\]\n]*\]/;

export function insertText(text, words) {
  const gap = text.value.trim() ? (text.value.endsWith("\n") ? "" : "\n\n") : "";
  const begin = text.value.trim() ? text.value.length : 0;
  text.setRangeText(`${gap}${words}`, begin, text.value.length, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
  text.focus();
  // What is left to fill in is ready to be typed over.
  const blank = BLANK.exec(text.value);
  if (blank) text.setSelectionRange(blank.index, blank.index + blank[0].length);
}

export function canned(form, text) {
  const box = form.querySelector("[data-canned]");
  if (!box) return;
  const find = box.querySelector("[data-canned-find]");
  find.hidden = false;
  text.addEventListener("keydown", (event) => {
    if (event.key !== "/" || text.value.trim() || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    box.open = true;
    find.focus();
  });
  box.addEventListener("toggle", () => { if (box.open) find.focus(); });
  find.addEventListener("input", (event) => {
    event.stopPropagation(); // a search is no part of the answer
    narrow(box, find.value);
  });
  box.addEventListener("click", (event) => {
    const one = event.target.closest(".canned__one");
    if (!one) return;
    event.preventDefault();
    box.open = false;
    insertText(text, one.dataset.insert);
  });
  box.addEventListener("keydown", (event) => keyed(event, box, find, text));
}

const shown = (box) => [...box.querySelectorAll("li:not([hidden]) .canned__one")];

function narrow(box, words) {
  const wanted = words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  for (const row of box.querySelectorAll("li")) {
    const text = row.textContent.toLocaleLowerCase();
    row.hidden = !wanted.every((word) => text.includes(word));
  }
  box.querySelector("[data-canned-none]").hidden = shown(box).length > 0;
}

function keyed(event, box, find, text) {
  const rows = shown(box);
  const at = rows.indexOf(document.activeElement);
  const act = {
    Escape: () => { box.open = false; text.focus(); },
    ArrowDown: () => rows[Math.min(at + 1, rows.length - 1)]?.focus(),
    ArrowUp: () => (at <= 0 ? find : rows[at - 1]).focus(),
    Enter: event.target === find ? () => rows[0]?.click() : null,
  }[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}
