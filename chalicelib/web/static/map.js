// The slider under the map: each dot shows what had been reported by then. Without it all is shown.

const map = document.querySelector("[data-map]");
const box = document.querySelector("[data-time]");
const slider = box.querySelector("input");
const until = box.querySelector("[data-until]");
const play = box.querySelector("[data-play]");

const STEP = 10 * 60 * 1000;
const PACE = 250;
const SMALLEST = 13;
const LARGEST = 46;

const since = Date.parse(slider.dataset.since);
const most = Number(map.dataset.most);
const clock = new Intl.DateTimeFormat(document.documentElement.lang, {
  weekday: "short", hour: "2-digit", minute: "2-digit", timeZone: "Europe/Amsterdam",
});

const dots = [...map.querySelectorAll("[data-growth]")].map((element) => ({
  element,
  disc: element.querySelector(".map__disc"),
  text: element.querySelector("text"),
  growth: element.dataset.growth.split(" ").map((part) => part.split(":").map(Number)),
}));

function show() {
  const step = Number(slider.value);
  const at = clock.format(since + step * STEP);
  until.textContent = at;
  slider.setAttribute("aria-valuetext", at);
  for (const { element, disc, text, growth } of dots) {
    const count = growth.filter(([when]) => when <= step).reduce((sum, [, n]) => sum + n, 0);
    element.toggleAttribute("hidden", !count);
    disc.setAttribute("r", Math.max(SMALLEST, LARGEST * Math.sqrt(count / most)));
    if (text) text.textContent = count;
  }
}

let playing = 0;

function stop() {
  clearInterval(playing);
  playing = 0;
  play.setAttribute("aria-pressed", "false");
}

function forward() {
  slider.value = Number(slider.value) + 1;
  show();
  if (slider.value === slider.max) stop();
}

play.addEventListener("click", () => {
  if (playing) return stop();
  if (slider.value === slider.max) slider.value = 0;
  play.setAttribute("aria-pressed", "true");
  playing = setInterval(forward, PACE);
});
slider.addEventListener("input", () => {
  stop();
  show();
});
map.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  const place = link && document.querySelector(link.getAttribute("href"));
  place?.querySelector("details")?.setAttribute("open", "");
});

box.hidden = false;
show();
