// A sound when life is at risk, for who switched it on. Browsers let a page sound only after somebody
// clicked or typed in it; until then the button says so.

const SETTING = "nabij.geluid";
const NOTES = [[880, 0], [660, 0.22], [880, 0.44]];

const button = document.querySelector("[data-sound]");
const wanted = () => localStorage.getItem(SETTING) === "aan";

let context = null;

function ready() {
  if (!wanted()) return;
  context ??= new AudioContext();
  context.resume().then(show, show);
}

export function sound() {
  if (!wanted() || context?.state !== "running") return;
  for (const [pitch, after] of NOTES) {
    const tone = context.createOscillator();
    const volume = context.createGain();
    const begin = context.currentTime + after;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.2, begin);
    volume.gain.exponentialRampToValueAtTime(0.001, begin + 0.2);
    tone.connect(volume).connect(context.destination);
    tone.start(begin);
    tone.stop(begin + 0.2);
  }
}

function show() {
  if (!button) return;
  button.hidden = false;
  button.setAttribute("aria-pressed", String(wanted()));
  const silent = wanted() && context?.state !== "running";
  const words = silent ? button.dataset.soundBlocked : wanted() ? button.dataset.soundOn : button.dataset.soundOff;
  button.querySelector("span").textContent = words;
}

button?.addEventListener("click", () => {
  localStorage.setItem(SETTING, wanted() ? "uit" : "aan");
  ready();
  show();
  if (wanted()) setTimeout(sound, 100);
});
for (const deed of ["pointerdown", "keydown"]) addEventListener(deed, ready, { once: true });
show();
