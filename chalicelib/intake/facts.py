"""The slots: everything that was said, in short Dutch phrases. Nothing that was not said."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from chalicelib.intake import callback, harm, what, when, where, who
from chalicelib.intake.matter import Matter
from chalicelib.intake.phrase_book import signals

READ_ALSO = frozenset({"nl", "und"})
MOST_PEOPLE = 4
LONGEST = 2_000
"""So much of a message is read for facts; for danger detection reads more."""


@dataclass(slots=True)
class Facts:
    """What is known, message by message."""

    places: list[where.Place] = field(default_factory=list)
    moments: list[when.Moment] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    clauses: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    """What was said in another language than Dutch."""
    dutch: int = 0
    """How many messages were in Dutch."""
    now: bool = False
    number: str = ""
    time_to_call: str = ""
    to_call: bool = False
    """Whether they asked to be called: then a time alone says something."""
    injured: str = ""
    weapons: str = ""
    direction: str = ""
    pin: str = ""
    """A place that was shared as a pin; words are more exact."""

    def hear(self, text: str, lang: str) -> None:
        """Add a message in this language."""
        text = text[:LONGEST]
        blanks = [*self.hear_callback(text), *self.hear_direction(text)]
        told = hidden(text, blanks)
        spans = self.hear_places_and_times(told)
        self.people = who.merged(self.people, who.people(told))
        self.now = self.now or when.is_now(told)
        self.injured = harm.injured(text) or self.injured
        self.weapons = harm.weapons(text) or self.weapons
        if lang in READ_ALSO or what.is_dutch(text):
            self.dutch += 1
            self.clauses += what.clauses(text, [*blanks, *spans])
        else:
            self.foreign.append(text)

    def hear_callback(self, text: str) -> list[tuple[int, int]]:
        """The number, and when to call; the stretches of text that said so."""
        number, time = callback.number(text), callback.time_to_call(text)
        self.number = number or self.number
        self.time_to_call = callback.said(time) if time else self.time_to_call
        self.to_call = self.to_call or "person" in signals().names(text)
        found = [match.span() for match in callback.PHONE.finditer(text)]
        return [*found, time.span()] if time else found

    def hear_direction(self, text: str) -> list[tuple[int, int]]:
        """Where somebody went, and the stretch that said so."""
        found = harm.direction(text)
        self.direction = found[0] if found else self.direction
        return [found[1]] if found else []

    def hear_places_and_times(self, told: str) -> list[tuple[int, int]]:
        """Sentence by sentence, since a sentence may take back the one before."""
        spans = []
        corrects = False
        for sentence in re.finditer(r"(?:[^.!?]|[.](?=\d))+[.!?]*\s*", told):
            said, start = sentence.group(), sentence.start()
            corrects = corrects or "correcting" in signals().names(said)
            found = where.places(said)
            if corrects and found:
                found = after_correction(found)
            self.places = where.merged(self.places, found, corrects=corrects)
            self.moments = when.merged(self.moments, when.moments(said), corrects=corrects)
            spans += [(start + place.start, start + place.end) for place in found]
            spans += [(start + a, start + b) for a, b in time_spans(said)]
        return spans

    def slots(self, matter: Matter | None, *, danger: bool) -> dict[str, str]:
        """Every slot that has a value, ``what`` first."""
        time = self.time_to_call if self.number or self.to_call else ""
        call = ", ".join(filter(None, (self.number, time)))
        found = {
            "what": self.what(matter),
            "where": where.rendered(self.places) or self.pin,
            "when": self.when(matter, danger=danger),
            "who": "; ".join(self.people[:MOST_PEOPLE]),
            "injured": self.injured,
            "weapons": self.weapons,
            "suspect_direction": self.direction,
            "callback": call,
        }
        return {slot: value for slot, value in found.items() if value}

    def what(self, matter: Matter | None) -> str:
        """The clauses; of another language the Dutch words for what it is about."""
        told = ""
        if matter and len(self.foreign) >= max(1, self.dutch):
            told = what.in_dutch_words(self.foreign, matter.topic.title)
        spoken = matter.topic.title if matter and matter.score >= 1 else ""
        return told or what.rendered(self.clauses) or spoken

    def when(self, matter: Matter | None, *, danger: bool) -> str:
        """What goes on now is now, unless a day was said, or it matters since when."""
        said = when.rendered(self.moments)
        since = matter is not None and matter.flow.since
        past = any(one.sort == "day" for one in self.moments) and not self.now
        if danger and not (said and (since or past)):
            return "nu"
        going_on = matter is not None and matter.flow.now and self.now
        return said or ("nu" if going_on else "")


def hidden(text: str, blanks: Sequence[tuple[int, int]]) -> str:
    """With spaces for what stands in another slot, so that places in the text stay the same."""
    for start, end in blanks:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def after_correction(found: list[where.Place]) -> list[where.Place]:
    """What stands behind "nee wacht": the last place of each sort."""
    return sorted({place.sort: place for place in found}.values(), key=lambda place: place.start)


def time_spans(said: str) -> list[tuple[int, int]]:
    """Where the time is said."""
    return [match.span() for match in when.FOUND.finditer(said)]
