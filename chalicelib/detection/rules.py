"""The rules, read once from ``rules/*.toml``: which ideas together mean what, and how much."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, get_args

from chalicelib.domain.assessment import Topic, Urgency

CUES = "cues.toml"
TOPICS = "topics.toml"
TOPIC_NAMES: tuple[Topic, ...] = get_args(Topic)


@dataclass(frozen=True, slots=True)
class Rule:
    """True when of each of ``needs`` at least one idea is in the message."""

    name: str
    urgency: Urgency
    topic: Topic
    points: int
    needs: tuple[frozenset[str], ...]
    because: str
    ignores: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Cue:
    """An idea that adds points to rules, or takes them off. ``only`` empty: to all rules."""

    idea: str
    points: int
    because: str
    only: frozenset[str] = frozenset()
    mild: bool = False
    """Makes it less than an emergency, and still wanting attention today."""

    def concerns(self, rule: Rule) -> bool:
        """Whether this rule heeds the cue."""
        return self.idea not in rule.ignores and (not self.only or rule.name in self.only)


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that is read from the folder."""

    rules: tuple[Rule, ...]
    boosts: tuple[Cue, ...]
    dampers: tuple[Cue, ...]
    topics: Mapping[Topic, Mapping[str, int]]


@cache
def rules() -> Rules:
    """All rules; a mistake in a file is loud at the first message and in every test."""
    folder = files("chalicelib.detection") / "rules"
    tables = {file.name: tomllib.loads(file.read_text("utf-8")) for file in folder.iterdir()}
    cues = tables.pop(CUES)
    topics = tables.pop(TOPICS)
    return Rules(
        rules=tuple(rule for name in sorted(tables) for rule in rules_of(tables[name])),
        boosts=tuple(cues_of(cues["versterkers"])),
        dampers=tuple(cues_of(cues["dempers"])),
        topics={known(topic): ideas for topic, ideas in topics.items()},
    )


def rules_of(table: Mapping[str, Any]) -> Iterator[Rule]:
    """The rules of one file."""
    for name, said in table.items():
        yield Rule(
            name=name,
            urgency=said["urgency"],
            topic=known(said["topic"]),
            points=said["points"],
            needs=tuple(frozenset(need.split("|")) for need in said["needs"]),
            because=said["because"],
            ignores=frozenset(said.get("ignores", ())),
        )


def cues_of(table: Mapping[str, Any]) -> Iterator[Cue]:
    """The boosts or the dampers."""
    for idea, said in table.items():
        yield Cue(
            idea=idea,
            points=said["points"],
            because=said["because"],
            only=frozenset(said.get("only", ())),
            mild=said.get("mild", False),
        )


def known(name: str) -> Topic:
    """The topic of this name; raises for one that the contract does not have."""
    for topic in TOPIC_NAMES:
        if topic == name:
            return topic
    raise ValueError(f"unknown topic in the rules: {name}")
