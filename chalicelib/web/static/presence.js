// Tells that this page is open and whether its reader types; shows who else is there.

import { watchWhoIsHere } from "./live.js";
import { swapParts } from "./swap.js";

const EVERY = 20_000;
const TYPED_FOR = 6_000;

let typing = 0;
let told = "";

const words = () => (Date.now() < typing ? "typ" : "kijk");

export function presence(subject, place) {
  const address = `/gesprek/${subject}/aanwezig`;
  const tell = async () => {
    if (document.hidden) return;
    told = words();
    const answer = await fetch(address, { method: "POST", body: new URLSearchParams({ ik: told }) }).catch(() => null);
    if (answer?.ok) swapParts(new DOMParser().parseFromString(await answer.text(), "text/html"));
  };
  tell();
  setInterval(tell, EVERY);
  setInterval(() => { if (words() !== told) tell(); }, 1_000);
  place.addEventListener("input", (event) => {
    if (!event.target.matches("#text, [data-note]")) return;
    typing = Date.now() + TYPED_FOR;
    if (told !== "typ") tell();
  });
  addEventListener("pagehide", () => navigator.sendBeacon(address, new URLSearchParams({ ik: "ga" })));
  watchWhoIsHere((where) => { if (where === decodeURIComponent(subject)) tell(); });
}
