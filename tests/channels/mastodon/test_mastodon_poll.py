"""Reading Mastodon page by page, against the fake server."""

import json
from typing import Any

import pytest

from chalicelib.channels.contract import Raw
from chalicelib.channels.http import Http
from chalicelib.channels.mastodon.channel import Mastodon
from chalicelib.channels.offers import PolledPage
from chalicelib.domain.message import Parsed
from chalicelib.errors import ChannelThrottled, ChannelUnavailable
from infra.fakes.client import Fakes
from tests.channels.mastodon.refusals import SENDING
from tests.conftest import BEGIN


@pytest.fixture
def http(fakes: Fakes) -> Http:
    return Http({"mastodon": f"{fakes.url}/mastodon"}, timeout_seconds=1.0)


def read(http: Http, cursor: str | None) -> PolledPage:
    return Mastodon().fetch("mentions", cursor, SENDING.account, SENDING.secrets, http)


def parsed(page: PolledPage) -> Parsed:
    request = {"line": page.request}
    raw = Raw(body=page.body, received_at=BEGIN, transport="poll", request=request)
    return Mastodon().parse(raw, SENDING.account)


def ids(page: PolledPage) -> list[str]:
    return [message.external_id for message in parsed(page).messages]


def write(fakes: Fakes, count: int = 1, **more: Any) -> list[str]:
    post = {"account": "90", "author": "72", "text": "hallo", **more}
    return [fakes.post("mastodon", **post) for _ in range(count)]


def a_day_later(cursor: str) -> str:
    place = json.loads(cursor)
    return json.dumps({**place, "looked": place["looked"] - 90_000})


def test_the_first_time_one_page_is_enough(fakes: Fakes, http: Http) -> None:
    written = write(fakes, 100)
    page = read(http, None)
    assert (ids(page), page.more) == (written[:19:-1], False)


def test_a_backlog_is_read_to_its_end(fakes: Fakes, http: Http) -> None:
    cursor = read(http, None).cursor
    written = write(fakes, 100)
    first = read(http, cursor)
    second = read(http, first.cursor)
    last = read(http, second.cursor)
    assert [*ids(first)[::-1], *ids(second)[::-1]] == written
    assert (first.more, second.more, last.more, last.items) == (True, True, False, 0)


def test_nothing_new_is_an_empty_page_and_the_cursor_stays(fakes: Fakes, http: Http) -> None:
    write(fakes)
    first = read(http, None)
    second = read(http, first.cursor)
    assert second.items == 0
    assert json.loads(second.cursor)["min"] == json.loads(first.cursor)["min"]


def test_private_messages_come_in_the_same_list(fakes: Fakes, http: Http) -> None:
    write(fakes, where="direct")
    (message,) = parsed(read(http, None)).messages
    assert (message.kind, message.thread) == ("mention", None)


def test_what_was_edited_or_deleted_shows_within_a_day(fakes: Fakes, http: Http) -> None:
    edited, deleted, left = write(fakes, 3)
    cursor = read(http, None).cursor
    fakes.post("mastodon", edit_of=edited, text="nu goed")
    fakes.post("mastodon", delete=deleted)
    page = read(http, a_day_later(cursor))
    found = {one.external_id: one for one in parsed(page).messages}
    assert (found[edited].text, bool(found[edited].edited_at)) == ("nu goed", True)
    assert found[deleted].kind == "deleted"
    assert (found[left].kind, found[left].edited_at) == ("mention", None)
    assert page.more
    assert deleted not in json.loads(page.cursor)["recent"]


def test_a_round_takes_as_many_pages_as_it_needs(fakes: Fakes, http: Http) -> None:
    write(fakes, 45)
    cursor, asked = a_day_later(read(http, None).cursor), 0
    for _ in range(3):
        page = read(http, cursor)
        cursor, asked = page.cursor, asked + page.items
    assert asked == 45
    assert read(http, cursor).request.startswith("GET /api/v1/notifications")


def test_a_server_that_knows_no_rounds_is_read_on_all_the_same(fakes: Fakes, http: Http) -> None:
    write(fakes)
    cursor = a_day_later(read(http, None).cursor)
    fakes.fail(channel="mastodon", status=404, body={"error": "Not found"}, reads=True)
    page = read(http, cursor)
    assert (page.items, page.more) == (0, True)
    assert read(http, page.cursor).request.startswith("GET /api/v1/notifications")


@pytest.mark.parametrize("body", [{}, {"data": 5}, "<html>"])
def test_what_is_no_page_is_read_again(fakes: Fakes, http: Http, body: Any) -> None:
    fakes.fail(channel="mastodon", status=200, body=body, reads=True)
    with pytest.raises(ChannelUnavailable):
        read(http, None)


def test_too_fast_is_waited_out_to_the_second(fakes: Fakes, http: Http) -> None:
    fakes.fail(channel="mastodon", mode="throttle", retry_after=93, reads=True)
    with pytest.raises(ChannelThrottled) as caught:
        read(http, None)
    assert caught.value.retry_after.total_seconds() == pytest.approx(93, abs=1)


def test_with_nothing_left_the_next_look_is_at_the_reset(fakes: Fakes, http: Http) -> None:
    headers = {
        "Date": "Fri, 15 Jan 2027 08:00:00 GMT",
        "X-RateLimit-Remaining": "0",
        "X-RateLimit-Reset": "2027-01-15T08:01:10.000000Z",
    }
    fakes.fail(channel="mastodon", status=200, body=[], headers=headers, reads=True)
    assert read(http, None).pause.total_seconds() == 70
