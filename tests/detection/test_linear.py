"""The linear model: the file is the one on the card, and its because is true to it."""

import hashlib
import re
import time
from pathlib import Path

import pytest

from chalicelib.detection.classifying import judge
from chalicelib.detection.features import features_of
from chalicelib.detection.linear import EMERGENCY, model, stored, unpacked
from chalicelib.detection.normalise import fold, read
from chalicelib.detection.reading import reading_of
from chalicelib.detection.resembling import strongest
from chalicelib.domain.assessment import Context, Topic, Urgency
from chalicelib.domain.message import Message
from tests.detection.cases import own

CARD = Path(__file__).parents[2] / "docs" / "detection" / "model-card.md"
TEXTS = [case["text"] for name in ("tune", "apart") for case in own(name)]
LARGEST = 3_000_000


def score(text: str) -> float:
    return model().scores(features_of(reading_of(text)))["emergency"]["ja"]


def test_the_file_is_the_one_on_the_card() -> None:
    raw = stored()
    assert hashlib.sha256(raw).hexdigest() in CARD.read_text("utf-8")
    assert len(raw) < LARGEST


@pytest.mark.parametrize("raw", [b"", b"something else", stored()[:-1]])
def test_another_file_is_refused(raw: bytes) -> None:
    with pytest.raises(ValueError, match="model"):
        unpacked(raw)


@pytest.mark.parametrize(("task", "known"), [("urgency", Urgency), ("topic", Topic)])
def test_the_model_answers_in_the_words_of_the_trade(task: str, known: object) -> None:
    answers = model().scores(features_of(reading_of("hallo")))[task]
    assert set(answers) == set(known.__args__)  # type: ignore[attr-defined]


def test_without_the_strongest_words_the_score_falls() -> None:
    fell, against = 0, 0
    for text in TEXTS:
        for names, sign in (
            (strongest(words(text)), 1),
            (strongest(words(text), against=True), -1),
        ):
            if names:
                change = sign * (score(text) - score(without(text, names)))
                fell, against = fell + (change > 0), against + (change <= 0)
    assert fell / (fell + against) > 0.95


def words(text: str) -> list[tuple[str, float]]:
    """Each word with what it brought to the emergency's score."""
    reading = reading_of(text)
    brought = model().brought(features_of(reading), EMERGENCY)
    return [(reading.text.quote((place,)), points) for place, points in brought.items()]


def without(text: str, names: list[str]) -> str:
    """The message with every occurrence of these words taken out."""
    gone = {fold(name) for name in names}
    kept = read(text)
    left, end = [], 0
    for token in kept.tokens:
        if fold(kept.shown[token.start : token.end]) in gone:
            left.append(kept.shown[end : token.start])
            end = token.end
    return re.sub(r" +", " ", "".join([*left, kept.shown[end:]]))


def test_ten_thousand_characters_take_bounded_time() -> None:
    message = Message(
        external_id="1",
        author_id=None,
        text=" ".join(f"woord{number}" for number in range(1_500)),
        kind="text",
        timestamp=None,
    )
    reading = judge(message, Context(channel="sms")).reading
    started = time.process_time()
    model().scores(features_of(reading))
    assert time.process_time() - started < 0.5
