"""The search index, on every engine that we have."""

from collections.abc import Callable

from chalicelib.domain.search import Hit
from chalicelib.store import search
from chalicelib.store.table import Table

NOW = "2026-11-21T20:00:00.000Z"


def said(table: Table, at: str, text: str, id_: str = "m1", subject: str = "s1") -> None:
    search.indexed(table, Hit(at=at, subject=subject, message=id_), text, "whatsapp")


def found(
    table: Table, words: str, *, months: int = 3, in_time: Callable[[], bool] = lambda: True
) -> list[str]:
    asked = search.asked_in(words)
    hits = search.found(table, asked, NOW, months=months, limit=10, in_time=in_time)
    return [hit.message for hit in hits.hits]


def test_all_words_must_stand_in_it_newest_first(table: Table) -> None:
    said(table, "2026-11-20T10:00:00.000Z", "Mijn rode fiets is gestolen in Hengelo", "a1")
    said(table, "2026-11-21T10:00:00.000Z", "De fiets in Hengelo is terug", "a2")
    said(table, "2026-09-21T10:00:00.000Z", "Een fiets in Hengelo", "a3")
    assert found(table, "FIETS hengelo") == ["a2", "a1", "a3"]
    assert found(table, "fiets rode") == ["a1"]
    assert found(table, "fiets", months=1) == ["a2", "a1"]


def test_a_number_is_found_however_it_is_written(table: Table) -> None:
    said(table, "2026-11-20T10:00:00.000Z", "Bel me op 06-98 76 54 32", "b1")
    assert found(table, "0698765432") == ["b1"]
    assert found(table, "06 9876 5432") == ["b1"]


def test_accents_and_capitals_are_no_difference(table: Table) -> None:
    said(table, "2026-11-20T10:00:00.000Z", "Café De Zwaan, Çağlar", "c1")
    assert found(table, "cafe caglar") == ["c1"]


def test_what_has_ended_is_not_found(table: Table) -> None:
    search.indexed(
        table, Hit(at="2026-10-01T10:00:00.000Z", subject="s", message="d1"), "zeldzaam", "youtube"
    )
    assert found(table, "zeldzaam") == []


def test_when_time_runs_out_it_says_how_far_it_came(table: Table) -> None:
    said(table, "2026-11-20T10:00:00.000Z", "tijdgebrek", "e1")
    once = iter([True, False, False])
    hits = search.found(table, ["tijdgebrek"], NOW, months=3, limit=10, in_time=lambda: next(once))
    assert [hit.message for hit in hits.hits] == ["e1"]
    assert hits.until == "2026-10"


def test_a_question_of_common_words_only_is_none() -> None:
    assert search.asked_in("ik heb de in") == []
