"""Reading X through tweepy, page by page, against the fake platform."""

import json
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.channels.contract import AccountSettings, Raw, Secrets
from chalicelib.channels.http import Http
from chalicelib.channels.offers import PolledPage
from chalicelib.channels.x.channel import X
from chalicelib.channels.x.prices import microeuros
from chalicelib.errors import ChannelAccessLost, ChannelRefused, ChannelUnavailable
from infra.fakes.client import Fakes
from tests.conftest import BEGIN

OWN = "555000111"
SETTINGS = AccountSettings(account=OWN)
SECRETS = Secrets(current={"access_token": "sleutel"})


@pytest.fixture
def http(fakes: Fakes) -> Http:
    return Http({"x": f"{fakes.url}/x"}, timeout_seconds=1.0)


def read(http: Http, cursor: str | None, stream: str = "mentions") -> PolledPage:
    return X().fetch(stream, cursor, SETTINGS, SECRETS, http)


def look_for(http: Http, cursor: str | None, query: str = "brand zutphen") -> PolledPage:
    return X().search(query, cursor, SETTINGS, SECRETS, http)


def ids(page: PolledPage) -> list[str]:
    """What the parser finds in the very bytes of the page."""
    raw = Raw(body=page.body, received_at=BEGIN, transport="poll", request={"line": page.request})
    return [message.external_id for message in X().parse(raw, SETTINGS).messages]


def since(page: PolledPage) -> str:
    return str(json.loads(page.cursor)["since"])


def write(fakes: Fakes, count: int, **more: Any) -> list[str]:
    post = {"account": OWN, "author": "660001", "text": "@PolVoorbeeld hallo", **more}
    return [fakes.post("x", **post) for _ in range(count)]


def test_the_first_time_one_page_is_enough(fakes: Fakes, http: Http) -> None:
    written = write(fakes, 130)
    page = read(http, None)
    assert ids(page) == written[:29:-1]
    assert (page.more, page.items, since(page)) == (False, 100, written[-1])


def test_afterwards_all_pages_are_read_before_the_mark_moves(fakes: Fakes, http: Http) -> None:
    (mark,) = write(fakes, 1)
    cursor = read(http, None).cursor
    written = write(fakes, 130)
    first = read(http, cursor)
    assert first.more
    assert json.loads(first.cursor)["since"] == mark
    late = write(fakes, 1)  # written while we were reading: for the next round
    second = read(http, first.cursor)
    assert ids(first) + ids(second) == written[::-1]
    assert (second.more, since(second)) == (False, written[-1])
    assert ids(read(http, second.cursor)) == late


def test_the_same_cursor_gives_the_same_page(fakes: Fakes, http: Http) -> None:
    write(fakes, 3)
    cursor = json.dumps({})
    assert ids(read(http, cursor)) == ids(read(http, cursor))


def test_an_empty_page_moves_nothing(fakes: Fakes, http: Http) -> None:
    (mark,) = write(fakes, 1)
    page = read(http, json.dumps({"since": mark}))
    assert (page.items, page.microeuros, since(page)) == (0, 0, mark)


def test_a_token_that_is_too_old_begins_the_round_again(fakes: Fakes, http: Http) -> None:
    written = write(fakes, 2)
    page = read(http, json.dumps({"since": written[0], "newest": "9", "token": "verlopen"}))
    assert ids(page) == written[1:]
    assert (since(page), page.more) == (written[1], False)


def test_a_mark_that_is_too_old_begins_anew(fakes: Fakes, http: Http) -> None:
    written = write(fakes, 2, account="", where="search", text="Brand in Zutphen!")
    fakes.fail(channel="x", status=400, body={"title": "Invalid Request"}, reads=True)
    assert ids(look_for(http, json.dumps({"since": "5"}))) == written[::-1]


def test_a_refusal_that_stays_is_an_error(fakes: Fakes, http: Http) -> None:
    fakes.fail(channel="x", status=400, body={"title": "Invalid Request"}, reads=True, times=2)
    with pytest.raises(ChannelRefused):
        read(http, json.dumps({"since": "5"}))


def test_once_a_day_what_we_know_is_looked_up_for_what_was_taken_back(
    fakes: Fakes, http: Http
) -> None:
    kept, gone, edited = write(fakes, 3)
    place = json.loads(read(http, None).cursor)
    assert place["recent"] == [edited, gone, kept]
    fakes.post("x", delete=gone)
    yesterday = json.dumps({**place, "looked": place["read"] - 25 * 3600})
    page = read(http, yesterday)
    raw = Raw(body=page.body, received_at=BEGIN, transport="poll", request={"line": page.request})
    found = {one.external_id: one.kind for one in X().parse(raw, SETTINGS).messages}
    assert found == {kept: "mention", edited: "mention", gone: "deleted"}
    assert (page.items, page.more, page.microeuros) == (1, True, 2 * 4600)
    after = json.loads(page.cursor)
    assert (after["recent"], after["since"]) == ([edited, kept], edited)
    assert read(http, page.cursor).request == "GET /2/users/555000111/mentions"


def test_how_often_is_a_setting(fakes: Fakes, http: Http) -> None:
    write(fakes, 1)
    place = json.loads(read(http, None).cursor)
    cursor = json.dumps({**place, "looked": place["read"] - 2 * 3600})
    hourly = AccountSettings(account=OWN, settings={"look_up_hours": "1"})
    assert X().fetch("mentions", cursor, hourly, SECRETS, http).request.startswith("GET /2/tweets?")
    assert read(http, cursor).request.startswith("GET /2/users")


def test_a_search_finds_what_has_all_its_words(fakes: Fakes, http: Http) -> None:
    hits = write(fakes, 2, account="", where="search", text="Brand in Zutphen!")
    write(fakes, 1, account="", where="search", text="Brand in Deventer!")
    page = look_for(http, None)
    assert ids(page) == hits[::-1]
    assert page.request == "GET /2/tweets/search/recent"


@pytest.mark.parametrize("body", ["<html>", {"data": []}, {"meta": 5}])
def test_what_is_no_page_is_read_again(fakes: Fakes, http: Http, body: Any) -> None:
    fakes.fail(channel="x", status=200, body=body, reads=True)
    with pytest.raises(ChannelUnavailable):
        read(http, None)


def test_without_a_token_nothing_is_asked(http: Http) -> None:
    with pytest.raises(ChannelAccessLost):
        X().fetch("mentions", None, SETTINGS, Secrets(current={}), http)


def test_what_there_is_to_read() -> None:
    assert [stream.use for stream in X().streams(SETTINGS)] == ["answer"]
    (only,) = X().streams(AccountSettings(account=OWN, settings={"poll_seconds": "straks"}))
    assert (only.name, only.every, only.priced) == ("mentions", timedelta(minutes=1), True)


@pytest.mark.parametrize(
    ("settings", "cost"),
    [
        ({}, 2 * 4600 + 9200),
        ({"usd_per_post": "0.001", "usd_per_user": "0", "euros_per_usd": "1"}, 2000),
        ({"usd_per_post": "gratis"}, 2 * 4600 + 9200),
    ],
)
def test_a_page_costs_its_posts_and_their_writers(settings: dict[str, str], cost: int) -> None:
    page = {"data": [{"id": "1"}, {"id": "2"}], "includes": {"users": [{"id": "660001"}]}}
    assert microeuros(page, AccountSettings(account=OWN, settings=settings)) == cost
