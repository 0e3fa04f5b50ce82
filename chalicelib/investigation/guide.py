"""The guide of "Mijn onderzoek" as content editors write it, read and checked.

Answers are by ``step.field``; of a step that can be filled in more than once, ``step.2.field``.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

Texts = Mapping[str, str]
LANGUAGES = ("nl", "en")
LONGEST = 2_000
LONGEST_SHORT = 200


class BadGuide(ValueError):
    """A guide that cannot be used; the text says what is wrong, for who wrote it."""


@dataclass(frozen=True, slots=True)
class Field:
    """One question; ``slot`` is what the assistant may have heard of it already."""

    name: str
    label: Texts
    slot: str | None
    long: bool

    @property
    def longest(self) -> int:
        return LONGEST if self.long else LONGEST_SHORT


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to look into, ``many`` times at most, with advice on what to do and leave."""

    name: str
    title: Texts
    advice: Texts
    many: int
    files: bool
    fields: tuple[Field, ...]

    def places(self, answers: Mapping[str, str]) -> Iterator[tuple[int, list[tuple[str, Field]]]]:
        """What is filled in, and one empty row more where there may be more: each with its keys."""
        rows = [
            (n, [(key_of(self, n, one), one) for one in self.fields])
            for n in range(1, self.many + 1)
        ]
        filled = [row[0] for row in rows if any(answers.get(key) for key, _ in row[1])]
        last = max(filled, default=0) + 1
        return (row for row in rows if row[0] <= last)

    def is_begun(self, answers: Mapping[str, str]) -> bool:
        """Whether anything of it was told."""
        return any(key.startswith(f"{self.name}.") and text for key, text in answers.items())


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of matter that somebody can look into, and the steps that this takes."""

    name: str
    title: Texts
    topics: frozenset[str]
    steps: tuple[Step, ...]

    def step(self, name: str) -> Step | None:
        return next((one for one in self.steps if one.name == name), None)

    def complete(self, answers: Mapping[str, str]) -> int:
        """How many of a hundred: a step counts by the share of its questions, in its first row."""
        shares = [share_of(step, answers) for step in self.steps]
        return round(100 * sum(shares) / len(shares))


def key_of(step: Step, number: int, field: Field) -> str:
    """Under which key an answer is kept."""
    return f"{step.name}.{field.name}" if number == 1 else f"{step.name}.{number}.{field.name}"


def share_of(step: Step, answers: Mapping[str, str]) -> float:
    told = sum(1 for field in step.fields if answers.get(key_of(step, 1, field)))
    return told / len(step.fields)


@cache
def kinds() -> Mapping[str, Kind]:
    """All of them, by name. Raises ``BadGuide``."""
    text = files(__package__).joinpath("guide.toml").read_text(encoding="utf-8")
    return read(tomllib.loads(text))


def read(told: Mapping[str, Any]) -> dict[str, Kind]:
    """The kinds in a guide. Raises ``BadGuide``."""
    steps = {name: read_step(name, one) for name, one in told["steps"].items()}
    return {name: read_kind(name, one, steps) for name, one in told["kinds"].items()}


def read_kind(name: str, told: Mapping[str, Any], steps: Mapping[str, Step]) -> Kind:
    unknown = set(told["steps"]) - steps.keys()
    if unknown:
        raise BadGuide(f"{name}: no such step: {', '.join(sorted(unknown))}")
    return Kind(
        name=name,
        title=in_both(f"{name}.title", told["title"]),
        topics=frozenset(told["topics"]),
        steps=tuple(steps[one] for one in told["steps"]),
    )


def read_step(name: str, told: Mapping[str, Any]) -> Step:
    return Step(
        name=name,
        title=in_both(f"{name}.title", told["title"]),
        advice=in_both(f"{name}.advice", told["advice"]),
        many=told.get("many", 1),
        files=told.get("files", False),
        fields=tuple(
            Field(
                name=field,
                label=in_both(f"{name}.{field}", one),
                slot=one.get("from"),
                long=one.get("long", False),
            )
            for field, one in told["fields"].items()
        ),
    )


def in_both(where: str, told: Mapping[str, Any]) -> Texts:
    """The text in every language of the screens. Raises ``BadGuide``."""
    missing = [lang for lang in LANGUAGES if not told.get(lang)]
    if missing:
        raise BadGuide(f"{where}: not in {', '.join(missing)}")
    return {lang: str(told[lang]) for lang in LANGUAGES}


def kind_for(topic: str) -> Kind | None:
    """What a conversation about this topic can be looked into as."""
    return next((one for one in kinds().values() if topic in one.topics), None)


def filled_from(kind: Kind, slots: Mapping[str, str]) -> dict[str, str]:
    """What was told in the conversation already, each in the first question it answers."""
    found: dict[str, str] = {}
    for step in kind.steps:
        for field in step.fields:
            if field.slot and field.slot in slots:
                found.setdefault(field.slot, key_of(step, 1, field))
    return {key: slots[slot] for slot, key in found.items()}
