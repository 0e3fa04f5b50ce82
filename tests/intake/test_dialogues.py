"""The figures of docs/flows.md hold on detection's first tier too, which every machine has."""

import pytest

from chalicelib.detection import classifier
from chalicelib.knowledge.asking import Desk
from tests.intake.measuring import dialogues, measured


@pytest.mark.slow
@pytest.mark.parametrize("name", ["open", "apart"])
def test_slots_are_found_and_hardly_any_is_invented(name: str) -> None:
    figures = measured(dialogues(name), Desk(classifier("model")), tell=False)
    found, slots = map(int, figures["slots found"].split("/"))
    invented, conversations = map(int, figures["invented a dialogue"].split("/"))
    caught, dangers = map(int, figures["emergency at its turn"].split("/"))
    assert found >= 0.75 * slots
    assert invented <= 0.5 * conversations
    assert caught >= 0.85 * dangers
