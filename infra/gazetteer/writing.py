"""From places to the sorted lines that the finder searches."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import accumulate
from math import sqrt
from pathlib import Path

from chalicelib.detection.locating.folding import fold, shortened
from chalicelib.detection.locating.gazetteer import Entry, cell_of, distance
from chalicelib.domain.whereabouts import PlaceKind
from infra.gazetteer import facts

OFTEN_MEANT = 5_000
"""Towns at least this heavy are recognised with a typing error."""

LONG_ENOUGH = 6
"""Shorter names are one slip away from too many words."""

BASE = {"place": 300, "gemeente": 3_000, "station": 1_000, "postcode": 1_000, "wijk": 800}
"""Weights beside that of the inhabitants; 100 for the rest."""

NAMESAKE = 2_000
"""What it adds to a town's weight that its gemeente bears its name."""

SPELLINGS = (
    (" aan den ", " ad "), (" aan den ", " a d "), (" aan de ", " ad "), (" aan de ", " a d "),
    ("sint ", "st "), ("nieuw ", "nw "), ("oud ", "o "), (" van ", " v "),
)  # fmt: skip
SHORTEST_JOINED = 6
NEARLY_ALL = 0.9
"""Of the people of a gemeente; what has no point of its own lies where they live."""

ROUGHLY = 1_200
"""Metres: our own points of landmarks are no better."""


def place(
    kind: PlaceKind, name: str, gemeente: str | None, point: tuple[float, float], people: int
) -> Entry:
    """A place with the radius that its inhabitants need, and its weight."""
    weight = people + BASE.get(kind, 100) + (NAMESAKE if name == gemeente else 0)
    return Entry(fold(name), kind, name, gemeente, *point, radius(kind, people), weight)


def radius(kind: PlaceKind, people: int) -> int:
    """Metres around the point within which it lies, nearly always."""
    fixed = {"station": 250, "landmark": 500, "buurt": 500, "wijk": 1_200, "postcode": 1_200}
    return fixed.get(kind) or (
        9_000 if kind == "gemeente" else int(600 + 13 * sqrt(max(people, 0)))
    )


def written(path: Path, entries: Iterable[Entry]) -> int:
    """Write the gazetteer; how many places it has."""
    mapped = with_gemeenten(without_doubles([*entries, *known_places()]))
    places = with_nicknames(with_parts(mapped))
    lines = {*place_lines(places), *cell_lines(mapped), *slip_lines(places), *fact_lines()}
    part = path.with_suffix(".part")
    part.write_bytes(b"\n".join(sorted(line.encode() for line in lines)) + b"\n")
    part.replace(path)
    return len(places)


def known_places() -> Iterator[Entry]:
    """The places that we add to any source."""
    for one in facts.known():
        entry = place(one.kind, one.name, one.gemeente, one.point, one.people)
        yield replace(entry, radius=max(entry.radius, ROUGHLY))


def without_doubles(entries: Iterable[Entry]) -> list[Entry]:
    """One of each name in a gemeente: a town before its wijk or station, else the heaviest."""
    best: dict[tuple[str, str | None], Entry] = {}
    for entry in entries:
        mark = (entry.key, entry.gemeente)
        if entry.key and (mark not in best or precedence(entry) > precedence(best[mark])):
            best[mark] = entry
    return list(best.values())


def precedence(entry: Entry) -> tuple[bool, int]:
    """What goes first of two by one name in one gemeente."""
    return entry.kind == "place", entry.weight


def with_gemeenten(entries: list[Entry]) -> list[Entry]:
    """Gemeenten that have no town of their own name are places as well."""
    main = main_towns(entries)
    known = {(entry.key, entry.gemeente) for entry in entries}
    for name in facts.gemeenten():
        if (fold(name), name) not in known and name in main:
            town = main[name]
            entries.append(place("gemeente", name, name, (town.lat, town.lon), 0))
    return entries


def main_towns(entries: list[Entry]) -> dict[str, Entry]:
    """The heaviest town of each gemeente."""
    light_first = sorted(entries, key=lambda entry: entry.weight)
    return {
        entry.gemeente: entry for entry in light_first if entry.gemeente and entry.kind == "place"
    }


