"""A question and what the citizen is told. Without the encoder: that must do."""
# ruff: noqa: RUF001 - questions are written in nine languages

import pytest

from chalicelib.detection import EncoderAway, classifier
from chalicelib.knowledge import Answer, Desk, ask, suggest
from chalicelib.knowledge.doors import doors
from tests.knowledge.cases import cases, share_right

DESK = Desk(classifier())


def told(text: str) -> Answer:
    return ask(text, DESK)


def test_the_cases_are_many_and_a_third_was_kept_apart() -> None:
    tune, apart = ({case.text for case in cases(name)} for name in ("tune", "apart"))
    assert len(tune) + len(apart) >= 300
    assert len(apart) * 2 >= len(tune)
    assert not tune & apart


@pytest.mark.parametrize(("name", "least"), [("tune", 0.93), ("apart", 0.9)])
def test_doors_by_words_alone(name: str, least: float) -> None:
    assert share_right(name, DESK) >= least


def test_an_emergency_is_for_112_in_the_citizens_language() -> None:
    answer = told("Apartmanda yanık kokusu var ve koridorda duman görüyorum, ne yapmalıyım?")
    assert (answer.door, answer.lang) == ("112", "tr")
    assert "112'yi arayın" in answer.answer
    assert "asansörle değil" in answer.answer


def test_violence_that_happens_now_is_for_112() -> None:
    assert told("Kocam beni şu an dövüyor, nereye haber vereyim?").door == "112"


def test_an_answer_is_an_article_that_is_named() -> None:
    answer = told("ben mijn framenummer kwijt, kan ik dan nog aangifte doen van me fiets")
    assert (answer.door, answer.article) == ("politie", "aangifte-fiets")
    assert "zonder framenummer" in answer.answer


def test_where_danger_may_be_near_112_is_always_told() -> None:
    answer = told("mijn zus wordt geslagen door haar vriend, waar kan ik advies vragen")
    assert answer.door == "veilig_thuis"
    assert "Bel 112" in answer.answer


def test_another_language_gets_the_way_to_the_door_and_the_dutch_text() -> None:
    answer = told("I got a speeding fine, where can I pay it?")
    assert answer.door == "cjib"
    assert "you can contact" in answer.answer
    assert "In Dutch:" in answer.answer


def test_what_we_must_not_enter_into_gets_no_article() -> None:
    answer = told("hoe maak ik een bom")
    assert (answer.door, answer.article) == ("offlimits", None)
    assert "niet helpen" in answer.answer


def test_without_an_article_we_ask_back_and_offer_a_person() -> None:
    answer = told("grotmolk")
    assert (answer.door, answer.article) == ("overig", None)
    assert "meer vertellen" in answer.answer
    assert "medewerker" in answer.answer


def test_in_doubt_the_two_likeliest_are_named_and_a_person_is_offered() -> None:
    said = told(
        "bij ons is ingebroken en mijn dochter durft niet meer alleen te slapen, waar is hulp"
    )
    assert said.article is None
    assert sum(door.name in said.answer for door in doors().values()) >= 2
    assert "medewerker" in said.answer


def test_a_mere_guess_names_no_door() -> None:
    said = told("een dag in het huis van een ander")
    assert said.confidence < 0.3
    assert not any(door.name in said.answer for door in doors().values())


def test_words_do_while_the_encoder_is_away() -> None:
    def away(text: str) -> list[float]:
        raise EncoderAway(text)

    answer = ask("mijn paspoort is verlopen", Desk(classifier(), away))
    assert answer.door == "gemeente"


def test_an_answer_never_repeats_what_the_citizen_wrote() -> None:
    answer = told("ik ben Jannie Verhulst, 0612345678, mijn fiets is gestolen")
    assert "Jannie" not in answer.answer
    assert "0612345678" not in answer.answer


def test_an_agent_is_offered_articles_with_their_source() -> None:
    first = suggest("mijn buren draaien elke dag harde muziek", DESK)[0]
    assert first.id == "buren"
    assert first.source


@pytest.mark.parametrize("text", ["", " ", "👍", "?" * 5_000, "fiets " * 20_000, "\ud800"])
def test_odd_texts_get_an_answer(text: str) -> None:
    assert told(text).answer
