"""The two gazetteers: the one that is shipped, and one built from open data where that is here."""

from pathlib import Path

import pytest

from chalicelib.detection.locating.gazetteer import SHIPPED, Gazetteer, beside, opened
from infra.gazetteer.folder import places_in
from infra.gazetteer.writing import written

OPEN_DATA = Path(__file__).parents[4] / "shared" / "geo"


@pytest.fixture(scope="session")
def shipped() -> Gazetteer:
    return opened(beside() / SHIPPED)


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    if not OPEN_DATA.exists():
        pytest.skip(f"NOT MEASURED with open data: {OPEN_DATA} is not here")
    path = tmp_path_factory.mktemp("gazetteer") / "full.tsv"
    written(path, places_in(OPEN_DATA))
    return opened(path)
