// Runs at once, and once more after a pause when it was asked for meanwhile: one look for many hints.

export function calmly(doing, pause = 1_000) {
  let resting = false;
  let asked = false;
  return async function run() {
    if (resting) {
      asked = true;
      return;
    }
    resting = true;
    await doing().catch(() => {});
    setTimeout(() => {
      resting = false;
      if (asked) run();
      asked = false;
    }, pause);
  };
}
