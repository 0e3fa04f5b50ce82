"""One thing that happened and that figures are made of. What is counted, is counted from these.

A fact is written with the very change it tells of, and says nothing of who or what was written:
where, what sort, when, and how long it took. ``docs/figures.md`` defines each figure.
"""

from dataclasses import dataclass
from typing import Literal, cast

from chalicelib.domain.moments import Moment

What = Literal[
    "arrived", "claimed", "answered", "finished", "handed_over", "seen", "judged", "failed",
    "missed", "appealed", "opted_out", "useful",
]  # fmt: skip

Mark = Literal["", "opened", "reopened", "in_time", "late", "acknowledged", "asked"]
"""What more there is to it: it began work, or began it again; it was the first answer, within the
service deadline or after it; it was the first act on an emergency; it answers an appeal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Times are in milliseconds: what ``took`` measures depends on what happened.

    ``worked`` is how long a person had it before they did this.
    ``doubt`` (0-999) is only of a message with words, which may be drawn to be judged blind.
    """

    what: What
    at: Moment
    id: str
    team: str
    channel: str
    topic: str = ""
    lang: str = ""
    urgency: str = ""
    emergency: bool = False
    mark: Mark = ""
    took: int | None = None
    worked: int | None = None
    doubt: int | None = None


def written(fact: Fact) -> str:
    """The fact as a sort key: in the order of time, within one day."""
    parts = (
        fact.at[11:23], fact.id, fact.what, fact.team, fact.channel, fact.topic, fact.lang,
        fact.urgency, "e" if fact.emergency else "", fact.mark, number(fact.took),
        number(fact.worked), number(fact.doubt),
    )  # fmt: skip
    return "#".join(parts)


def read(day: str, text: str) -> Fact:
    """The fact in a sort key of that (UTC) day."""
    clock, id_, what, team, channel, topic, lang, urgency, emergency, mark, took, worked, doubt = (
        text.split("#")
    )
    return Fact(
        what=cast("What", what),
        at=f"{day}T{clock}Z",
        id=id_,
        team=team,
        channel=channel,
        topic=topic,
        lang=lang,
        urgency=urgency,
        emergency=bool(emergency),
        mark=cast("Mark", mark),
        took=int(took) if took else None,
        worked=int(worked) if worked else None,
        doubt=int(doubt) if doubt else None,
    )


def number(value: int | None) -> str:
    return "" if value is None else str(value)
