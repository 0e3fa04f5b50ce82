// Tells when something changed: hints over a socket, and polling while there is none.

const TICKETS = "/api/v1/socket-tickets";
const CHANGES = "/api/v1/changes";
const POLL = { none: 10_000, socket: 60_000, hidden: 60_000 };
const LONGEST_WAIT = 60_000;
const BREATH = 600;

const sign = document.querySelector("[data-live]");

let cursor = document.body.dataset.now;
let socket = null;
let wait = 2_000;
let timer = 0;

let here = () => {};

// Calls told(subject) when somebody came, left or began to type there.
export function watchWhoIsHere(told) {
  here = told;
}

// Calls changed(subject), or changed(null) when it is not known what changed.
export function watch(changed) {
  const tell = throttled(changed);
  connect(tell);
  poll(tell);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) poll(tell);
  });
}

function throttled(changed) {
  const waiting = new Set();
  let resting = false;
  const run = () => {
    const subjects = waiting.has(null) ? [null] : [...waiting];
    waiting.clear();
    subjects.forEach(changed);
  };
  return (subject) => {
    waiting.add(subject);
    if (resting) return;
    resting = true;
    run();
    setTimeout(() => {
      resting = false;
      if (waiting.size) run();
    }, BREATH);
  };
}

async function connect(tell) {
  try {
    const answer = await fetch(TICKETS, { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" });
    if (!answer.ok) throw new Error(String(answer.status));
    const { ticket, url } = await answer.json();
    open(address(url, ticket), tell);
  } catch {
    again(tell);
  }
}

function address(url, ticket) {
  const where = new URL(url ?? "/_ws", location.href);
  where.protocol = where.protocol.replace("http", "ws");
  where.searchParams.set("ticket", ticket);
  return where;
}

function open(where, tell) {
  socket = new WebSocket(where);
  socket.onopen = () => {
    wait = 2_000;
    show("on");
    poll(tell);
  };
  socket.onmessage = ({ data }) => {
    const hint = JSON.parse(data);
    if (hint.here) return here(hint.here);
    if (hint.cursor > cursor) cursor = hint.cursor;
    tell(hint.subject ?? null);
  };
  socket.onclose = () => {
    socket = null;
    show("slow");
    again(tell);
  };
}

function again(tell) {
  setTimeout(() => connect(tell), wait);
  wait = Math.min(wait * 2, LONGEST_WAIT);
}

const connected = () => socket?.readyState === WebSocket.OPEN;

async function poll(tell) {
  clearTimeout(timer);
  try {
    const answer = await fetch(`${CHANGES}?cursor=${encodeURIComponent(cursor)}`);
    if (answer.status === 401) return location.reload();
    if (!answer.ok) throw new Error(String(answer.status));
    const found = await answer.json();
    if (found.cursor > cursor) {
      cursor = found.cursor;
      tell(null);
    }
    show(connected() ? "on" : "slow");
  } catch {
    show("off");
  }
  const pause = document.hidden ? POLL.hidden : connected() ? POLL.socket : POLL.none;
  timer = setTimeout(() => poll(tell), pause);
}

function show(state) {
  if (!sign || sign.dataset.state === state) return;
  sign.hidden = false;
  sign.dataset.state = state;
  sign.querySelector(".live__text").textContent = sign.dataset[`live${state[0].toUpperCase()}${state.slice(1)}`];
}
