"""Going through a page by Tab: where one stops, whether one sees where one is, what one is told."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from tests.browser.heard import heard_now

MOST_STOPS = 300

STOP = """() => {
  const one = document.activeElement;
  const before = window.lastStop;
  if (one === before) return {};  // the parts of a date
  if (!one || one === document.body || one.walked) return null;
  one.walked = true;
  window.lastStop = one;
  const box = one.getBoundingClientRect();
  const near = [one, one.parentElement, one.parentElement.parentElement];
  const rings = [...near.map(at => getComputedStyle(at)), getComputedStyle(one, "::after")];
  const points = [[0.5, 0.5], [0.1, 0.2], [0.9, 0.2], [0.1, 0.8], [0.9, 0.8]];
  return {
    what: one.outerHTML.slice(0, 120),
    ringed: rings.some(at => at.outlineStyle !== "none" && parseFloat(at.outlineWidth) >= 2),
    seen: points.some(([x, y]) => {
      const hit = document.elementFromPoint(box.left + x * box.width, box.top + y * box.height);
      return hit && (one.contains(hit) || hit.contains(one) && hit.closest("label"));
    }),
    follows: !before || follows(before, one),
  };
  // Of the two parts of the page that hold them, side by side in one parent, is this one further?
  function follows(earlier, later) {
    if (earlier.contains(later)) return true;
    let parent = earlier.parentElement;
    while (!parent.contains(later)) parent = parent.parentElement;
    const [first, second] = [earlier, later].map(at => {
      while (at.parentElement !== parent) at = at.parentElement;
      return at.getBoundingClientRect();
    });
    if (!first.width || !second.width) return true;
    return second.top >= first.bottom - 8 || second.left >= first.right - 8;
  }
}"""

MISSED = """[...document.querySelectorAll(
  "a[href], button:enabled, select, textarea, summary, input:enabled:not([type=radio])")]
.filter(one => one.checkVisibility() && one.getClientRects().length)
.filter(one => one.tabIndex >= 0 && !one.walked)
.map(one => one.outerHTML.slice(0, 120))"""
"""What can be pointed at, but was not reached."""


@dataclass(frozen=True, slots=True)
class Walk:
    """The names of the stops in their order, and what was wrong on the way."""

    names: list[str]
    wrong: list[str]


def walked(page: Page) -> Walk:
    """From the page itself, by Tab, until one is back where one began."""
    session = page.context.new_cdp_session(page)
    page.evaluate("document.body.tabIndex = -1, document.body.focus()")
    names: list[str] = []
    wrong: list[str] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            return Walk(names, wrong + [f"never reached: {one}" for one in page.evaluate(MISSED)])
        if stop:
            names.append(heard_now(session).name)
            wrong += [f"{what}: {stop['what']}" for what in lacks(names[-1], stop)]
    return Walk(names, [*wrong, "there is no end to it"])


def lacks(name: str, stop: dict[str, Any]) -> list[str]:
    """What is wrong with this stop."""
    found = {
        "no name": not name,
        "one does not see where one is": not stop["ringed"],
        "hidden behind something": not stop["seen"],
        "not where one would look next": not stop["follows"],
    }
    return [what for what, lacking in found.items() if lacking]
