"""Places from a folder of open data: tables of woonplaatsen, buurten, postcodes and known places.

Their columns are those of ``docs/places.md``; a table that is not there is left out.
"""

from collections.abc import Iterator
from pathlib import Path

from chalicelib.detection.locating.gazetteer import Entry
from chalicelib.domain.whereabouts import PlaceKind
from infra.gazetteer.facts import parts, rows
from infra.gazetteer.writing import place

SLIVER = "grensdeel"
"""A bit of a woonplaats that lies across the border of its gemeente."""

LEFT_OUT = {"straat", "weg", "brug", "sluis", "faciliteit", "soort", "station_opgeheven"}
"""Kinds of known places that are not taken: streets are found otherwise, most towns have a
bridge by the same name, the rest is noise. Bridges that everybody knows are our own facts."""

UNCOUNTED = 1_200
"""Inhabitants of a woonplaats of which no number is known."""

UNPEOPLED = -200
"""Inhabitants that make a hamlet lighter than any town."""

STOPS = {"station", "metrostation"}


class NoGazetteer(Exception):
    """The folder has nothing to build from."""


def places_in(folder: Path) -> list[Entry]:
    """All places of all tables in the folder. Raises ``NoGazetteer``."""
    if not (folder / "woonplaatsen.csv").exists():
        raise NoGazetteer(f"{folder} has no woonplaatsen.csv")
    readers = (woonplaatsen, hamlets, known_places, postcodes, buurten, wijken)
    try:
        return [entry for reader in readers for entry in reader(folder)]
    except (KeyError, ValueError) as error:
        raise NoGazetteer(f"a table in {folder} has not its columns: {error!r}") from None


def table(folder: Path, name: str) -> list[dict[str, str]]:
    path = folder / name
    return rows(path, ",") if path.exists() else []


def woonplaatsen(folder: Path) -> Iterator[Entry]:
    for row in table(folder, "woonplaatsen.csv"):
        if row["lat"] and row["rang"] != SLIVER:
            people = int(float(row["inwoners_geonames"] or 0)) or UNCOUNTED
            yield at("place", row["woonplaats"], row, people)


def hamlets(folder: Path) -> Iterator[Entry]:
    for row in table(folder, "plaatsen_geonames.csv"):
        kind: PlaceKind = "wijk" if row["soort"] == "wijk" else "place"
        people = min(int(float(row["inwoners"] or 0)), 20_000 if kind == "wijk" else 10**7)
        yield at(kind, row["naam"], row, people or UNPEOPLED)


def known_places(folder: Path) -> Iterator[Entry]:
    for row in table(folder, "bekende_plekken_geonames.csv"):
        if row["soort"] in LEFT_OUT:
            continue
        if row["soort"] in STOPS:
            yield at("station", f"Station {row['naam_kort']}", row, 0)
        kind: PlaceKind = "station" if row["soort"] in STOPS else "landmark"
        yield from (at(kind, name, row, 0) for name in names_of(row))


def names_of(row: dict[str, str]) -> set[str]:
    return {row["naam"], row["naam_kort"], *parts(row["aliassen"])} - {""}


def postcodes(folder: Path) -> Iterator[Entry]:
    for row in table(folder, "postcode4.csv"):
        yield at("postcode", row["pc4"], row, 0)


def buurten(folder: Path) -> Iterator[Entry]:
    for row in table(folder, "buurten_2014.csv"):
        yield at("buurt", row["buurt_naam_kort"], row | {"gemeente": row["gemeente_nu"]}, 0)


def wijken(folder: Path) -> Iterator[Entry]:
    for row in table(folder, "wijken_2014.csv"):
        if not row["wijk_naam_kort"].startswith("Wijk "):
            yield at("wijk", row["wijk_naam_kort"], row | {"gemeente": row["gemeente_nu"]}, 0)


def at(kind: PlaceKind, name: str, row: dict[str, str], people: int) -> Entry:
    """A place where its row says."""
    point = (float(row["lat"]), float(row["lon"]))
    return place(kind, name, row["gemeente"], point, people)
