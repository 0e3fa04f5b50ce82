"""Reading YouTube's comments page by page, against the fake platform; what it costs."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.channels.contract import Raw, Secrets
from chalicelib.channels.http import Http
from chalicelib.channels.offers import PolledPage
from chalicelib.channels.youtube import units
from chalicelib.channels.youtube.channel import YouTube
from chalicelib.domain.message import Message
from chalicelib.errors import ChannelThrottled, ChannelUnavailable
from infra.fakes.client import Fakes
from tests.channels.youtube.refusals import OWN, SENDING
from tests.conftest import BEGIN

ONLY_READS = Secrets(current={"api_key": "k"})


@pytest.fixture
def http(fakes: Fakes) -> Http:
    return Http({"youtube": f"{fakes.url}/youtube"}, timeout_seconds=1.0)


def read(http: Http, cursor: str | None, secrets: Secrets = SENDING.secrets) -> PolledPage:
    return YouTube().fetch("comments", cursor, SENDING.account, secrets, http)


def messages(page: PolledPage) -> tuple[Message, ...]:
    request = {"line": page.request}
    raw = Raw(body=page.body, received_at=BEGIN, transport="poll", request=request)
    return YouTube().parse(raw, SENDING.account).messages


def ids(page: PolledPage) -> list[str]:
    return [message.external_id for message in messages(page)]


def write(fakes: Fakes, count: int = 1, **more: Any) -> list[str]:
    post = {"account": OWN, "author": "UCwilg", "text": "hallo", **more}
    return [fakes.post("youtube", **post) for _ in range(count)]


def a_day_later(page: PolledPage) -> str:
    place = json.loads(page.cursor)
    return json.dumps({**place, "looked": place["looked"] - 90_000})


def read_all(http: Http, cursor: str | None) -> tuple[list[str], str]:
    """Everything that waits, page after page."""
    found: list[str] = []
    for _ in range(20):
        page = read(http, cursor)
        found, cursor = [*found, *(ids(page) if page.items else [])], page.cursor
        if not page.more:
            return found, cursor
    pytest.fail("it never ends")


@pytest.mark.parametrize("secrets", [SENDING.secrets, ONLY_READS])
def test_the_first_time_one_page_is_enough(fakes: Fakes, http: Http, secrets: Secrets) -> None:
    written = write(fakes, 120)
    page = read(http, None, secrets)
    assert (ids(page), page.more) == (written[:19:-1], False)


def test_older_pages_are_read_until_a_thread_that_is_known(fakes: Fakes, http: Http) -> None:
    write(fakes)
    written, cursor = read_all(http, None)
    newer = write(fakes, 130)
    found, cursor = read_all(http, cursor)
    assert set(newer) <= set(found)
    assert len(found) == len(set(found)) == 131
    assert set(json.loads(cursor)["counts"]) == {*written, *newer}


def test_a_page_with_nothing_new_is_not_kept(fakes: Fakes, http: Http) -> None:
    write(fakes, 3)
    assert read(http, read(http, None).cursor).items == 0


def test_a_new_reply_to_an_old_thread_is_seen(fakes: Fakes, http: Http) -> None:
    old, *_ = write(fakes, 5)
    cursor = read(http, None).cursor
    write(fakes, thread=old)
    page = read(http, cursor)
    assert (page.items, len(ids(page))) == (1, 6)


def test_replies_that_did_not_come_along_are_read_apart(fakes: Fakes, http: Http) -> None:
    (top,) = write(fakes)
    cursor = read(http, None).cursor
    written = write(fakes, 130, thread=top)
    found, cursor = read_all(http, cursor)
    assert {f"{top}.{id}" for id in written} <= set(found)
    assert read(http, cursor).items == 0


def test_our_own_replies_do_not_come_back(fakes: Fakes, http: Http) -> None:
    (top,) = write(fakes)
    cursor = read(http, None).cursor
    outgoing = replace(SENDING.outgoing, thread=top)
    YouTube().send(outgoing, SENDING.account, SENDING.secrets, http)
    assert ids(read(http, cursor)) == [top]


def test_what_was_edited_or_deleted_shows_within_a_day(fakes: Fakes, http: Http) -> None:
    edited, deleted, left = write(fakes, 3, at=1_800_000_000.0)
    (reply,) = write(fakes, thread=left)
    first = read(http, None)
    fakes.post("youtube", edit_of=edited, text="nu goed")
    fakes.post("youtube", delete=deleted)
    fakes.post("youtube", delete=reply)
    page = read(http, a_day_later(first))
    found = {one.external_id: one for one in messages(page)}
    assert found[edited].text == "nu goed"
    assert (found[deleted].kind, found[left].kind) == ("deleted", "comment")
    replies = read(http, page.cursor)
    assert [(one.external_id, one.kind) for one in messages(replies)] == [
        (f"{left}.{reply}", "deleted")
    ]


def test_the_round_finds_new_replies_far_down(fakes: Fakes, http: Http) -> None:
    (old,) = write(fakes)
    first = read(http, None)
    write(fakes, 120)
    _, cursor = read_all(http, first.cursor)
    written = write(fakes, 8, thread=old)
    place = json.loads(cursor)
    assert read(http, cursor).items == 0
    found, _ = read_all(http, json.dumps({**place, "looked": place["looked"] - 90_000}))
    assert {f"{old}.{id}" for id in written} <= set(found)


def test_a_thread_that_went_while_we_read_it_holds_nothing_up(fakes: Fakes, http: Http) -> None:
    write(fakes)
    place = json.loads(read(http, None).cursor)
    fakes.fail(channel="youtube", status=404, body={"error": {"code": 404}}, reads=True)
    page = read(http, json.dumps({**place, "replies": ["UgWeg"]}))
    assert (page.items, json.loads(page.cursor)["replies"]) == (0, [])


@pytest.mark.parametrize("body", [{}, {"data": 5}, [], "<html>"])
def test_what_is_no_page_is_read_again(fakes: Fakes, http: Http, body: Any) -> None:
    fakes.fail(channel="youtube", status=200, body=body, reads=True)
    with pytest.raises(ChannelUnavailable):
        read(http, None)


def test_spent_units_are_waited_for_until_midnight_over_there(fakes: Fakes, http: Http) -> None:
    errors = [{"reason": "quotaExceeded"}]
    headers = {"Date": "Fri, 15 Jan 2027 16:00:00 GMT"}
    body = {"error": {"errors": errors}}
    fakes.fail(channel="youtube", status=403, body=body, headers=headers, reads=True)
    with pytest.raises(ChannelThrottled) as caught:
        read(http, None)
    assert caught.value.retry_after == timedelta(hours=16)


# --- units ---------------------------------------------------------------------------------------


def test_every_page_costs_a_unit_of_its_day(fakes: Fakes, http: Http) -> None:
    first = read(http, None)
    second = json.loads(read(http, first.cursor).cursor)
    assert second["units"] == 2
    yesterday = json.dumps({**second, "day": "2020-01-01", "units": 7_999})
    assert json.loads(read(http, yesterday).cursor)["units"] == 1


def test_reading_leaves_units_for_answers(http: Http) -> None:
    tight = replace(SENDING.account, settings={"units_per_day": "2"})
    first = YouTube().fetch("comments", None, tight, SENDING.secrets, http)
    second = YouTube().fetch("comments", first.cursor, tight, SENDING.secrets, http)
    assert first.pause == timedelta()
    assert timedelta() < second.pause <= timedelta(hours=25)


@pytest.mark.parametrize(
    ("at", "hours"),
    [
        (1_800_000_000, 24),  # 15 January 2027, midnight over there
        (1_800_000_000 + 3600, 23),
        (1_805_011_200, 23),  # 14 March 2027, the night that summer time begins
    ],
)
def test_the_day_of_the_quota_is_a_day_over_there(at: int, hours: int) -> None:
    assert units.until_midnight(at) == timedelta(hours=hours)
