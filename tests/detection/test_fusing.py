"""All opinions weighed: no rule ever counts against an emergency, and chances stay chances."""

import json
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.detection.classifying import judge
from chalicelib.detection.fusing import FEW_WORDS, Fusion, plainly_said, shares, voices
from chalicelib.detection.linear import model
from chalicelib.domain.assessment import URGENCIES, Context
from chalicelib.domain.message import Message
from tests.detection.cases import own

TEXTS = [case["text"] for name in ("tune", "apart") for case in own(name)]
RULES = ("spoke", "points", "attention", "follows")
numbers = st.floats(-20, 20)


def fusions() -> dict[str, Fusion]:
    folder = files("chalicelib.detection") / "model"
    head = json.loads((folder / "encoder-1.json").read_text("utf-8"))
    return {"tier one": Fusion.of(model().head), "full": Fusion.of(head["fusion"])}


@pytest.mark.parametrize("fusion", fusions().values(), ids=fusions())
def test_a_rule_may_only_raise(fusion: Fusion) -> None:
    assert all(weight >= 0 for voice, weight in fusion.weights.items() if voice != "bias")


@pytest.mark.parametrize("fusion", fusions().values(), ids=fusions())
@given(score=numbers, encoder=numbers, text=st.sampled_from(TEXTS), rule=st.sampled_from(RULES))
def test_hearing_more_of_a_rule_never_lowers_the_chance(
    fusion: Fusion, score: float, encoder: float, text: str, rule: str
) -> None:
    message = Message(external_id="1", author_id="a", text=text, kind="text", timestamp=None)
    said = voices(judge(message, Context(channel="sms")), score) | {"encoder": encoder}
    assert fusion.chance(said | {rule: said[rule] + 1}) >= fusion.chance(said)


@pytest.mark.parametrize("fusion", fusions().values(), ids=fusions())
def test_a_person_looks_before_the_alarm_goes(fusion: Fusion) -> None:
    for threshold in fusion.thresholds.values():
        assert 0 < fusion.doubt <= threshold < 1
        assert fusion.heeded <= threshold


@pytest.mark.parametrize("fusion", fusions().values(), ids=fusions())
def test_what_a_rule_raises_in_a_few_words_stands_whatever_models_say(fusion: Fusion) -> None:
    spoke, words = {"spoke": 1.0}, "hij heeft een pistool"
    is_plain = plainly_said(words, spoke)
    assert fusion.raises(0.0, "nl", by_rules=True, is_plain=is_plain)
    assert not plainly_said(f"{words} {'en ' * FEW_WORDS}", spoke)
    assert not plainly_said(words, {"spoke": 0.0, "follows": 1.0})


@given(st.dictionaries(st.sampled_from(URGENCIES), numbers, min_size=1))
def test_shares_add_up_to_one(scores: dict[str, float]) -> None:
    found = shares(scores)
    assert sum(found.values()) == pytest.approx(1)
    assert found.keys() == scores.keys()
