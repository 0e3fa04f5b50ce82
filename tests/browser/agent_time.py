"""How long a practised agent takes, by counting what they do: never by a clock.

The keystroke-level model (Card, Moran & Newell, The Psychology of Human-Computer Interaction, 1983)
gives a cost to each act; silent reading goes at 238 words a minute (Brysbaert, Journal of Memory
and Language 109, 2019). For each page that is asked for we add what we promise at most.
"""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page

KEY = 0.28
"""Seconds for one keystroke of an average typist who is no secretary."""
POINT = 1.10
"""To a target with the mouse; with ``CLICK`` for pressing and letting go."""
CLICK = 0.20
TO_MOUSE = 0.40
"""The hand from the keys to the mouse, or back."""
THINK = 1.35
"""Deciding what to do next."""
WORD = 60 / 238
"""Reading one word."""
PAGE = 0.15
"""Our own promise for a page."""


@dataclass(slots=True)
class Agent:
    """Somebody at a page; ``seconds`` is what they have done so far."""

    page: Page
    seconds: float = 0.0
    at_mouse: bool = False

    def thinks(self) -> None:
        self.seconds += THINK

    def reads(self, place: Locator) -> str:
        """Every word that stands there."""
        text = place.inner_text()
        self.seconds += WORD * len(text.split())
        return text

    def presses(self, *keys: str) -> None:
        """Keys one after the other; a chord as ``Control+Enter`` counts each of its keys."""
        self.moves_hand(to_mouse=False)
        for key in keys:
            self.seconds += KEY * (key.count("+") + 1)
            self.page.keyboard.press(key)

    def clicks(self, target: Locator) -> None:
        self.moves_hand(to_mouse=True)
        self.seconds += POINT + CLICK
        target.click()

    def moves_hand(self, *, to_mouse: bool) -> None:
        if to_mouse != self.at_mouse:
            self.seconds += TO_MOUSE
            self.at_mouse = to_mouse

    def waits_for_page(self) -> None:
        self.seconds += PAGE
