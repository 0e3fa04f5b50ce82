// How far an answer to everyone is: looked at again every few seconds, for as long as it goes on.
// Only another stage of it is said aloud.

import { announce } from "./page.js";
import { fetched } from "./swap.js";

const PAUSE = 2_500;

async function look() {
  const fresh = (await fetched(location.pathname).catch(() => null))?.querySelector("[data-progress]");
  const place = document.querySelector("[data-progress]");
  if (fresh && place.innerHTML !== fresh.innerHTML && !place.contains(document.activeElement)) {
    const [before, now] = [place, fresh].map((one) => one.querySelector("[data-said]").textContent);
    if (now !== before) announce(now);
    place.replaceWith(fresh);
  }
  soon();
}

function soon() {
  if (document.querySelector("[data-going]")) setTimeout(look, PAUSE);
}

soon();
