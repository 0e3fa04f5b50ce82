"""Readers of an evening: each message once, and whoever reads as the labels say agrees wholly."""

import csv
from pathlib import Path

import pytest

from infra.incidents.agreeing import READERS, agreed, agreement
from infra.incidents.evenings import lines

READ_AGAIN = [path.stem for path in READERS.glob("*.tsv")]


@pytest.mark.parametrize("name", READ_AGAIN)
def test_a_reader_has_read_every_message_once(name: str) -> None:
    with (READERS / f"{name}.tsv").open(encoding="utf-8") as file:
        read = [row["id"] for row in csv.DictReader(file, delimiter="\t")]
    assert sorted(read) == sorted(line["id"] for line in lines(name))


def test_readers_agree_on_nearly_all() -> None:
    found = dict(agreement())
    assert set(found) == set(READ_AGAIN)
    assert all(figures["f1"] > 0.95 for figures in found.values())


def test_who_reads_as_the_labels_say_agrees_wholly(tmp_path: Path) -> None:
    rows = [(one["id"], one["incident"] or "", one["gemeente"] or "") for one in lines("monday")]
    path = tmp_path / "monday.tsv"
    path.write_text("\n".join("\t".join(row) for row in [("id", "incident", "gemeente"), *rows]))
    figures = agreed(path)
    assert (figures["f1"], figures["chatter left alone"]) == (1.0, 1.0)
    assert (figures["gemeente right"], figures["gemeente wrong"]) == (1.0, 0.0)


def test_who_finds_nothing_has_no_recall(tmp_path: Path) -> None:
    path = tmp_path / "monday.tsv"
    path.write_text(
        "\n".join(["id\tincident\tgemeente", *(f"{one['id']}\t\t" for one in lines("monday"))])
    )
    figures = agreed(path)
    assert figures["recall"] < 0.4
    assert (figures["gemeente right"], figures["gemeente wrong"]) == (0.0, 0.0)
