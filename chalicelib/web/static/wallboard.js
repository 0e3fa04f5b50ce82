// The wallboard renews itself. When that fails it says so: an old number must not pass for a new one.

import { fetched, swapParts } from "./swap.js";

const EVERY = 10_000;
const lost = document.querySelector("[data-lost]");

async function renew() {
  const fresh = await fetched(location.href).catch(() => null);
  lost.hidden = Boolean(fresh);
  document.body.classList.toggle("is-lost", !fresh);
  if (fresh) swapParts(fresh);
}

setInterval(renew, EVERY);
