// How far an answer to everyone is: looked at again every few seconds, for as long as it goes on.

const PAUSE = 2_500;

async function look() {
  const answer = await fetch(location.pathname).catch(() => null);
  if (answer?.ok) {
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-progress]");
    const place = document.querySelector("[data-progress]");
    if (fresh && place.innerHTML !== fresh.innerHTML && !place.contains(document.activeElement)) place.replaceWith(fresh);
  }
  soon();
}

function soon() {
  if (document.querySelector("[data-going]")) setTimeout(look, PAUSE);
}

soon();
