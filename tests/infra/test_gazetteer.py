"""Building the gazetteer, from a folder and from packages."""

import argparse
from pathlib import Path

import pytest

from chalicelib.detection.locating.gazetteer import SHIPPED, beside, opened
from infra.gazetteer import command, facts, packages
from infra.gazetteer.packages import places_in_packages
from infra.gazetteer.writing import written

UNITS = 10
GEMEENTEN = 342
TABLE = (
    "woonplaats,gemeente,lat,lon,inwoners_geonames,rang\n"
    "Ons Dorp,Hengelo,52.20,6.70,900,hoofd\n"
    "Ons Dorp,Borne,52.30,6.75,0,grensdeel\n"
)


def build(source: Path, out: Path) -> int:
    return command.run(argparse.Namespace(source=source, out=out))


def test_a_folder_of_open_data_becomes_a_gazetteer(tmp_path: Path) -> None:
    (tmp_path / "woonplaatsen.csv").write_text(TABLE)
    out = tmp_path / "names.tsv"
    assert build(tmp_path, out) == 0
    (town,) = opened(out).named("ons dorp")
    assert (town.name, town.gemeente, town.lat) == ("Ons Dorp", "Hengelo", 52.2)


def test_a_folder_without_data_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build(tmp_path, tmp_path / "names.tsv") == 1
    assert "woonplaatsen.csv" in capsys.readouterr().err


def test_a_table_without_its_columns_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "woonplaatsen.csv").write_text("naam\nOns Dorp\n")
    assert build(tmp_path, tmp_path / "names.tsv") == 1
    assert "columns" in capsys.readouterr().err


def test_every_gemeente_has_one_of_ten_units() -> None:
    known = facts.gemeenten()
    assert len(known) == GEMEENTEN
    assert len({one.unit for one in known.values()}) == UNITS


def test_facts_name_only_gemeenten_that_exist() -> None:
    told = {*facts.former().values(), *facts.towns().values()}
    told |= {gemeente for _, gemeente, _ in facts.nicknames()}
    told |= {one.gemeente for one in facts.known()}
    assert told <= facts.gemeenten().keys()


def test_what_is_shipped_is_what_the_packages_give(tmp_path: Path) -> None:
    if len(list(packages.FOLDER.glob("*-*"))) < len(packages.DIGESTS):
        pytest.skip("NOT CHECKED: run 'python -m infra gazetteer' once to fetch the packages")
    out = tmp_path / "names.tsv"
    written(out, places_in_packages(print))
    assert out.read_bytes() == (beside() / SHIPPED).read_bytes()
