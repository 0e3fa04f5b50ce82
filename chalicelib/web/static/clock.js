// Times that run on while the page is open, by the server's clock and in the page's language.

const { now: servedAt, words } = document.body.dataset;
const ahead = Date.parse(servedAt) - Date.now();
const texts = JSON.parse(words);

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const now = () => Date.now() + ahead;

export const fill = (text, facts) => text.replace(/\{(\w+)\}/g, (_, name) => facts[name] ?? "");

const secondsSince = (moment) => Math.floor((now() - Date.parse(moment)) / 1000);

function lasting(seconds) {
  if (seconds < MINUTE) return texts.moment;
  if (seconds < HOUR) return fill(texts.minutes, { m: Math.floor(seconds / MINUTE) });
  if (seconds < DAY) {
    const m = String(Math.floor((seconds % HOUR) / MINUTE)).padStart(2, "0");
    return fill(texts.hours, { h: Math.floor(seconds / HOUR), m });
  }
  const n = Math.floor(seconds / DAY);
  return fill(n === 1 ? texts.day : texts.days, { n });
}

function left(seconds) {
  return `${Math.floor(seconds / MINUTE)}:${String(seconds % MINUTE).padStart(2, "0")}`;
}

function show(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function tick() {
  for (const element of document.querySelectorAll("[data-since]")) {
    show(element, lasting(secondsSince(element.dataset.since)));
  }
  for (const element of document.querySelectorAll("[data-countdown-long]")) {
    show(element, lasting(Math.max(0, -secondsSince(element.dataset.countdownLong))));
  }
  for (const element of document.querySelectorAll("[data-countdown]")) {
    const seconds = -secondsSince(element.dataset.countdown);
    show(element, seconds > 0 ? left(seconds) : element.dataset.over);
    element.closest(".ack")?.classList.toggle("is-over", seconds <= 0);
  }
}

setInterval(tick, 1000);
