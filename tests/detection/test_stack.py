"""Rules and model together: the model may only raise, says why, and can be turned off."""

from random import Random

import pytest

from chalicelib.detection import VERSION, classifier
from chalicelib.domain.assessment import URGENCIES, Assessment, Context
from chalicelib.domain.message import Message
from tests.detection.cases import own

CASES = [case for name in ("tune", "apart", "rounds") for case in own(name)]
EMERGENCIES = [case["text"] for case in CASES if case["emergency"]]


def said(text: str, *, model: bool = True, earlier: tuple[str, ...] = ()) -> Assessment:
    message = Message(external_id="1", author_id="a", text=text, kind="text", timestamp=None)
    return classifier("model" if model else "rules")(
        message, Context(channel="whatsapp", earlier=earlier)
    )


def test_what_the_rules_raised_stays_raised() -> None:
    for case in CASES:
        rules, both = said(case["text"], model=False), said(case["text"])
        assert both.emergency >= rules.emergency
        if rules.urgency in {"spoed", "nu"}:
            assert URGENCIES.index(both.urgency) <= URGENCIES.index(rules.urgency)


def test_every_message_has_the_model_s_because_or_doubt() -> None:
    worded = [case["text"] for case in CASES if any(map(str.isalnum, case["text"]))]
    for text in worded:
        found = [each for each in said(text).findings if each.name in {"model", "unsure"}]
        assert found
        assert all(each.because.endswith(".") for each in found)


def test_what_the_model_alone_raises_comes_first_with_its_words() -> None:
    raised = [
        both
        for case in CASES
        if (both := said(case["text"])).emergency and not said(case["text"], model=False).emergency
    ]
    assert raised
    for both in raised:
        assert both.findings[0].name == "model"
        assert both.findings[0].because.startswith("Lijkt op eerdere spoedberichten door ")


def test_a_doubtful_message_asks_for_a_person() -> None:
    each = [said(case["text"]) for case in CASES]
    doubted = [both for both in each if any(found.name == "unsure" for found in both.findings)]
    assert doubted
    assert all(both.attention in {"spoed", "nu"} for both in doubted)


def test_with_the_model_off_only_the_readable_rules_speak() -> None:
    rules = said("er staat iemand in mijn slaapkamer", model=False)
    assert rules.version == "rules-1"
    assert not any(each.name in {"model", "unsure"} for each in rules.findings)
    assert said("hallo").version == "rules-1+linear-1" != VERSION


ORDINARY = [
    "hoi", "ja", "is goed", "tot straks", "thanks", "bedankt", "goedemorgen", "ok",
    "wat eten we vanavond", "hoe laat gaan jullie open",
    "Lijsterstraat 14", "ik zit in de trein",
]  # fmt: skip


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_chatter_is_no_emergency(text: str) -> None:
    assert not said(text).emergency


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "...", "?!"])
def test_what_holds_no_word_is_left_to_the_rules(text: str) -> None:
    assert said(text) == said(text, model=False)


def hurried(text: str) -> str:
    """A neighbouring pair of letters swapped in every fourth longer word."""
    dice = Random(text)
    words = text.split(" ")
    for at, word in enumerate(words):
        if len(word) > 3 and not dice.randrange(4):
            cut = dice.randrange(1, len(word) - 1)
            words[at] = word[:cut] + word[cut + 1] + word[cut] + word[cut + 2 :]
    return " ".join(words)


def test_typing_errors_cost_tier_one_less_recall_than_the_rules() -> None:
    """A swap in every fourth longer word. What it costs the full stack is in the report."""
    lost = {
        model: sum(
            said(text, model=model).emergency - said(hurried(text), model=model).emergency
            for text in EMERGENCIES
        )
        / len(EMERGENCIES)
        for model in (False, True)
    }
    assert lost[True] <= 0.12
    assert lost[True] < lost[False]


def test_the_whole_stack_finds_what_the_rules_miss() -> None:
    """Recall first: own messages, where the rules are at home and the model is not."""
    both = [said(case["text"]).emergency for case in CASES]
    real = [case["emergency"] for case in CASES]
    found = sum(yes and is_so for yes, is_so in zip(both, real, strict=True))
    assert found / sum(real) >= 0.96
    assert found / sum(both) >= 0.85
