"""What a citizen looked into by themselves, to hand in to the police. It is never an aangifte."""

from dataclasses import dataclass, field

from chalicelib.domain.moments import Moment

MOST_FILES = 14
"""With the report in PDF that is three messages of five files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A photo or film that belongs to a step, under the key by which it was brought."""

    key: str
    name: str
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """When it went to the police, and the digest of the report: the citizen's receipt."""

    at: Moment
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Investigation:
    """Of one case. ``kind`` and the keys of ``answers`` are those of the guide."""

    number: str
    kind: str
    begun_at: Moment
    saved_at: Moment
    answers: dict[str, str] = field(default_factory=dict)
    files: tuple[Found, ...] = ()
    handed_in: HandedIn | None = None
