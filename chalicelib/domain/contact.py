"""Who somebody is to us: their handles, and which of them belong to one person.

A handle is an id of one kind on one channel. A contact begins as one handle and follows that
person when the platform itself says that a number or id became another. Nothing else joins
handles: across channels only a person who records why, or the citizen with their own code.
"""

from dataclasses import dataclass
from typing import Literal

from chalicelib.domain.moments import Moment

IdKind = Literal["user", "business_scoped", "number", "mailbox", "name", "submission"]

JoinedBy = Literal["person", "code"]
"""A colleague who recorded why, or the citizen with the code that we gave them."""

COUNTRY = 2
"""Letters that a business-scoped id of WhatsApp begins with, before a point."""


@dataclass(frozen=True, slots=True)
class Handle:
    """An id of one kind on one channel: two kinds may hold the same characters."""

    channel: str
    kind: IdKind
    id: str


def handle_of(channel: str, id_: str) -> Handle:
    """The handle that an author's id on a channel is, by the channel's own rules."""
    return Handle(channel, kind_of(channel, id_), id_)


ONE_KIND: dict[str, IdKind] = {
    "sms": "number",
    "email": "mailbox",
    "form": "submission",
    "partner": "name",
}


def kind_of(channel: str, id_: str) -> IdKind:
    """WhatsApp, Reddit and a voice have more kinds of ids for one person; the others have one."""
    match channel:
        case "whatsapp":
            country, point, _ = id_.partition(".")
            scoped = point and len(country) == COUNTRY and country.isalpha()
            return "business_scoped" if scoped else "number"
        case "reddit":
            return "user" if id_.startswith("t2_") else "name"
        case "spoken":
            return kind_said(id_)
        case _:
            return ONE_KIND.get(channel, "user")


def kind_said(id_: str) -> IdKind:
    """Who spoke is known by the number or address that they gave, or by a name of ours."""
    if id_.startswith("+"):
        return "number"
    return "mailbox" if "@" in id_ else "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """Two contacts are one person: who says so, why, and if it was taken back by whom and why.

    ``how`` is ``person`` where a colleague recorded it, ``code`` where the citizen did.
    """

    contact: str
    other: str
    how: JoinedBy
    by: str
    name: str
    at: Moment
    ground: str
    parted_at: Moment | None = None
    parted_by: str | None = None
    parted_ground: str | None = None

    @property
    def holds(self) -> bool:
        return self.parted_at is None

    def seen_from(self, contact: str) -> "Join":
        """The same join, told of the other side."""
        other = self.contact if contact == self.other else self.other
        return Join(
            contact=contact,
            other=other,
            how=self.how,
            by=self.by,
            name=self.name,
            at=self.at,
            ground=self.ground,
            parted_at=self.parted_at,
            parted_by=self.parted_by,
            parted_ground=self.parted_ground,
        )
