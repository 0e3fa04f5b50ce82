"""Which place of several by one name: by how often it is meant, and by what else was said."""

from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib.detection.locating.folding import fold
from chalicelib.detection.locating.gazetteer import Entry, Gazetteer, distance
from chalicelib.detection.locating.meaning import SETTLED, is_ordinary
from chalicelib.detection.locating.spot import Role, Spot
from chalicelib.detection.places import NO_STREET
from chalicelib.domain.whereabouts import Surroundings

ROLES: dict[Role, float] = {
    "here": 1.0, "at": 1.0, "between": 0.9, "bare": 0.8, "origin": 0.35, "home": 0.5, "route": 0.3,
    "toward": 0.3, "denied": 0.0,
}  # fmt: skip
SAME_GEMEENTE, NEARBY, SAID_PROVINCE, SAME_UNIT = 30.0, 8.0, 200.0, 5.0
NEARBY_KM = 15.0
SLIPPED, SMALL, UNTOLD, COMMON = 0.75, 0.75, 0.9, 0.35
PROVINCES = {
    "limburg": "Limburg", "l": "Limburg", "gelderland": "Gelderland", "gld": "Gelderland",
    "nh": "Noord-Holland", "noord holland": "Noord-Holland", "zh": "Zuid-Holland",
    "zuid holland": "Zuid-Holland", "brabant": "Noord-Brabant", "nb": "Noord-Brabant",
    "zeeland": "Zeeland", "overijssel": "Overijssel", "ov": "Overijssel", "drenthe": "Drenthe",
    "dr": "Drenthe", "friesland": "Fryslân", "fryslan": "Fryslân", "fr": "Fryslân",
    "flevoland": "Flevoland", "twente": "Overijssel", "achterhoek": "Gelderland",
}  # fmt: skip
"""How people say the province behind the name of a town."""

QUALIFIER = 14
"""In so many letters after a name its province is told."""


@dataclass(frozen=True, slots=True)
class Option:
    """One place that one name may mean. ``share`` is its part of all that bear this name.

    ``backed``: something else that was said, or the account, points to the same gemeente.
    """

    spot: Spot
    entry: Entry
    share: float
    backed: bool

    @property
    def confidence(self) -> float:
        """How much to go by it, 0-1."""
        spot = self.spot
        small = 1.0 if self.entry.kind in ("place", "gemeente", "station") else SMALL
        if is_common(self.entry) and not self.backed:
            small = COMMON
        slip = SLIPPED if spot.slip else 1.0
        untold = 1.0 if spot.capital or spot.told else UNTOLD
        role = ROLES["at"] if spot.hashtag or spot.station else ROLES[spot.role]
        return self.share * role * slip * untold * small


def options_of(
    spots: list[Spot], text: str, around: Surroundings, gazetteer: Gazetteer
) -> list[Option]:
    """Every place that every name may mean, each with its share."""
    found: list[Option] = []
    for spot in spots:
        others = [other for other in spots if other.start != spot.start and not same(spot, other)]
        near = [entry for other in others if other.role != "denied" for entry in other.entries]
        province = province_after(spot, text)
        weights = [
            entry.weight * support(entry, near, around, province, gazetteer)
            for entry in distinct(spot.entries)
        ]
        total = sum(weights) or 1.0
        places = zip(distinct(spot.entries), weights, strict=True)
        known = {entry.gemeente for entry in near} | {around.gemeente}
        found += [
            Option(spot, entry, weight / total, backed=entry.gemeente in known - {None})
            for entry, weight in places
        ]
    return found


def is_common(entry: Entry) -> bool:
    """A buurt, or what every town has: "Grote Markt", "de Brink". Others have it, off our map.

    What is named after a town is not: "Papendrechtse brug".
    """
    words = entry.key.split()
    every_town = words[-1] in NO_STREET and not words[0].endswith("se")
    fine = entry.kind in ("landmark", "station") and every_town
    return entry.kind == "buurt" or fine or (is_ordinary(entry.key) and entry.weight < SETTLED)


def same(one: Spot, other: Spot) -> bool:
    return one.entries[0].key == other.entries[0].key


def distinct(entries: Iterable[Entry]) -> list[Entry]:
    """One a gemeente: a town and its own station are no two places to choose from."""
    best: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda entry: entry.weight):
        best[entry.gemeente or f"{entry.lat},{entry.lon}"] = entry
    return list(best.values())


def support(
    entry: Entry,
    near: list[Entry],
    around: Surroundings,
    province: str | None,
    gazetteer: Gazetteer,
) -> float:
    """How much more likely this place becomes by what else was said, and where the account is."""
    factor = 1.0
    if any(entry.gemeente and entry.gemeente == other.gemeente for other in near):
        factor *= SAME_GEMEENTE
    elif any(distance(other, entry.lat, entry.lon) < NEARBY_KM for other in near):
        factor *= NEARBY
    if province and gazetteer.province_of(entry.gemeente) == province:
        factor *= SAID_PROVINCE
    if around.gemeente and around.gemeente == entry.gemeente:
        factor *= SAME_GEMEENTE
    if around.unit and around.unit == gazetteer.unit_of(entry.gemeente):
        factor *= SAME_UNIT
    return factor


def province_after(spot: Spot, text: str) -> str | None:
    """The province that is told right behind a name: "Hengelo Gld", "Heel, Limburg"."""
    words = fold(text[spot.end : spot.end + QUALIFIER].replace("(", " ").replace(",", " ")).split()
    tries = (" ".join(words[:2]), words[0]) if words else ()
    return next((PROVINCES[told] for told in tries if told in PROVINCES), None)
