"""The encoder as it was put together here, with all of detection around it.

``make setup`` puts it together; on a machine without network these are skipped, and say so.
"""

import re
from dataclasses import replace
from random import Random

import pytest

from chalicelib.detection import VERSION, EncoderAway, classifier
from chalicelib.detection.encoder import Encoder, Read
from chalicelib.detection.fusing import Fusion
from chalicelib.detection.normalise import tidy
from chalicelib.detection.resembling import turning, without
from chalicelib.domain.assessment import Assessment, Context
from chalicelib.domain.message import Message
from infra.encoder.command import FOLDER
from tests.detection.cases import own

CASES = [case for name in ("tune", "apart") for case in own(name)]
CONTEXT = Context(channel="whatsapp")


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    try:
        return Encoder(FOLDER)
    except FileNotFoundError as error:
        pytest.skip(f"{error}: python -m infra encoder")


def written(text: str) -> Message:
    return Message(external_id="1", author_id="a", text=text, kind="text", timestamp=None)


def test_what_each_word_brought_adds_up_to_the_score(encoder: Encoder) -> None:
    nothing = encoder.read("a").scores["emergency"]
    assert nothing
    for case in CASES[::20]:
        read = encoder.read(case["text"])
        brought = sum(points for _, points in read.brought)
        margin = read.scores["emergency"]["ja"] - read.scores["emergency"]["nee"]
        assert abs(brought - margin) < 3, "only the bias and the two end pieces are left out"


@pytest.mark.parametrize(
    ("text", "emergency"),
    [
        ("hij staat beneden ik kan niet bellen", True),
        ("mama wordt niet wakker", True),
        ("my dad is not breathing please help us", True),
        ("mein Vater atmet nicht mehr", True),
        ("babam nefes alm\u0131yor", True),
        ("أبي لا يتنفس ساعدونا", True),
        ("mój tata nie oddycha, pomóżcie", True),
        ("мій тато не дихає", True),
        ("mon père ne respire plus", True),
        ("mi padre no respira", True),
        ("mijn fiets is vorige week gestolen, hoe doe ik aangifte?", False),
        ("wat een moordwedstrijd gisteren, ajax heeft ze afgeslacht", False),
        ("bedankt voor de snelle hulp!", False),
        ("hoi", False),
    ],
)
def test_what_the_service_is_for(encoder: Encoder, text: str, *, emergency: bool) -> None:
    said = classifier("full", encoder)(written(text), CONTEXT)
    assert said.emergency == emergency
    assert said.version == VERSION
    assert not said.redo


def test_a_message_is_read_with_what_came_before_it(encoder: Encoder) -> None:
    text = "er komt nu ook rook uit"
    after = replace(CONTEXT, earlier=("er staat een auto in brand naast het benzinestation",))
    assert classifier("full", encoder)(written(text), after).emergency


def test_the_words_that_turned_it_do_turn_it(encoder: Encoder) -> None:
    """Whoever reads "without these it was no emergency" can try, and finds it true."""
    classify = classifier("full", encoder)
    claimed = 0
    for case in CASES[::24]:
        said = classify(written(case["text"]), CONTEXT)
        if not said.emergency:
            continue
        words = encoder.read(case["text"]).brought
        turned = turning(
            case["text"], words, lambda text: classify(written(text), CONTEXT).emergency
        )
        if turned:
            claimed += 1
            shorter = without(case["text"], turned)
            assert not classify(written(shorter), CONTEXT).emergency
    assert claimed


def test_the_words_that_are_named_lower_the_score_when_they_go(encoder: Encoder) -> None:
    classify, named = classifier("full", encoder), 0
    for case in CASES[::12]:
        said = classify(written(case["text"]), CONTEXT)
        for found in said.findings:
            if (found.name, found.value) == ("model", "spoed"):
                words = re.findall(r'"(.*?)"', found.because.split(".")[0])
                named += len(words)
                for word in words:
                    shorter = encoder.read(without(tidy(case["text"]), [word]))
                    assert margin(encoder.read(tidy(case["text"]))) > margin(shorter), word
    assert named


def margin(read: Read) -> float:
    return read.scores["emergency"]["ja"] - read.scores["emergency"]["nee"]


def test_an_example_stands_beside_what_is_raised(encoder: Encoder) -> None:
    said = classifier("full", encoder)(written("er ligt een man op straat te bloeden"), CONTEXT)
    (opinion,) = (found for found in said.findings if found.name == "model")
    assert "Verwant voorbeeld: " in opinion.because


@pytest.mark.parametrize(
    "text", ["", " ", "\u200b", "🔥🔥🔥", "?!", "a" * 10_000, "x " * 9_000, "\ud800 help"]
)
def test_nothing_that_is_sent_breaks_it(encoder: Encoder, text: str) -> None:
    assert classifier("full", encoder)(written(text), CONTEXT).findings


def test_typing_errors_cost_little_recall(encoder: Encoder) -> None:
    classify = classifier("full", encoder)
    real = [case["text"] for case in CASES if case["emergency"]][::3]
    found = sum(classify(written(text), CONTEXT).emergency for text in real)
    typed = sum(classify(written(hurried(text)), CONTEXT).emergency for text in real)
    assert (found - typed) / len(real) <= 0.03


def test_a_mended_word_is_named_as_it_was_typed(encoder: Encoder) -> None:
    typed = encoder.read("mama wordt niet wakekr help")
    meant = encoder.read("mama wordt niet wakker help")
    assert typed.scores == meant.scores
    assert [word for word, _ in typed.brought][3] == "wakekr"


def hurried(text: str) -> str:
    """A neighbouring pair of letters swapped in every fourth longer word."""
    dice = Random(text)
    words = text.split(" ")
    for at, word in enumerate(words):
        if len(word) > 3 and not dice.randrange(4):
            cut = dice.randrange(1, len(word) - 1)
            words[at] = word[:cut] + word[cut + 1] + word[cut] + word[cut + 2 :]
    return " ".join(words)


# --- when it is away -----------------------------------------------------------------------------


class Away:
    """An encoder that cannot be reached."""

    @property
    def fusion(self) -> Fusion:
        raise EncoderAway

    def read(self, text: str, before: str) -> Read:
        raise EncoderAway


@pytest.mark.parametrize("reader", [Away(), None])
def test_when_it_is_away_the_first_tier_decides_and_it_is_redone(reader: Away | None) -> None:
    for text in ("er staat iemand in mijn slaapkamer", "hoi", "bedankt"):
        first: Assessment = classifier("model")(written(text), CONTEXT)
        assert classifier("full", reader)(written(text), CONTEXT) == replace(first, redo=True)


class AwayAfter:
    """The encoder, which can be reached so many times and no more."""

    def __init__(self, encoder: Encoder, times: int) -> None:
        self.encoder, self.left = encoder, times

    @property
    def fusion(self) -> Fusion:
        return self.encoder.fusion

    def read(self, text: str, before: str) -> Read:
        if not self.left:
            raise EncoderAway
        self.left -= 1
        return self.encoder.read(text, before)


@pytest.mark.parametrize("times", [1, 3])
def test_going_away_while_the_because_is_tried_leaves_the_decision(
    encoder: Encoder, times: int
) -> None:
    message = written("er ligt een man op straat te bloeden")
    said = classifier("full", AwayAfter(encoder, times))(message, CONTEXT)
    assert (said.emergency, said.version, said.redo) == (True, VERSION, False)
    assert all(found.because for found in said.findings)
