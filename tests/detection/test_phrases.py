"""The little language in which words are written down."""
# ruff: noqa: RUF001 - look-alike letters are the subject

import os
import subprocess
import sys

import pytest

from chalicelib.detection.normalise import read
from chalicelib.detection.phrases import Finder, phrases_of

GROUPS = {"familie": frozenset({"moeder", "vader"})}


def found(line: str, text: str, *, main: bool = True) -> str | None:
    finder = Finder()
    finder.add(phrases_of("idee", line, GROUPS))
    read_text = read(text)
    forms = [token.forms for token in read_text.tokens]
    hits = finder.find(read_text.tokens, forms, main=main)
    return read_text.quote(hits[0].at) if hits else None


@pytest.mark.parametrize(
    ("line", "text", "quoted"),
    [
        ("staat in brand", "het huis staat in brand", "staat in brand"),
        ("staat .. brand", "het staat hier nu in brand", "staat … brand"),
        ("staat .. brand", "het staat hier al twee hele uren in brand", None),
        ("staat ... brand", "het staat hier al twee hele uren in brand", "staat … brand"),
        ("staat .. brand", "hij staat. er is brand", None),
        ("(slaat|geeft een klap) haar", "hij geeft een klap haar", "geeft een klap haar"),
        ("(slaat|geeft een klap) haar", "hij slaat haar", "slaat haar"),
        ("inbrek*", "de inbrekers", "inbrekers"),
        ("*pistool", "een gaspistool", "gaspistool"),
        ("slaat .. @familie", "hij slaat mijn moeder", "slaat … moeder"),
        ("heel? veel bloed", "veel bloed", "veel bloed"),
        ("(heel|erg)? veel bloed", "erg veel bloed", "erg veel bloed"),
        ("#weg", "file op de A27", "A27"),
        ("(het|is) .. niet", "het is echt niet", "het … niet"),
        ("weeën", "WEEEN", "WEEEN"),
        ("ademt niet", "ademt... niet", "ademt niet"),
        ("j'ai peur", "J’ai peur", "J ai peur"),
    ],
)
def test_a_line_and_what_it_finds(line: str, text: str, quoted: str | None) -> None:
    assert found(line, text) == quoted


def test_a_word_of_one_language_counts_only_in_that_language() -> None:
    assert found("~mes", "el mes pasado", main=False) is None
    assert found("~mes", "een mes", main=True) == "mes"


def test_an_unknown_group_is_named() -> None:
    with pytest.raises(ValueError, match="@buren"):
        phrases_of("idee", "slaat @buren", GROUPS)


def test_another_process_reads_the_same() -> None:
    """Sets of texts have another order in every process; what is found must not."""
    text = "Er zit een baby alleen in een auto, waarom komt er een agent niet?"
    code = f"from chalicelib.detection.reading import reading_of; print(reading_of({text!r}).ideas)"
    said = {
        subprocess.run(  # noqa: S603 - our own code
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in range(4)
    }
    assert len(said) == 1
