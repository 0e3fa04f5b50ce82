"""What happened, and what went wrong, as sentences a person reads."""

import json
from collections.abc import Mapping
from functools import cache

from chalicelib.domain.conversation import Event
from chalicelib.domain.label import Label, differences
from chalicelib.domain.moments import Moment, instant
from chalicelib.domain.principal import SYSTEM
from chalicelib.errors import WebcareError
from chalicelib.web.language import TEXTS, Words
from chalicelib.web.times import clock

CODED = {"judged": "judged", "finished": "spoken.ending"}
"""What keeps a word of ours as its text, and under which name the texts have it."""


def told(words: Words, now: Moment, event: Event) -> str:
    """One line of the timeline."""
    if event.what == "delivery":
        state, _, reason = event.text.partition(": ")
        return words.known(f"event.delivery.{state}", event.text).format(reason=reason)
    by = "system" if event.by == SYSTEM.id else "person"
    by = "so" if event.what == "finished" and event.text else by
    key = f"event.{event.what}.{by}"
    sentence = key if key in words else f"event.{event.what}"
    return words(sentence, name=event.name, text=in_words(words, now, event))


MOMENTS = frozenset({"snoozed", "found_useful", "found_not_useful"})
"""These keep a moment: when it ends, of when the message is."""


def in_words(words: Words, now: Moment, event: Event) -> str:
    """An event's text; a judgement keeps one of two words."""
    if event.what in MOMENTS:
        return as_clock(words, event.text, now)
    if event.what in CODED:
        return words.known(f"{CODED[event.what]}.{event.text}", event.text)
    if event.what == "corrected":
        pairs = (part.partition("=") for part in event.text.split())
        return opinion_in_words(words, {name: said for name, _, said in pairs})
    if event.what == "stated":
        standing, _, text = event.text.partition(": ")
        return words.known(f"stated.{standing}", event.text).format(text=text)
    if event.what in ("incident_joined", "incident_parted") and event.text.isdecimal():
        return words.count("incident.messages", int(event.text))
    return event.text


PREFIX = {"urgency": "urgency", "kind": "matter", "topic": "topic", "lang": "lang"}
"""Where the words for each part of an opinion stand."""


def opinion_in_words(words: Words, said: Mapping[str, str]) -> str:
    """What a person says of a message: ``Nu, klacht``."""
    known = [(PREFIX.get(name, name), value) for name, value in said.items()]
    return ", ".join(words.known(f"{prefix}.{value}", value) for prefix, value in known)


def verdict(words: Words, now: Moment, label: Label) -> str:
    """One line under a message: who found what, and when."""
    at = clock(words, label.at, now)
    other = differences(label)
    if not other:
        return words("verdict.agreed", name=label.name, at=at)
    return words("verdict.said", name=label.name, text=opinion_in_words(words, other), at=at)


def as_clock(words: Words, text: str, now: Moment) -> str:
    try:
        instant(text)
    except ValueError:
        return text
    return clock(words, text, now)


def problem(words: Words, now: Moment, error: WebcareError) -> str:
    """Why something was not done, with the facts that the reader needs to decide."""
    fields: dict[str, dict[str, str]] = getattr(error, "fields", {})
    if fields:
        return " ".join(texts.get(words.lang, "") for texts in fields.values())
    facts = {name: value for name, value in error.facts.items() if value is not None}
    if "until" in facts:
        facts["until"] = as_clock(words, facts["until"], now)
    kind = type(error).__name__
    if kind == "NewerMessages":
        return words.count("problem.NewerMessages", facts["count"])
    if kind == "ClaimLost" and "holder" in facts:
        kind = "ClaimLost.holder"
    return words(f"problem.{kind}", **facts)


def call_112(lang: str) -> str:
    """The advice to call 112 in the citizen's language, and in Dutch so that the agent sees it."""
    texts = advice()
    dutch = texts["nl"]
    own = texts.get(lang)
    return dutch if own in (None, dutch) else f"{own}\n\n({dutch})"


@cache
def advice() -> dict[str, str]:
    """The same advice in the languages that citizens write most."""
    found: dict[str, str] = json.loads((TEXTS / "bel_112.json").read_text(encoding="utf-8"))
    return found
