"""What a search finds: counted by hour and day, exactly once, without a list of writers."""

import json
import random
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.detection.heard_words import links_of, words_of
from chalicelib.detection.listening_words import dangers_in
from chalicelib.detection.tone import tone_of
from chalicelib.domain.feed import FeedSum, rising
from chalicelib.domain.listening import Step
from chalicelib.domain.query import holds
from chalicelib.domain.sketch import EMPTY, estimated, mark_of, sketched, together
from chalicelib.flows.desk.viewing import view_queue
from chalicelib.flows.figures.counting import count_day
from chalicelib.flows.listening import feeds
from chalicelib.flows.listening.counting_heard import count_heard
from chalicelib.flows.listening.feeds import FeedView
from chalicelib.store import cursors, keys, searches
from chalicelib.store.feeds import sums as sums_of
from chalicelib.store.table import Key
from tests.conftest import SANNE, Town, X
from tests.flows.test_polling import open_account
from tests.listening.searches import listening_for


def posted(town: Town, text: str, author: str, **more: Any) -> str:
    at = town.clock.at.timestamp()
    where = {"account": "", "where": "search"}
    return town.fakes.post("x", author=author, text=text, at=at, **where, **more)


def feed(town: Town, search: str = "s1", hours: int = 1) -> FeedView:
    count_heard(town.services)
    return feeds.view_feed(town.services, SANNE, search, hours)


def test_a_feed_counts_messages_and_writers_and_nothing_waits_that_does_not_press(
    town: Town,
) -> None:
    open_account(town, euros_per_month="100")
    listening_for(town, "kermis zutphen")
    for author in ("661", "662", "662"):
        posted(town, "Gezellig op de kermis in Zutphen! https://nieuws.example/foto", author)
    posted(town, "kermis in Deventer", "663")
    town.sweep()
    town.sweep()
    view = feed(town)
    assert (view.volume, view.writers) == (3, 2)
    assert view.by("link") == {"nieuws.example": 3}
    assert view.by("tone") == {"positive": 3}
    assert view.by("word")["kermis"] == 2  # writers, not messages
    assert len(view.newest) == 3
    assert view_queue(town.services, SANNE).rows == []


def test_what_presses_waits_for_a_person_too(town: Town) -> None:
    open_account(town)
    listening_for(town, "brand zutphen")
    posted(town, "Brand in Zutphen, er zit nog een kind binnen! Help!", "661")
    town.sweep()
    assert feed(town).volume == 1
    assert [row.emergency for row in view_queue(town.services, SANNE).rows] == [True]


def test_what_two_searches_find_is_in_both_feeds_and_taken_in_once(town: Town) -> None:
    open_account(town, euros_per_month="100")
    listening_for(town, "kermis zutphen")
    listening_for(town, "drukte zutphen", name="s2")
    posted(town, "Drukte op de kermis in Zutphen", "661")
    town.sweep()
    assert (feed(town).volume, feed(town, "s2").volume) == (1, 1)


def test_what_is_taken_back_is_counted_no_more(town: Town) -> None:
    open_account(town, euros_per_month="100")
    listening_for(town, "kermis zutphen")
    first = posted(town, "De kermis in Zutphen", "661")
    town.sweep()
    assert feed(town).volume == 1
    town.fakes.post("x", delete=first)
    a_day_passes(town, keys.cursor("x", X, "search-s1-0"))
    town.clock.forward(seconds=61)
    town.sweep()
    assert feed(town).volume == 0


def test_what_came_while_nothing_was_counted_is_counted_at_night(town: Town) -> None:
    open_account(town, euros_per_month="100")
    search = listening_for(town, "kermis zutphen")
    posted(town, "De kermis in Zutphen", "661")
    town.sweep()
    day = town.services.now()[:10]
    after = replace(search, state="ended", number=2)
    step = Step(what="ended", by=SANNE.id, name=SANNE.name, at=town.services.now(), search=after)
    town.services.table.write(*searches.taken(search, step))
    town.clock.forward(hours=30)
    found = town.services.now()
    count_heard(town.services)
    assert sums_of(town.services.table, "day", "s1", (day, day), found) == {}
    for _ in range(2):
        count_day(town.services, day)
    assert sums_of(town.services.table, "day", "s1", (day, day), found)[day].counts["volume"] == 1


def a_day_passes(town: Town, key: Key) -> None:
    """By the platform's own clock, which says when known posts are looked up again."""
    before = cursors.find(town.services.table, key, town.services.now())
    assert before
    place = json.loads(before.cursor or "")
    aged = replace(before, cursor=json.dumps({**place, "looked": place["looked"] - 25 * 3600}))
    town.services.table.write(cursors.saved(before, aged, town.services.now()))


def test_danger_in_what_is_written_to_us_is_a_feed_of_its_own(town: Town) -> None:
    town.whatsapp("er is een bom geplaatst op het plein")
    town.work()
    count_heard(town.services)
    sums = feeds.stretched(town.services, "canary", 1)
    assert (sums[0].counts["volume"], sums[0].counts["word/bomb"]) == (1, 1)
    assert dangers_in("de agent is niet dood, wel bang") == ["threat_to_us"]  # it reads no sense


@pytest.mark.parametrize("people", [0, 1, 40, 500, 3_000, 60_000])
def test_people_are_counted_within_a_tenth_without_a_list(people: int) -> None:
    marks = [mark_of(f"x#{number}", "s1") for number in range(people)]
    assert abs(estimated(sketched([*marks, *marks])) - people) <= 0.1 * people
    assert estimated(together([sketched(marks), sketched(marks[:10]), EMPTY])) == estimated(
        sketched(marks)
    )


def test_a_mark_says_not_who_it_is() -> None:
    seen = Counter(mark_of(f"x#{number}", "s1") for number in range(50_000))
    assert seen.most_common(1)[0][1] > 20  # many share one
    assert mark_of("x#1", "s1") != mark_of("x#1", "s2")  # and nobody is followed across searches


def test_a_word_rises_when_chance_does_not_explain_it() -> None:
    dice = random.Random(4)
    usual = {f"word/w{dice.randrange(40)}": dice.randrange(20, 60) for _ in range(40)}
    before = FeedSum(counts={"volume": 1_000, **usual})
    quiet = {name: round(n / 10) for name, n in usual.items()}
    now = FeedSum(counts={"volume": 100, **quiet, "word/vuurwerkbom": 12, "word/mijnnaam": 2})
    assert [one.word for one in rising(now, before)] == ["vuurwerkbom"]


def test_no_name_handle_or_address_is_kept_of_what_was_heard() -> None:
    text = (
        "@piet_88 kijk: Jan de Vries filmt de brand! https://www.nieuws.example/jan?u=3 0612345678"
    )
    assert words_of(text) == ("kijk", "filmt", "brand")
    assert links_of(text) == ("nieuws.example",)


def test_words_of_a_line_must_all_occur_and_phrases_as_they_are() -> None:
    assert holds("Grote brand bij de haven", ["brand haven"])
    assert not holds("Grote brand", ["brand haven", '"kleine brand"'])
    assert holds("Wat een KLEINE  brand".replace("  ", " "), ['"kleine brand"'])


@pytest.mark.parametrize(
    ("text", "tone"),
    [("wat ben ik boos", "negative"), ("niet goed", "negative"), ("dank jullie wel!", "positive"),
     ("de brug is dicht", "neutral")],
)  # fmt: skip
def test_the_tone_by_words(text: str, tone: str) -> None:
    assert tone_of(text) == tone
