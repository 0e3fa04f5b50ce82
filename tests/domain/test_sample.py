"""Who is drawn, and what a judgement counts for."""

from chalicelib.domain.assessment import Assessment, Finding
from chalicelib.domain.sample import Place, Sizes, counted, doubt, drawn


def place(number: str, *, raised: bool = False, doubtful: int = 0) -> Place:
    return Place(number=number, raised=raised, doubt=doubtful, subject="s", message_sk=number)


def said(*findings: tuple[str, str, float]) -> Assessment:
    return Assessment(
        emergency=False,
        urgency="later",
        kind="vraag",
        topic="anders",
        lang="nl",
        findings=tuple(
            Finding(name=name, value=value, score=score, because="daarom")
            for name, value, score in findings
        ),
        version="test",
    )


def test_the_lowest_numbers_are_drawn_whatever_order_they_come_in() -> None:
    places = [place(f"{number:02}", raised=number % 5 == 0) for number in range(40)]
    sizes = Sizes(low=3, raised=2, doubted=0)
    chosen = [one.number for one, _ in drawn(places[::-1], sizes)]
    assert chosen == ["01", "02", "03", "00", "05"]


def test_what_detection_doubted_most_comes_along_once() -> None:
    places = [place("1", doubtful=900), place("2", doubtful=10), place("3"), place("4", doubtful=5)]
    chosen = drawn(places, Sizes(low=1, raised=0, doubted=2))
    assert [(one.number, source) for one, source in chosen] == [
        ("1", "sample"),
        ("2", "uncertain"),
        ("4", "uncertain"),
    ]


def test_a_day_without_messages_draws_nothing() -> None:
    assert drawn([], Sizes()) == []


def test_doubt_is_most_where_a_person_is_asked_and_grows_towards_the_threshold() -> None:
    assert doubt(said(("unsure", "mens", 0.2))) == 999
    calm, near = said(("model", "geen_spoed", 0.99)), said(("model", "geen_spoed", 0.7))
    assert 0 < doubt(calm) < doubt(near) < 999
    assert doubt(said(("brand", "spoed", 0.9))) == 0


def test_who_cannot_tell_counts_for_nothing() -> None:
    assert counted(None, raised=True) == {}
    assert counted("spoed", raised=False) == {"judged_low": 1, "missed": 1}
    assert counted("nu", raised=True) == {"judged_raised": 1, "confirmed": 0}
