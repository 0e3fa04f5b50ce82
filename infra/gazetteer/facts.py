"""Facts that no package has: which unit a gemeente belongs to, and what people call a place.

``gemeenten.tsv``, the 342 gemeenten of 2023 to 2026: names of CBS (CC BY 4.0); units by the
Politiewet 2012, which makes each the union of veiligheidsregio's. ``merged.tsv``: gemeenten that
went up in them since 2015. ``towns.tsv``: towns whose gemeente is not that of the nearest town in
the packages; ``namesakes.tsv``: the same of towns that share their name, by their points.
``roads.tsv``: motorways and the units they run through, general knowledge.
``nicknames.tsv``: our own list, with what towns are called in Frisian, Low Saxon and Limburgish.
``known.tsv``: towns that the packages lack, lakes, parks, stadiums and other landmarks that the
whole country knows, with their points, from general knowledge. ``quarters.tsv``: villages,
quarters, and streets, squares, parks and other landmarks that everybody there knows, general
knowledge; without points, so they lie around the main town of their gemeente.
``postcodes.tsv``: the four figures of the larger towns, likewise.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from chalicelib.domain.whereabouts import PlaceKind

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Gemeente:
    """One gemeente: its official name, the province and unit it lies in, its other names."""

    name: str
    province: str
    unit: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """A place by one of its names, with its point and how many live there (0 for no town)."""

    kind: PlaceKind
    name: str
    gemeente: str
    point: tuple[float, float]
    people: int


def rows(path: Path, delimiter: str = "\t") -> list[dict[str, str]]:
    """The lines of a table by the names of their columns."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def parts(listed: str) -> tuple[str, ...]:
    """Names that stand in one field."""
    return tuple(name for name in listed.split("|") if name)


@cache
def gemeenten() -> dict[str, Gemeente]:
    """All gemeenten by their names."""
    read = (
        Gemeente(row["gemeente"], row["province"], row["unit"], parts(row["aliases"] or ""))
        for row in rows(HERE / "gemeenten.tsv")
    )
    return {gemeente.name: gemeente for gemeente in read}


@cache
def former() -> dict[str, str]:
    """Gemeenten that are no more, and what they became."""
    return {row["former"]: row["gemeente"] for row in rows(HERE / "merged.tsv")}


@cache
def towns() -> dict[str, str]:
    """Towns whose gemeente the packages would have wrong."""
    return {
        town: row["gemeente"] for row in rows(HERE / "towns.tsv") for town in parts(row["towns"])
    }


@cache
def namesakes() -> dict[tuple[str, str, str], str]:
    """The same of towns that share their name, by their latitude and longitude to two figures."""
    return {
        (row["town"], row["lat"], row["lon"]): row["gemeente"]
        for row in rows(HERE / "namesakes.tsv")
    }


@cache
def nicknames() -> tuple[tuple[str, str, str], ...]:
    """What people say, the gemeente, and the town in it that they mean ("" is its main town)."""
    said = [
        (name, row["gemeente"], row["town"] or "")
        for row in rows(HERE / "nicknames.tsv")
        for name in parts(row["nicknames"])
    ]
    aliases = [(name, one.name, "") for one in gemeenten().values() for name in one.aliases]
    return tuple(dict.fromkeys(said + aliases))


def known() -> Iterator[Known]:
    """Each place of ``known.tsv`` by each of its names."""
    for row in rows(HERE / "known.tsv"):
        kind: PlaceKind = row["kind"]  # type: ignore[assignment]  # the table has only these
        point, people = (float(row["lat"]), float(row["lon"])), int(row["people"] or 0)
        for name in parts(row["names"]):
            yield Known(kind, name, row["gemeente"], point, people)


def quarters() -> Iterator[tuple[str, PlaceKind, str]]:
    """Each gemeente with a quarter (or a village) or a landmark of it."""
    kinds: tuple[tuple[str, PlaceKind], ...] = (("quarters", "wijk"), ("landmarks", "landmark"))
    for row in rows(HERE / "quarters.tsv"):
        for column, kind in kinds:
            yield from ((row["gemeente"], kind, name) for name in parts(row[column]))


def postcodes() -> Iterator[tuple[str, str]]:
    """Each gemeente with the four figures of a postcode in it."""
    for row in rows(HERE / "postcodes.tsv"):
        for codes in parts(row["codes"]):
            first, _, last = codes.partition("-")
            for code in range(int(first), int(last or first) + 1):
                yield row["gemeente"], str(code)


def roads() -> dict[str, str]:
    """Motorways and the units along them, with bars between."""
    return {row["road"]: row["units"] for row in rows(HERE / "roads.tsv")}
