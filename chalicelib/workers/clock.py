"""What the clock starts. No logic."""

from chalicelib import wiring
from chalicelib.flows.running.sweeping import sweep


def on_minute() -> None:
    """The safety net: nudge whatever is overdue."""
    sweep(wiring.services())
