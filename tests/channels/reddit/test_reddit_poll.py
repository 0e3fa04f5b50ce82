"""Reading Reddit through praw, page by page, against the fake platform."""

import json
import time
from typing import Any

import pytest

from chalicelib.channels.contract import AccountSettings, Raw, Secrets
from chalicelib.channels.http import Http
from chalicelib.channels.offers import PolledPage
from chalicelib.channels.reddit.channel import Reddit
from chalicelib.errors import ChannelAccessLost, ChannelUnavailable, OutcomeUnknown
from infra.fakes.client import Fakes
from tests.conftest import BEGIN

OWN = "PolVoorbeeld"
SETTINGS = AccountSettings(account=OWN, settings={"subreddit": "zutphen"})
SECRETS = Secrets(current={"client_id": "c", "client_secret": "s", "password": "p"})


@pytest.fixture
def http(fakes: Fakes) -> Http:
    return Http({"reddit": f"{fakes.url}/reddit"}, timeout_seconds=1.0)


def read(http: Http, cursor: str | None, stream: str = "inbox") -> PolledPage:
    return Reddit().fetch(stream, cursor, SETTINGS, SECRETS, http)


def ids(page: PolledPage) -> list[str]:
    raw = Raw(body=page.body, received_at=BEGIN, transport="poll")
    return [message.external_id for message in Reddit().parse(raw, SETTINGS).messages]


def write(fakes: Fakes, count: int, **more: Any) -> list[str]:
    post = {"account": OWN, "author": "t2_s1", "text": "hallo", "where": "inbox", **more}
    return [f"t4_{fakes.post('reddit', **post)}" for _ in range(count)]


def test_the_first_time_one_page_is_enough(fakes: Fakes, http: Http) -> None:
    written = write(fakes, 120)
    page = read(http, None)
    assert (ids(page), page.more) == (written[:19:-1], False)


def test_older_pages_are_read_until_something_that_is_known(fakes: Fakes, http: Http) -> None:
    write(fakes, 1)
    cursor = json.dumps({**json.loads(read(http, None).cursor), "round": 0})
    written = write(fakes, 150)
    first = read(http, cursor)
    second = read(http, first.cursor)
    assert (first.more, second.more) == (True, False)
    assert [*ids(first), *ids(second)][:150] == written[::-1]


def test_between_full_rounds_only_what_is_newer_is_asked(fakes: Fakes, http: Http) -> None:
    write(fakes, 3)
    cursor = read(http, None).cursor
    newer = write(fakes, 1)
    assert ids(read(http, cursor)) == newer


def test_a_full_round_finds_what_a_deleted_mark_hides(fakes: Fakes, http: Http) -> None:
    write(fakes, 1)
    place = json.loads(read(http, None).cursor)
    place["known"][0] = "t4_weg"  # Reddit lists nothing after an id that is gone
    hidden = write(fakes, 1)
    assert ids(read(http, json.dumps({**place, "round": 9}))) == []
    assert hidden[0] in ids(read(http, json.dumps({**place, "round": 10})))


def test_what_is_written_in_a_subreddit_is_listening() -> None:
    uses = {stream.name: stream.use for stream in Reddit().streams(SETTINGS)}
    assert uses == {
        "inbox": "answer",
        "mentions": "answer",
        "comments": "listen",
        "submissions": "listen",
    }
    assert not any(stream.priced for stream in Reddit().streams(SETTINGS))


def test_submissions_are_read_with_title_and_text(fakes: Fakes, http: Http) -> None:
    write(fakes, 1, where="submissions", text="Sirenes\nWat is er aan de hand?")
    page = read(http, None, "submissions")
    assert page.request == "GET /r/zutphen/new"
    raw = Raw(body=page.body, received_at=BEGIN, transport="poll")
    (one,) = Reddit().parse(raw, SETTINGS).messages
    assert (one.kind, one.text) == ("mention", "Sirenes\n\nWat is er aan de hand?")
    assert one.external_id.startswith("t3_")


def test_comments_are_read_where_they_stand(fakes: Fakes, http: Http) -> None:
    write(fakes, 1, where="comments", thread="t3_q1")
    page = read(http, None, "comments")
    assert (page.request, page.items) == ("GET /r/zutphen/comments", 1)


@pytest.mark.parametrize(
    ("body", "expected"), [("<html>", OutcomeUnknown), ({"data": 5}, ChannelUnavailable)]
)
def test_what_is_no_page_is_read_again(
    fakes: Fakes, http: Http, body: Any, expected: type[Exception]
) -> None:
    fakes.fail(channel="reddit", status=200, body=body, reads=True)
    with pytest.raises(expected):
        read(http, None)


def test_a_refused_password_is_lost_access(http: Http) -> None:
    wrong = Secrets(current={"client_id": "c", "client_secret": "s", "password": "verlopen"})
    with pytest.raises(ChannelAccessLost):
        Reddit().fetch("inbox", None, SETTINGS, wrong, http)


def test_praw_never_sleeps_over_its_own_count(fakes: Fakes, http: Http) -> None:
    """With nothing left, praw would wait for the reset; we come back then instead."""
    headers = {
        "x-ratelimit-remaining": "0",
        "x-ratelimit-used": "100",
        "x-ratelimit-reset": "300",
    }
    listing = {"kind": "Listing", "data": {"children": []}}
    fakes.fail(channel="reddit", status=200, body=listing, headers=headers, reads=True)
    started = time.monotonic()
    page = read(http, None)
    read(http, page.cursor)
    assert time.monotonic() - started < 1
    assert page.pause.total_seconds() == 300
