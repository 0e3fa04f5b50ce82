// A large file in parts: a part that failed is sent again, and the same file chosen again goes on
// where it stopped. What was begun is remembered in this tab only: nothing is left on the device.

import { sent } from "./sending.js";

const TRIES = 6;
const PAUSE = 1_000;
const nothing = () => {};
const pause = (n) => new Promise((done) => { setTimeout(done, PAUSE * 2 ** n); });

export async function inParts(place, file, progress, say) {
  const name = ["nabij-part", file.name, file.size, file.lastModified].join(" ");
  const upload = (await known(place, name)) ?? (await begun(place, file));
  if (!upload.ok) return upload;
  sessionStorage.setItem(name, upload.told.id);
  for (const part of upload.told.parts) {
    const whole = await bringPart(file, part, progress, () => say(place.waits));
    if (!whole) return { ok: false, told: { stopped: place.stopped } };
    say("");
  }
  sessionStorage.removeItem(name);
  return posted(`${place.parts}/${upload.told.id}`, {});
}

// What was begun earlier in this tab, if it is still there.
async function known(place, name) {
  const key = sessionStorage.getItem(name);
  if (!key) return null;
  const answer = await fetch(`${place.parts}/${key}`).catch(() => null);
  return answer?.ok ? { ok: true, told: await answer.json() } : null;
}

const begun = (place, file) => posted(place.parts, { name: file.name, size: file.size });

async function posted(to, fields) {
  const answer = await fetch(to, { method: "POST", body: new URLSearchParams(fields) });
  return { ok: answer.ok, told: await answer.json().catch(() => null) };
}

async function bringPart(file, { start, size, to }, progress, waits) {
  const body = file.slice(start, start + size);
  const share = (done) => progress((start + done * size) / file.size);
  for (let n = 0; n < TRIES; n += 1) {
    const answer = await sent("PUT", to, body, share).catch(nothing);
    if (answer?.ok) return true;
    if (answer && answer.status < 500) return false;
    waits();
    await pause(n);
  }
  return false;
}
