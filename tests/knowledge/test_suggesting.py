"""How suggestions are ordered: by words, by meaning, and by what agents did."""

from dataclasses import replace

from chalicelib.detection.meaning import packed
from chalicelib.knowledge.article_meanings import asked, packaged
from chalicelib.knowledge.suggesting import WITH_MEANING, Asked, Candidate, chance, fits, suggested
from infra.benchmarks.suggestions import FILE, baseline, counted, rank, read

BIKE = Candidate(id="b", source="article", title="Fiets gestolen", text="x", asked=("fiets weg",))
FINE = Candidate(id="f", source="article", title="Boete betalen", text="y", asked=("bekeuring",))


def order(one: Asked, *candidates: Candidate) -> list[str]:
    return [found.id for found, _ in fits(one, candidates)]


def test_words_in_common_decide_without_an_encoder() -> None:
    assert order(Asked(text="mijn fiets is gestolen"), FINE, BIKE)[0] == "b"
    assert order(Asked(text="een boete"), FINE, BIKE)[0] == "f"


def test_meaning_finds_what_shares_no_word() -> None:
    near, far = packed([1.0, 0.1]), packed([0.0, 1.0])
    bike = replace(BIKE, meanings=(near, near))
    fine = replace(FINE, meanings=(far, far))
    assert order(Asked(text="tweewieler", meaning=packed([1.0, 0.0])), fine, bike)[0] == "b"


def test_what_is_taken_rises_and_what_is_rejected_sinks() -> None:
    liked, disliked = replace(BIKE, id="l", taken=8), replace(BIKE, id="d", rejected=8)
    assert order(Asked(text="fiets"), disliked, replace(BIKE, id="n"), liked) == ["l", "n", "d"]
    assert order(Asked(text="boete"), disliked, FINE)[0] == "f", "liking alone brings nothing up"


def test_a_guess_is_not_shown() -> None:
    assert suggested(Asked(text="zzz"), [BIKE, FINE]) == []
    assert chance(20, WITH_MEANING) > 0.99


def test_words_alone_beat_the_baseline_on_the_questions_kept_apart() -> None:
    cases = [case for case in (read(line, None) for line in lines()) if case.set == "apart"]
    ours = counted(cases, lambda case: rank(asked(case.text, None), packaged()))
    theirs = counted(cases, lambda case: baseline(case.text, packaged()))
    assert len(cases) == 100
    assert ours["recall_at_3"] >= theirs["recall_at_3"] + 0.15


def lines() -> list[str]:
    return FILE.read_text("utf-8").splitlines()
