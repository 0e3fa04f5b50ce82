"""A card as a Common Alerting Protocol document (OASIS CAP 1.2), for systems that read those.

What CAP asks and a card does not know is said to be unknown; nothing is made up. The scope is
private: it is for the receiver alone.
"""

from xml.etree.ElementTree import Element, SubElement, tostring

from chalicelib.domain.card import LABELS, UNKNOWN, Card
from chalicelib.domain.moments import Moment

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
LANGUAGE = "nl-NL"
SENDER = "nabij"

URGENCY = {"centre": "Immediate", "unit": "Expected"}
"""By what is to be done with it: the centre acts at once."""

LONGEST_HEADLINE = 160
METRES_IN_KM = 1000


def as_cap(card: Card, link: str, *, practice: bool = False) -> str:
    """The document; ``link`` is where the receiver says that they have it."""
    alert = Element("alert", xmlns=NAMESPACE)
    for name, value in (
        ("identifier", card.id),
        ("sender", SENDER),
        ("sent", as_sent(card.at)),
        ("status", "Exercise" if practice else "Actual"),
        ("msgType", "Alert"),
        ("scope", "Private"),
        ("addresses", quoted(card.receiver_name)),
    ):
        SubElement(alert, name).text = readable(value)
    describe(SubElement(alert, "info"), card, link)
    return tostring(alert, encoding="unicode", xml_declaration=True)


def describe(info: Element, card: Card, link: str) -> None:
    """What happened and where, in the order of the schema."""
    title = readable(card.told.title[:LONGEST_HEADLINE]) or UNKNOWN
    for name, value in (
        ("language", LANGUAGE),
        ("category", "Security"),
        ("event", title),
        ("urgency", URGENCY[card.receiver_kind]),
        ("severity", "Unknown"),
        ("certainty", "Unknown"),
        ("senderName", card.name),
        ("headline", title),
        ("description", as_lines(card)),
        ("web", link),
    ):
        SubElement(info, name).text = readable(value)
    place(SubElement(info, "area"), card)


def place(area: Element, card: Card) -> None:
    """In words, and as a circle where the card has one: "lat,lon radius" in degrees and km."""
    SubElement(area, "areaDesc").text = readable(card.told.where) or UNKNOWN
    if card.point and card.radius:
        SubElement(area, "circle").text = f"{card.point} {card.radius / METRES_IN_KM:g}"


def readable(text: str) -> str:
    """Without the signs that XML does not know; odd spaces are blanks."""
    return "".join(as_read(sign) for sign in text).strip()


def as_read(sign: str) -> str:
    if sign in "\t\n" or sign.isprintable():
        return sign
    return " " if sign.isspace() else ""


def as_lines(card: Card) -> str:
    """Every field, also what is not known."""
    lines = (f"{label}: {getattr(card.told, name) or UNKNOWN}" for name, label in LABELS.items())
    return "\n".join(lines)


def as_sent(at: Moment) -> str:
    """CAP wants whole seconds and an offset, and no Z: 2026-11-21T20:00:00-00:00."""
    return f"{at[:19]}-00:00"


def quoted(name: str) -> str:
    """An address with blanks stands between quotes."""
    return '"' + name.replace('"', "'") + '"'
