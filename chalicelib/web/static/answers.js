// The citizen's page: looks gently for an answer.

import "./copy.js";
import { announce } from "./page.js";
import { fetched } from "./swap.js";

const PAUSE = 15_000;
const HIDDEN = 120_000;

const list = document.querySelector("[data-answers]");
const ours = (from) => from.querySelectorAll(".entry--out").length;

async function look() {
  const fresh = await fetched(list.dataset.source).catch(() => null);
  if (fresh) {
    const before = ours(list);
    if (fresh.body.textContent.trim() !== list.textContent.trim()) list.replaceChildren(...fresh.body.childNodes);
    if (ours(list) > before) announce(document.querySelector("[data-announce]").dataset.new);
  }
  later();
}

// Own words are shown within seconds of sending; answers take people.
function later() {
  const first = list.querySelector('[data-key="none"]') ? 2_000 : PAUSE;
  setTimeout(look, document.hidden ? HIDDEN : first);
}

later();
