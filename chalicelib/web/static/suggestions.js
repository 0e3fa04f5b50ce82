// Suggestions come after the conversation is on the screen: reading never waits for them.

import { fetched } from "./swap.js";

const place = document.querySelector("[data-suggest]");

async function show() {
  const fresh = await fetched(place.dataset.suggest).catch(() => null);
  const list = fresh?.querySelector("[data-suggest-list]");
  if (list) place.replaceChildren(list);
}

if (place) show();
