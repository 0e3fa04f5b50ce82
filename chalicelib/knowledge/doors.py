"""The doors: who is about what, how to get there, by which source, and when that was reviewed."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

DoorCode = Literal[
    "112", "politie", "0900-8844", "gemeente", "113", "veilig_thuis", "slachtofferhulp", "mma",
    "cjib", "rdw", "fraudehelpdesk", "rijkswaterstaat", "juridisch_loket", "ind",
    "dierenambulance_144", "kindertelefoon", "buurtbemiddeling", "csg", "overig", "offlimits",
]  # fmt: skip
DOOR_CODES: tuple[DoorCode, ...] = get_args(DoorCode)

WITHOUT_ADDRESS: frozenset[DoorCode] = frozenset({"overig", "offlimits"})
"""No institution of their own: their articles say where to go, or that we do not help with it."""


@dataclass(frozen=True, slots=True)
class Door:
    """An institution. ``checked``: its facts were read in ``source``, not only generally known."""

    code: DoorCode
    name: str
    phone: str
    web: str
    hours: str
    source: str
    checked: bool
    reviewed: date


@cache
def doors() -> Mapping[DoorCode, Door]:
    """All doors with an address."""
    said = tomllib.loads((files("chalicelib.knowledge") / "doors.toml").read_text("utf-8"))
    return {door_code(code): Door(code=door_code(code), **facts) for code, facts in said.items()}


def door_code(name: str) -> DoorCode:
    """The code of this name; raises for one that there is not."""
    for code in DOOR_CODES:
        if code == name:
            return code
    raise ValueError(f"no door of this name: {name}")
