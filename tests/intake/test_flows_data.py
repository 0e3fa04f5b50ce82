"""The flows as content editors write them: sound, and told plainly when they are not."""

import pytest

from chalicelib.intake.flow import SLOTS, BadFlow, flow_of, flows
from chalicelib.intake.phrase_book import signals
from chalicelib.intake.words import words

SOUND = """
version = 1
title = "Proef"
kind = "melding"
ask = ["where"]
closing = "Dank u."
[topics.proef]
title = "proef"
detected = ["brand"]
words = "proef genomen"
"""


def test_the_flows_of_the_package_are_sound() -> None:
    names = {flow.name for flow in flows()}
    assert {"melding", "overlast", "verdacht", "diefstal", "fraude", "gevonden_verloren"} <= names
    assert {"vermissing", "tip", "klacht", "vraag", "status", "slachtoffer"} <= names


def test_a_sound_flow_is_read() -> None:
    flow = flow_of("proef", SOUND)
    assert flow.ask == ("where",)
    assert "proef" in flow.book.names("er is een proef genomen")


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('ask = ["where"]', 'ask = ["waar"]', "unknown slot waar"),
        ('ask = ["where"]', "ask = []", "ask is no list"),
        ('kind = "melding"', 'kind = "iets"', "kind is none of"),
        ('detected = ["brand"]', 'detected = ["vuur"]', "detected is no list"),
        ('words = "proef genomen"', 'words = "?"', "has no words"),
        ('words = "proef genomen"', 'words = "proef @nergens"', "no group of this name"),
        ("version = 1", "", "version is missing"),
        ('closing = "Dank u."', 'closing = "Dank u."\nfout = 1', "unknown field fout"),
        ("version = 1", "version =", "Invalid value"),
    ],
)
def test_what_is_wrong_with_a_flow_is_told(right: str, wrong: str, told: str) -> None:
    with pytest.raises(BadFlow, match=told):
        flow_of("proef", SOUND.replace(right, wrong))


def test_every_language_has_every_sentence() -> None:
    texts = words("texts")
    assert set(texts) == {"nl", "nl_jij", "en", "de", "fr", "es", "pl", "tr", "uk", "ar"}
    assert all(set(said) == set(texts["nl"]) for said in texts.values())
    assert set(SLOTS) <= set(texts["nl"])


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("kan ik een medewerker spreken", "person"),
        ("Can I speak to a person please", "person"),
        ("jullie zijn kutwouten", "abuse"),
        ("o nee het was maandag", "correcting"),
        ("weet ik niet", "unsure"),
        ("liever anoniem", "anonymous"),
    ],
)
def test_signals_are_heard(text: str, signal: str) -> None:
    assert signal in signals().names(text)
