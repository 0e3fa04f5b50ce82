"""A card as CAP 1.2: the elements, their order and number, and the values that the schema allows.

The rules are those of the schema of OASIS (1 July 2010), told here by hand: its file is not kept.
"""

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.cap import NAMESPACE, as_cap
from chalicelib.domain.card import FIELDS, Card, Told

ALERT = (
    "identifier sender sent status msgType source? scope restriction? addresses? code* note? "
    "references? incidents? info*"
)
INFO = (
    "language? category+ event responseType* urgency severity certainty audience? eventCode* "
    "effective? onset? expires? senderName? headline? description? instruction? web? contact? "
    "parameter* resource* area*"
)
AREA = "areaDesc polygon* circle* geocode* altitude? ceiling?"
"""What each holds, in this order; ``?`` at most once, ``+`` at least once, ``*`` as often as."""

ONE_OF = {
    "status": "Actual Exercise System Test Draft",
    "msgType": "Alert Update Cancel Ack Error",
    "scope": "Public Restricted Private",
    "category": (
        "Geo Met Safety Security Rescue Fire Health Env Transport Infra CBRNE Other"
    ),
    "urgency": "Immediate Expected Future Past Unknown",
    "severity": "Extreme Severe Moderate Minor Unknown",
    "certainty": "Observed Likely Possible Unlikely Unknown",
}  # fmt: skip

NUMBER = r"-?\d+(\.\d+)?"
FORMS = {
    "identifier": r"[^\s,<&]+",
    "sender": r"[^\s,<&]+",
    "sent": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d",
    "addresses": r'"[^"]+"',
    "language": r"[a-z]{2}(-[A-Z]{2})?",
    "web": r"https://\S+",
    "circle": rf"{NUMBER},{NUMBER} {NUMBER}",
}
"""How a value is written, of those that the words of a card cannot make longer."""

CARD = Card(
    id="1a2b", subject="inc-1", receiver="enschede", receiver_name='Basisteam "Oost"',
    receiver_kind="unit", by="sanne", name="Sanne de Wit", at="2026-11-21T20:00:00.123Z",
    told=Told(what="Brand (3 melders)\nBevestigd: leeg", where="Textielstraat, Enschede"),
    point="52.21833,6.89583", radius=350,
)  # fmt: skip
LINK = "https://nabij.example/kaart/x"


def document(card: Card) -> ET.Element:
    return ET.fromstring(as_cap(card, LINK))  # noqa: S314  our own


def told(card: Card, name: str) -> str | None:
    return document(card).findtext(f".//{{{NAMESPACE}}}{name}")


def must_be_cap(alert: ET.Element) -> None:
    """Raises ``AssertionError`` unless it keeps the rules above."""
    assert alert.tag == f"{{{NAMESPACE}}}alert"
    parts = {"alert": ALERT, "info": INFO, "area": AREA}
    for one in alert.iter():
        name, text = one.tag.removeprefix(f"{{{NAMESPACE}}}"), one.text or ""
        if name in parts:
            must_hold(one, parts[name])
            continue
        assert not len(one)
        assert text.strip(), f"{name} is empty"
        assert name not in ONE_OF or text in ONE_OF[name].split(), (name, text)
        assert re.fullmatch(FORMS.get(name, r"(?s).+"), text), (name, text)


def must_hold(whole: ET.Element, parts: str) -> None:
    """These elements in this order and number, all of the namespace."""
    counts = re.findall(r"(\w+)([?+*]?)", parts)
    wanted = "".join(f"(?:{name} ){many}" for name, many in counts)
    found = "".join(f"{one.tag.removeprefix(f'{{{NAMESPACE}}}')} " for one in whole)
    assert re.fullmatch(wanted, found), found


def test_a_card_keeps_the_rules_of_the_schema() -> None:
    must_be_cap(document(CARD))
    assert told(CARD, "sent") == "2026-11-21T20:00:00-00:00"
    assert told(CARD, "addresses") == "\"Basisteam 'Oost'\""
    assert told(CARD, "headline") == "Brand (3 melders)"


def test_where_it_is_stands_there_in_words_and_as_a_circle_in_kilometres() -> None:
    assert told(CARD, "areaDesc") == "Textielstraat, Enschede"
    assert told(CARD, "circle") == "52.21833,6.89583 0.35"


@pytest.mark.parametrize(
    "card",
    [replace(CARD, point=None), replace(CARD, radius=0), replace(CARD, point=None, told=Told())],
)
def test_what_nobody_knows_is_said_to_be_unknown_or_left_out(card: Card) -> None:
    must_be_cap(document(card))
    assert told(card, "circle") is None
    assert told(card, "areaDesc") == (card.told.where or "niet bekend")


@settings(max_examples=50)
@given(words=st.lists(st.text(max_size=30), min_size=len(FIELDS), max_size=len(FIELDS)))
def test_whatever_was_written_it_stays_a_document(words: list[str]) -> None:
    written = Told(**dict(zip(FIELDS, words, strict=True)))
    must_be_cap(document(replace(CARD, told=written)))


@pytest.mark.parametrize("lacking", ["scope", "status", "areaDesc", "sender", "category"])
def test_these_rules_refuse_what_lacks_something(lacking: str) -> None:
    text, count = re.subn(rf"<{lacking}>.*?</{lacking}>", "", as_cap(CARD, LINK))
    assert count == 1
    with pytest.raises(AssertionError):
        must_be_cap(ET.fromstring(text))  # noqa: S314  our own
