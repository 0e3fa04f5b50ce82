"""How well the rules do on our own messages. A floor lies a little below what was measured."""
# ruff: noqa: RUF001 - messages are written in nine languages

import sys

import pytest

from tests.detection.cases import assess, load, own
from tests.detection.measuring import SHARED, binary, score


def tell(capsys: pytest.CaptureFixture[str], line: str) -> None:
    """Print past the capture: figures that nobody sees are not figures."""
    with capsys.disabled():
        sys.stdout.write(f"\n    {line}")


@pytest.mark.parametrize(
    ("name", "precision", "recall"),
    [("tune", 0.95, 0.9), ("apart", 0.92, 0.92), ("rounds", 0.9, 0.9)],
)
def test_own_messages(
    capsys: pytest.CaptureFixture[str], name: str, precision: float, recall: float
) -> None:
    result = score(own(name), model=False)
    tell(capsys, f"{name}: {result}")
    assert result.emergency.precision >= precision
    assert result.emergency.recall >= recall
    assert result.urgency_f1 >= 0.6
    assert result.right["lang"] / result.total >= 0.9


def test_the_cases_are_many_and_told_apart() -> None:
    sets = {name: {case["text"] for case in own(name)} for name in ("tune", "apart", "rounds")}
    assert sum(map(len, sets.values())) >= 250
    assert 0.3 <= len(sets["apart"]) / (len(sets["tune"]) + len(sets["apart"])) <= 0.4
    assert not sets["apart"] & (sets["tune"] | sets["rounds"])


def test_shared_examples(capsys: pytest.CaptureFixture[str]) -> None:
    if not SHARED.exists():
        pytest.skip(f"NOT MEASURED on independent messages: {SHARED} is not here")
    result = score(load(SHARED / "messages.jsonl"), model=False)
    tell(capsys, f"messages.jsonl: {result}")
    assert result.emergency.recall >= 0.75
    assert result.emergency.precision >= 0.75
    with_model = score(load(SHARED / "messages.jsonl"))
    tell(capsys, f"… with the model: {with_model}")
    assert with_model.emergency.recall >= result.emergency.recall
    for name in ("more_nl.tsv", "more_languages.tsv"):
        emergency, wanted = binary(name, model=False)
        tell(capsys, f"{name}: emergency {emergency} · any urgency {wanted}")
        assert emergency.precision >= 0.95
        assert wanted.recall >= 0.95


CLEAR = [
    "hij staat beneden ik kan niet bellen",
    "mama wordt niet wakker",
    "jullie hoeven me niet meer te zoeken",
    "ik wil graag een pizza bestellen, Vermeerstraat 88",
    "er staat iemand in mijn slaapkamer",
    "mijn huis staat in brand",
    "heeelp hij heeft een m3s",
    "H\u200bE\u200bL\u200bP",
    "he is in the house, i cant talk",
    "babam nefes almıyor",
    "папа не дихає",
    "النجدة زوجي يضربني",
]


@pytest.mark.parametrize("text", CLEAR)
def test_what_must_never_be_missed(text: str) -> None:
    assert assess(text).emergency


HARMLESS = [
    "gisteren een film gezien over een bankoverval, aanrader",
    "wat een knal in de kruising, keeper kansloos",
    "ik ga dood van het lachen 😂",
    "wat moet ik doen als er wordt ingebroken?",
    "dank aan de agenten die mijn vader vorige week hebben gered",
    "morgen oefening met sirenes bij de brandweer",
    "kan nu niet bellen, zit in een vergadering",
    "",
    "👍",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_what_must_not_cry_wolf(text: str) -> None:
    assert not assess(text).emergency
