"""The figures of docs/places.md, as floors."""

from chalicelib.detection.locating.gazetteer import Gazetteer
from tests.detection.locating.mentions import measured, measured_fresh, mentions


def test_there_are_two_hundred_mentions_and_a_third_is_kept_apart() -> None:
    found = mentions()
    assert len(found) >= 200
    assert len(found) // 3 == sum(mention.apart for mention in found)


def test_with_the_shipped_names(shipped: Gazetteer) -> None:
    tuned, apart = measured(shipped, apart=False), measured(shipped, apart=True)
    assert tuned["right"] >= 146
    assert tuned["wrong"] <= 1
    assert apart["right"] >= 70
    assert apart["wrong"] <= 1


def test_with_open_data(full: Gazetteer) -> None:
    tuned, apart = measured(full, apart=False), measured(full, apart=True)
    assert tuned["right"] >= 146
    assert tuned["wrong"] <= 1
    assert apart["right"] >= 70
    assert apart["wrong"] <= 1


def test_mentions_written_later(shipped: Gazetteer) -> None:
    found = measured_fresh(shipped)
    assert found["right"] >= 59
    assert found["wrong"] == 0
