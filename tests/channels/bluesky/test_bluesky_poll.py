"""Reading Bluesky page by page, against the fake platform."""

import json
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.channels.bluesky.channel import Bluesky
from chalicelib.channels.contract import Raw
from chalicelib.channels.http import Http
from chalicelib.channels.offers import PolledPage
from chalicelib.domain.message import Parsed
from chalicelib.errors import ChannelThrottled, ChannelUnavailable
from infra.fakes.client import Fakes
from tests.channels.bluesky.refusals import CITIZEN, SENDING
from tests.conftest import BEGIN

OWN = SENDING.account.account


@pytest.fixture
def http(fakes: Fakes) -> Http:
    return Http({"bluesky": f"{fakes.url}/bluesky"}, timeout_seconds=1.0)


def read(http: Http, cursor: str | None, stream: str = "mentions") -> PolledPage:
    return Bluesky().fetch(stream, cursor, SENDING.account, SENDING.secrets, http)


def parsed(page: PolledPage) -> Parsed:
    request = {"line": page.request}
    raw = Raw(body=page.body, received_at=BEGIN, transport="poll", request=request)
    return Bluesky().parse(raw, SENDING.account)


def ids(page: PolledPage) -> list[str]:
    return [message.external_id.rpartition("/")[2] for message in parsed(page).messages]


def write(fakes: Fakes, count: int = 1, since: float = 0, **more: Any) -> list[str]:
    post = {"account": OWN, "author": CITIZEN, "text": "hallo", **more}
    return [fakes.post("bluesky", at=1_800_000_000 + since + i, **post) for i in range(count)]


def test_the_first_time_one_page_is_enough(fakes: Fakes, http: Http) -> None:
    written = write(fakes, 120)
    page = read(http, None)
    assert (ids(page), page.more) == (written[:19:-1], False)


def test_older_pages_are_read_until_something_that_is_known(fakes: Fakes, http: Http) -> None:
    write(fakes)
    cursor = read(http, None).cursor
    written = write(fakes, 150, since=10)
    first = read(http, cursor)
    second = read(http, first.cursor)
    assert (first.more, second.more) == (True, False)
    assert [*ids(first), *ids(second)][:150] == written[::-1]


def test_a_page_with_nothing_new_is_not_kept(fakes: Fakes, http: Http) -> None:
    write(fakes, 3)
    cursor = read(http, None).cursor
    assert read(http, cursor).items == 0
    write(fakes, since=2)  # in the same moment as the last one
    assert read(http, cursor).items == 1


def test_what_was_deleted_shows_within_a_day(fakes: Fakes, http: Http) -> None:
    deleted, left = write(fakes, 2)
    place = json.loads(read(http, None).cursor)
    fakes.post("bluesky", delete=deleted)
    page = read(http, json.dumps({**place, "looked": place["looked"] - 90_000}))
    found = parsed(page)
    assert [(one.kind, one.external_id.endswith(deleted)) for one in found.messages] == [
        ("deleted", True)
    ]
    assert (found.ignored, page.items, page.more) == (1, 1, True)
    assert [uri.rpartition("/")[2] for uri in json.loads(page.cursor)["recent"]] == [left]


def test_private_messages_are_a_stream_of_their_own(fakes: Fakes, http: Http) -> None:
    private = replace(SENDING.account, settings={"private": "ja"})
    assert [one.name for one in Bluesky().streams(SENDING.account)] == ["mentions"]
    assert [one.name for one in Bluesky().streams(private)] == ["mentions", "private"]
    first = write(fakes, where="private")
    page = read(http, None, "private")
    second = write(fakes, where="private")
    after = read(http, page.cursor, "private")
    assert (ids(page), ids(after)) == (first, second)
    assert read(http, after.cursor, "private").items == 0


@pytest.mark.parametrize("body", [{}, {"notifications": 5}, [], "<html>"])
def test_what_is_no_page_is_read_again(fakes: Fakes, http: Http, body: Any) -> None:
    fakes.fail(channel="bluesky", status=200, body=body, reads=True)
    with pytest.raises(ChannelUnavailable):
        read(http, None)


def test_too_fast_is_waited_out_to_the_second(fakes: Fakes, http: Http) -> None:
    fakes.fail(channel="bluesky", mode="throttle", retry_after=93, reads=True)
    with pytest.raises(ChannelThrottled) as caught:
        read(http, None)
    assert caught.value.retry_after.total_seconds() == pytest.approx(93, abs=1)


def test_with_nothing_left_the_next_look_is_at_the_reset(fakes: Fakes, http: Http) -> None:
    headers = {
        "Date": "Fri, 15 Jan 2027 08:00:00 GMT",
        "RateLimit-Remaining": "0",
        "RateLimit-Reset": "1800000070",
    }
    body: dict[str, Any] = {"notifications": []}
    fakes.fail(channel="bluesky", status=200, body=body, headers=headers, reads=True)
    assert read(http, None).pause.total_seconds() == 70
