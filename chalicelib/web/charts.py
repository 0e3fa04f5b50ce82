"""Charts as the server draws them: places in a box of 100 high, which SVG stretches to its size.

Drawn here and not by a library in the browser: they are there without a script, need no inline
style, print, and a table with the same numbers always stands beside them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDE, HIGH = 1000, 100
GAP = 0.18
"""How much of the place of a bar is left free."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle of the box."""

    x: float
    y: float
    width: float
    height: float


def bars(values: Sequence[float], most: float, lane: int = 0, lanes: int = 1) -> list[Bar]:
    """A bar for each value; several lanes stand beside each other in one place."""
    place = WIDE / max(1, len(values))
    width = place * (1 - GAP) / lanes
    return [
        Bar(
            x=round(number * place + place * GAP / 2 + lane * width, 2),
            y=round(HIGH - tall, 2),
            width=round(width, 2),
            height=round(tall, 2),
        )
        for number, value in enumerate(values)
        for tall in (HIGH * value / most if most else 0.0,)
    ]


def line(values: Sequence[float | None], most: float) -> str:
    """A path through the middles of the bars' places; what is not known leaves a gap."""
    place = WIDE / max(1, len(values))
    steps: list[str] = []
    pen = "M"
    for number, value in enumerate(values):
        if value is None or not most:
            pen = "M"
            continue
        steps.append(f"{pen}{(number + 0.5) * place:.1f} {HIGH - HIGH * value / most:.1f}")
        pen = "L"
    return " ".join(steps)


def round_top(most: float) -> int:
    """The first of 1, 2, 3, 4, 5, 6, 8, 10, 20, … that is not below; 1 for nothing."""
    step = 1
    while True:
        for one in (1, 2, 3, 4, 5, 6, 8):
            if one * step >= most:
                return one * step
        step *= 10


def step_of(value: float, most: float, steps: int = 5) -> int:
    """Which of so many shades a value has; 0 for nothing at all."""
    if value <= 0 or not most:
        return 0
    return max(1, min(steps, -int(-steps * value // most)))
