"""Recorded evenings as labelled messages, for training and measuring."""

from infra.incidents import evenings
from infra.training.measuring import kind, other_languages, topic, urgency
from infra.training.opinions import Decision
from infra.training.streams import STREAMED, streamed, streams


def test_each_message_comes_after_what_its_citizen_wrote_before() -> None:
    line = {"channel": "x", "emergency": False, "urgency": "nu"}
    said = [
        line | {"id": "m1", "author": "@jan", "text": "er hangt rook in de straat"},
        line | {"id": "m2", "author": "@els", "text": "ruiken jullie dat ook?"},
        line | {"id": "m3", "author": "@jan", "text": "nu ook vlammen", "emergency": True},
        line | {"id": "m4", "author": "@jan", "text": "ze zijn er"},
    ]
    found = streamed("proef", said)
    assert [one.before for one in found[:3]] == ["", "", "er hangt rook in de straat"]
    assert found[3].earlier == ("er hangt rook in de straat", "nu ook vlammen")
    assert [one.emergency for one in found] == [False, False, True, False]


def test_an_evening_says_nothing_of_kind_or_topic() -> None:
    found = streams(["eve"])
    assert len(found) == len(evenings.lines("eve"))
    assert len({one.id for one in found}) == len(found)
    assert all(tuple(one.labels) == STREAMED for one in found)


def test_what_nobody_labelled_is_not_measured() -> None:
    decisions = [Decision(one, 0.1, "geen", "overig", "anders", "nl") for one in streams(["eve"])]
    assert urgency(decisions) is not None
    assert (kind(decisions), topic(decisions), other_languages(decisions)) == (None, None, None)
