"""Signs: ideas that together point to a door, with how strongly (``signs.toml``)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from chalicelib.knowledge.doors import DoorCode, door_code


@dataclass(frozen=True, slots=True)
class Sign:
    """Counts when of each of ``needs`` an idea is there, and none of ``unless``."""

    door: DoorCode
    points: float
    needs: tuple[frozenset[str], ...]
    unless: frozenset[str]

    def stands(self, ideas: Mapping[str, str]) -> bool:
        """Whether these ideas are this sign."""
        if any(idea in ideas for idea in self.unless):
            return False
        return all(any(idea in ideas for idea in need) for need in self.needs)


@cache
def signs() -> tuple[Sign, ...]:
    """All signs; a door that does not exist is loud at the first question and in every test."""
    said = tomllib.loads((files("chalicelib.knowledge") / "signs.toml").read_text("utf-8"))
    return tuple(
        Sign(
            door=door_code(each["door"]),
            points=float(each["points"]),
            needs=tuple(frozenset(need.split("|")) for need in each["needs"]),
            unless=frozenset(each.get("not", ())),
        )
        for each in said["sign"]
    )


def points_of(ideas: Mapping[str, str]) -> dict[DoorCode, float]:
    """What the ideas of a question bring to each door."""
    points: dict[DoorCode, float] = {}
    for sign in signs():
        if sign.stands(ideas):
            points[sign.door] = points.get(sign.door, 0.0) + sign.points
    return points


def because(ideas: Mapping[str, str], door: DoorCode) -> str:
    """The words of the question that point to this door."""
    telling = {
        idea for sign in signs() if sign.door == door for need in sign.needs for idea in need
    }
    return ", ".join(dict.fromkeys(words for idea, words in ideas.items() if idea in telling))
