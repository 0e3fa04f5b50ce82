"""An incident: one event that several messages are about, as it is kept and shown."""

from dataclasses import dataclass, field
from typing import Literal

from chalicelib.domain.assessment import Topic, Urgency
from chalicelib.domain.moments import Moment

State = Literal["open", "closed", "joined"]
"""Still heard of; quiet for long; taken up in another one."""

ID = "inc-"
"""What the id of an incident begins with; that of a conversation is hexadecimal digits."""

AT_REPORTER = 2
"""An incident is work of its own from this many people on; one citizen's matter stays theirs."""


def is_incident(subject: str) -> bool:
    """Whether this subject is an incident and no conversation."""
    return subject.startswith(ID)


def place_name(place: str | None, gemeente: str | None) -> str:
    """Where it is in words, empty when nobody knows: "Textielstraat, Enschede"."""
    same = place and gemeente and place.casefold() == gemeente.casefold()
    return ", ".join(part for part in (place, None if same else gemeente) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """What is known of an event by all that was told of it; rolled up from its members.

    ``subject`` is its id, and what can be claimed. ``reporters`` are different people, ``messages``
    all that they wrote; ``answered`` how many people answered each appeal of ours, by its id, and
    ``people`` are reporters and these together. ``growth`` counts by ten minutes
    (``2026-11-21T20:1``), ``channels`` and ``langs`` likewise. ``point`` is degrees, "lat,lon", and
    it lies within ``radius`` metres of that; 0 is not known. ``parts`` are incidents that were
    taken up in this one, ``joined_into`` is the one that took this one up. ``rolled_at`` is when it
    was last counted. ``version`` grows with every change.
    """

    subject: str
    state: State = "open"
    team: str
    topic: Topic
    urgency: Urgency
    emergency: bool
    title: str
    first_at: Moment
    latest_at: Moment
    rolled_at: Moment
    messages: int = 1
    reporters: int = 1
    people: int = 1
    media: int = 0
    answered: dict[str, int] = field(default_factory=dict)
    growth: dict[str, int] = field(default_factory=dict)
    channels: dict[str, int] = field(default_factory=dict)
    langs: dict[str, int] = field(default_factory=dict)
    place: str | None = None
    gemeente: str | None = None
    unit: str | None = None
    point: str | None = None
    radius: int = 0
    parts: tuple[str, ...] = ()
    joined_into: str | None = None
    version: int = 1

    @property
    def several(self) -> bool:
        """Whether more than one person reports it."""
        return self.reporters >= AT_REPORTER

    @property
    def where(self) -> str:
        """Where it is in words, empty when nobody knows."""
        return place_name(self.place, self.gemeente)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One message of an incident; ``message_sk`` is its sort key in its conversation.

    ``report`` is what matching reads of it, as JSON; ``because`` why it was matched; ``added_by`` a
    person's id when a person put it there. ``gone_to``: a person took it out; it is in the incident
    named, or in none (empty). ``answers`` is the appeal of ours that it answers.
    """

    incident: str
    message: str
    subject: str
    message_sk: str
    reporter: str
    channel: str
    lang: str
    at: Moment
    report: str
    because: tuple[str, ...] = ()
    media: int = 0
    added_by: str | None = None
    gone_to: str | None = None
    answers: str | None = None

    @property
    def here(self) -> bool:
        """Whether it still counts: nobody took it out."""
        return self.gone_to is None

    @property
    def unasked(self) -> bool:
        """Whether they told it by themselves. Who answers an appeal does not make it bigger."""
        return self.answers is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A report that stands alone so far. ``number`` is its turn on its day: nobody else has it.

    ``incident`` is what the incident will be called when a second message is about it.
    """

    day: str
    number: int
    incident: str
    member: Member
    team: str
    taken: bool = False
