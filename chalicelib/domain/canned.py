"""Canned replies: texts of our own that an agent starts from, with places that are filled in.

Not templates: those are the platform's, approved beforehand and sent as they are.
"""

from collections.abc import Mapping
from dataclasses import dataclass

PLACES = ("naam", "medewerker", "kanaal", "dag")
"""What can be filled in: ``{naam}`` the citizen, ``{medewerker}`` the writer, ``{kanaal}`` where,
``{dag}`` today. A place that cannot be filled in stays, and is warned about before sending."""

LONGEST = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CannedReply:
    """One text. ``lang`` is its language, ``topics`` what it answers (as detection names them).

    ``owner`` answers for its words, ``review_by`` is the day on which it is read again. ``version``
    grows with each change.
    """

    id: str
    title: str
    text: str
    lang: str = "nl"
    topics: tuple[str, ...] = ()
    owner: str = ""
    review_by: str = ""
    version: int = 1

    def fits(self, topic: str, lang: str) -> bool:
        """Whether it is about this, in a language that this citizen writes."""
        return topic in self.topics and lang in (self.lang, "und")


def filled(text: str, facts: Mapping[str, str | None]) -> str:
    """The text with every place filled in that is known."""
    for place in PLACES:
        fact = facts.get(place)
        if fact:
            text = text.replace(f"{{{place}}}", fact)
    return text


def in_order(replies: list[CannedReply], topic: str, lang: str) -> list[CannedReply]:
    """What fits first, then by title."""
    return sorted(replies, key=lambda one: (not one.fits(topic, lang), one.title.casefold()))
