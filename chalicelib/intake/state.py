"""What a conversation with the assistant holds, and what one more message brings."""

from dataclasses import dataclass

from chalicelib.domain.assessment import Assessment


@dataclass(frozen=True, slots=True)
class Pointed:
    """Where the signpost points: the code of a door, and its name for the citizen."""

    door: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One message of a citizen, and what detection made of it. ``pin``: a shared place in words."""

    text: str
    channel: str
    assessment: Assessment
    pin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The conversation so far. Everything said is kept, so that it is read anew at each turn."""

    said: tuple[Said, ...] = ()
    lang: str = "nl"
    emergency_turn: int | None = None
    handover: bool = False
    unsure: int = 0
    asked: tuple[str, ...] = ()
    disclosed: frozenset[str] = frozenset()
    """The channels on which it was said that this is automated."""
    named: frozenset[str] = frozenset()
    """The flows of which the citizen was told that they were noticed."""
    signpost: Pointed | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """What was said, oldest first."""
        return tuple(one.text for one in self.said)

    @property
    def assessments(self) -> tuple[Assessment, ...]:
        """What detection made of each message."""
        return tuple(one.assessment for one in self.said)
