"""What an editor can break is told here: doors, articles, signs, words and fixed sentences."""

import re
import tomllib
from importlib.resources import files
from typing import get_args

import pytest

from chalicelib.detection.lexicon import LANGUAGES
from chalicelib.domain.assessment import Topic
from chalicelib.knowledge.articles import Article, articles
from chalicelib.knowledge.doors import DOOR_CODES, WITHOUT_ADDRESS, doors
from chalicelib.knowledge.ideas import finder
from chalicelib.knowledge.learned import layer
from chalicelib.knowledge.signs import signs
from chalicelib.knowledge.texts import say, spoken, texts

LONGEST_SENTENCE = 25
MOST_WORDS_A_SENTENCE = 13
"""On average: what reads at B1."""

EMERGENCIES = {"#spoed_regels", "#spoed_model"}


def words_of(code: str) -> set[str]:
    file = files("chalicelib.knowledge") / "words" / f"{code}.toml"
    return set(tomllib.loads(file.read_text("utf-8")))


def test_every_door_has_an_address_a_source_and_a_review() -> None:
    assert set(doors()) == set(DOOR_CODES) - WITHOUT_ADDRESS
    assert all(
        door.source and door.reviewed and door.phone and door.web for door in doors().values()
    )


def test_every_door_but_what_we_refuse_has_an_article() -> None:
    assert {article.door for article in articles()} == set(DOOR_CODES) - {"offlimits"}


def test_no_two_articles_share_an_id() -> None:
    names = [article.id for article in articles()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("article", articles(), ids=lambda article: article.id)
def test_an_article_has_its_facts_and_reads_at_b1(article: Article) -> None:
    assert article.owner
    assert article.source
    assert article.reviewed
    lengths = [len(one.split()) for one in re.split(r"[.?!:]\s", article.text)]
    assert max(lengths) <= LONGEST_SENTENCE
    assert sum(lengths) / len(lengths) <= MOST_WORDS_A_SENTENCE


def test_signs_name_ideas_that_exist() -> None:
    known = words_of("nl") | EMERGENCIES | {f"#{topic}" for topic in get_args(Topic)}
    for sign in signs():
        assert sign.unless <= known
        assert all(need <= known for need in sign.needs), sign


@pytest.mark.parametrize("code", LANGUAGES)
def test_words_of_a_language_can_be_read_and_belong_to_an_idea(code: str) -> None:
    assert words_of(code) <= words_of("nl")
    assert finder(code).starts


def test_articles_name_ideas_that_exist() -> None:
    assert all(article.ideas <= words_of("nl") for article in articles())


def test_the_fixed_sentences_are_there_in_all_nine_languages() -> None:
    assert set(texts()) == set(LANGUAGES)
    for code in LANGUAGES:
        assert texts()[code].keys() == texts()["nl"].keys()
        assert "112" in say(code, "emergency")
        assert "112" in say(code, "danger")
        assert "0800" in say(code, "point", name="x", phone="0800", web="y")


def test_an_unknown_language_gets_english_and_no_language_dutch() -> None:
    assert (spoken("ru"), spoken("und"), spoken("tr")) == ("en", "nl", "tr")


def test_what_was_learned_is_of_doors_that_exist() -> None:
    held = layer()
    assert set(held.out) == set(held.without.beside) == set(DOOR_CODES)
    assert {len(row) for row in held.words.values()} == {1 + len(DOOR_CODES)}
