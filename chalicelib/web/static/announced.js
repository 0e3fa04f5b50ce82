// What goes on by itself (an answer to everyone, a card on its way, cards that come in) is looked at
// again every few seconds, or as often as the page says. Only another stage of it is said aloud.

import { announce } from "./page.js";
import { fetched } from "./swap.js";

const PAUSE = 2_500;

async function look() {
  const fresh = (await fetched(location.pathname).catch(() => null))?.querySelector("[data-progress]");
  const place = document.querySelector("[data-progress]");
  if (fresh && place.innerHTML !== fresh.innerHTML && !place.contains(document.activeElement)) {
    const [before, now] = [place, fresh].map((one) => one.querySelector("[data-said]")?.textContent);
    if (now && now !== before) announce(now);
    place.replaceWith(fresh);
  }
  soon();
}

function soon() {
  const going = document.querySelector("[data-going]");
  if (going) setTimeout(look, Number(going.dataset.going) || PAUSE);
}

soon();