def with_parts(entries: list[Entry]) -> list[Entry]:
    """Parts of gemeenten that are on no map of ours: somewhere between their towns."""
    main = main_towns(entries)
    reaches = reach_of(entries, main)
    known = {(entry.key, entry.gemeente) for entry in entries}
    unmapped: list[Entry] = []
    codes = {entry.key for entry in entries if entry.kind == "postcode"}
    wanted = [part for part in facts.quarters() if (fold(part[2]), part[0]) not in known]
    wanted += [
        (gemeente, "postcode", code) for gemeente, code in facts.postcodes() if code not in codes
    ]
    for gemeente, kind, name in wanted:
        if town := main.get(gemeente):
            part = place(kind, name, gemeente, (town.lat, town.lon), 0)
            unmapped.append(replace(part, radius=reaches[gemeente]))
    return [*entries, *unmapped]


def reach_of(entries: list[Entry], main: Mapping[str, Entry]) -> dict[str, int]:
    """For each gemeente the metres from its main town within which nearly all live."""
    towns: dict[str, list[Entry]] = defaultdict(list)
    for one in entries:
        if one.kind == "place" and one.gemeente:
            towns[one.gemeente].append(one)
    return {name: max(town.radius, near_most(town, towns[name])) for name, town in main.items()}


def near_most(town: Entry, towns: list[Entry]) -> int:
    """Metres from this town to the one with which nearly all that live in these are counted."""
    far = sorted((distance(town, one.lat, one.lon) * 1000, one.weight) for one in towns)
    nearly_all = NEARLY_ALL * sum(weight for _, weight in far)
    counted = accumulate(weight for _, weight in far)
    pairs = zip(far, counted, strict=True)
    return round(next(away for (away, _), within in pairs if within >= nearly_all))


def with_nicknames(entries: list[Entry]) -> list[Entry]:
    """What people call towns leads to the same place."""
    main = main_towns(entries)
    known = {(entry.key, entry.gemeente): entry for entry in entries}
    for said, gemeente, town in facts.nicknames():
        meant = known.get((fold(town), gemeente)) if town else main.get(gemeente)
        if meant and (fold(said), gemeente) not in known:
            entries.append(replace(meant, key=fold(said)))
    return entries


def place_lines(entries: list[Entry]) -> Iterator[str]:
    for entry in entries:
        point = f"{entry.lat:.4f}\t{entry.lon:.4f}\t{entry.radius}\t{entry.weight}"
        for key in spellings(entry):
            yield f"{key}\t{entry.kind}\t{entry.name}\t{entry.gemeente or ''}\t{point}"


def spellings(entry: Entry) -> set[str]:
    """Ways to write this name: shortened, and in one word as hashtags do."""
    found = {entry.key} | {entry.key.replace(long, short) for long, short in SPELLINGS}
    joined = entry.key.replace(" ", "")
    if entry.kind in ("place", "gemeente", "wijk") and len(joined) >= SHORTEST_JOINED:
        found.add(joined)
    return found


def cell_lines(entries: list[Entry]) -> Iterator[str]:
    for entry in entries:
        if entry.kind in ("place", "postcode", "buurt") and entry.gemeente:
            point = f"{entry.lat:.4f}\t{entry.lon:.4f}"
            yield f"{cell_of(entry.lat, entry.lon)}\t{entry.name}\t{entry.gemeente}\t{point}"


def slip_lines(entries: list[Entry]) -> Iterator[str]:
    for entry in entries:
        if entry.kind == "place" and entry.weight >= OFTEN_MEANT and len(entry.key) >= LONG_ENOUGH:
            yield from (f"~{short}\t{entry.key}" for short in shortened(entry.key))


def fact_lines() -> Iterator[str]:
    for one in facts.gemeenten().values():
        yield f"={one.name}\t{one.unit}\t{one.province}"
    yield from (f"%{road}\t{units}" for road, units in facts.roads().items())
