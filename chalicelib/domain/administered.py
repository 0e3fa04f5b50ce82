"""What colleagues set up themselves: texts, people, teams. Each change is a version; any is undone.

A record is a plain dict of texts and lists, checked here field by field, before it is kept.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Literal, get_args

from chalicelib.domain.assessment import URGENCIES, Topic
from chalicelib.domain.calendar import DAYS
from chalicelib.domain.moments import Moment
from chalicelib.domain.principal import Act, Role

KindName = Literal["canned", "article", "rule", "agent", "team", "shift", "receiver"]
FieldType = Literal["line", "text", "lines", "choice", "choices", "day", "team", "number", "time"]
Record = dict[str, str | list[str]]

LONGEST_ID = 60
LONGEST_LINE, LONGEST_TEXT, MOST_LINES = 200, 4_000, 30

LARGEST = 9_999

LANGUAGES = ("nl", "en", "de", "fr", "tr", "ar", "pl", "uk", "es")
CHANNELS = (
    "whatsapp", "messenger", "facebook", "instagram", "x", "telegram", "sms", "email", "chat",
    "form", "mastodon", "bluesky", "youtube", "reddit", "spoken", "partner",
)  # fmt: skip
PEOPLE: tuple[Role, ...] = (
    "agent",
    "coordinator",
    "manager",
    "privacy_officer",
    "operator",
    "officer",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a record. ``options`` are what can be chosen; of a team they are the teams."""

    name: str
    type: FieldType
    needed: bool = True
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One sort of record: its fields, the first being its name; ``act`` is who may change it."""

    name: KindName
    act: Act
    fields: tuple[Field, ...]


KINDS: dict[KindName, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            name="canned",
            act="write_texts",
            fields=(
                Field(name="title", type="line"),
                Field(name="text", type="text"),
                Field(name="lang", type="choice", options=LANGUAGES),
                Field(name="topics", type="choices", needed=False, options=get_args(Topic)),
                Field(name="owner", type="line"),
                Field(name="review_by", type="day"),
            ),
        ),
        Kind(
            name="article",
            act="write_texts",
            fields=(
                Field(name="title", type="line"),
                Field(name="text", type="text"),
                Field(name="asks", type="lines"),
                Field(name="source", type="line"),
                Field(name="owner", type="line"),
                Field(name="review_by", type="day"),
            ),
        ),
        Kind(
            name="rule",
            act="coordinate",
            fields=(
                Field(name="name", type="line"),
                Field(name="order", type="number"),
                Field(name="topics", type="choices", needed=False, options=get_args(Topic)),
                Field(name="urgencies", type="choices", needed=False, options=URGENCIES),
                Field(name="places", type="lines", needed=False),
                Field(name="langs", type="choices", needed=False, options=LANGUAGES),
                Field(name="channels", type="choices", needed=False, options=CHANNELS),
                Field(name="hours", type="choice", needed=False, options=("open", "closed")),
                Field(name="team", type="team"),
                Field(name="overflow", type="team", needed=False),
                Field(name="full_at", type="number", needed=False),
                Field(name="desk", type="choice", needed=False, options=("basisteam", "centre")),
            ),
        ),
        Kind(
            name="agent",
            act="manage_people",
            fields=(
                Field(name="name", type="line"),
                Field(name="role", type="choice", options=PEOPLE),
                Field(name="team", type="team", needed=False),
                Field(name="langs", type="choices", needed=False, options=LANGUAGES),
                Field(name="topics", type="choices", needed=False, options=get_args(Topic)),
            ),
        ),
        Kind(
            name="team",
            act="manage_people",
            fields=(
                Field(name="name", type="line"),
                Field(name="opening", type="line", needed=False),
            ),
        ),
        Kind(
            name="shift",
            act="coordinate",
            fields=(
                Field(name="name", type="line"),
                Field(name="team", type="team"),
                Field(name="days", type="choices", options=DAYS),
                Field(name="begins", type="time"),
                Field(name="ends", type="time"),
                Field(name="people", type="number"),
            ),
        ),
        Kind(
            name="receiver",
            act="manage_people",
            fields=(
                Field(name="name", type="line"),
                Field(name="kind", type="choice", options=("centre", "unit")),
                Field(name="mail", type="line", needed=False),
            ),
        ),
    )
}
"""Everything that can be set up on a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A change: what the record became (None: taken away), by whom. ``undoes`` an earlier one."""

    kind: KindName
    id: str
    number: int
    by: str
    name: str
    at: Moment
    record: Record | None = None
    undoes: int | None = None


@dataclass(slots=True)
class Wrong:
    """What is wrong with a record, by field, in both languages."""

    fields: dict[str, dict[str, str]] = field(default_factory=dict)

    def say(self, name: str, dutch: str, english: str) -> None:
        self.fields[name] = {"nl": dutch, "en": english}


def is_id(text: str) -> bool:
    """Whether it can name a record: small letters, figures, and what an address needs."""
    fits = 0 < len(text) <= LONGEST_ID and text == text.lower() and text.isascii()
    return fits and all(sign.isalnum() or sign in "-_.@+" for sign in text)


def problems(kind: Kind, record: Record, teams: tuple[str, ...]) -> Wrong:
    """What of a record cannot be kept."""
    wrong = Wrong()
    for one in kind.fields:
        options = teams if one.type == "team" else one.options
        check(one, record.get(one.name, ""), options, wrong)
    works_in_a_team = record.get("role") in ("agent", "coordinator", "officer")
    if kind.name == "agent" and works_in_a_team and not record.get("team"):
        wrong.say("team", "Kies een team.", "Choose a team.")
    return wrong


def check(one: Field, value: str | list[str], options: tuple[str, ...], wrong: Wrong) -> None:
    """One field."""
    given = value if isinstance(value, list) else [value] if value else []
    if not given:
        if one.needed:
            wrong.say(one.name, "Vul dit in.", "Fill this in.")
        return
    longest = LONGEST_TEXT if one.type == "text" else LONGEST_LINE
    if any(len(each) > longest for each in given) or len(given) > MOST_LINES:
        wrong.say(one.name, f"Te lang: hoogstens {longest} tekens.", f"Longer than {longest}.")
    if one.type in ("choice", "choices", "team") and not set(given) <= set(options):
        wrong.say(one.name, "Kies een van de mogelijkheden.", "Choose one of the options.")
    if one.type == "day" and not reads(given[0], date.fromisoformat):
        wrong.say(one.name, "Geen datum.", "Not a date.")
    if one.type == "time" and not reads(given[0], time.fromisoformat):
        wrong.say(one.name, "Geen tijd, zoals 08:30.", "Not a time, such as 08:30.")
    if one.type == "number" and not is_number(given[0]):
        wrong.say(one.name, f"Een getal van 1 tot {LARGEST}.", f"A number from 1 to {LARGEST}.")


def reads(text: str, read: Callable[[str], object]) -> bool:
    """Whether a text is what ``read`` takes."""
    try:
        read(text)
    except ValueError:
        return False
    return True


def is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and 0 < int(text) <= LARGEST


def read_record(kind: Kind, fields: Mapping[str, str], many: Mapping[str, list[str]]) -> Record:
    """What a form holds: one text a field, or several."""
    found: Record = {}
    for one in kind.fields:
        if one.type == "choices":
            found[one.name] = [each for each in many.get(one.name, []) if each]
        elif one.type == "lines":
            lines = (line.strip() for line in fields.get(one.name, "").splitlines())
            found[one.name] = [line for line in lines if line]
        else:
            found[one.name] = fields.get(one.name, "").strip()
    return found
