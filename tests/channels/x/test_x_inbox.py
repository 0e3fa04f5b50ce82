"""Reading private messages on X, page by page, against the fake platform."""

import json

import pytest

from chalicelib.channels.contract import AccountSettings, Raw, Secrets
from chalicelib.channels.http import Http
from chalicelib.channels.offers import PolledPage
from chalicelib.channels.x.channel import X
from chalicelib.errors import ChannelThrottled, ChannelUnavailable
from infra.fakes.client import Fakes
from tests.conftest import BEGIN

OWN = "555000111"
SETTINGS = AccountSettings(account=OWN, settings={"read_private": "ja"})
SECRETS = Secrets(current={"access_token": "sleutel"})


@pytest.fixture
def http(fakes: Fakes) -> Http:
    return Http({"x": f"{fakes.url}/x"}, timeout_seconds=1.0)


def read(http: Http, cursor: str | None) -> PolledPage:
    return X().fetch("private", cursor, SETTINGS, SECRETS, http)


def ids(page: PolledPage) -> list[str]:
    raw = Raw(body=page.body, received_at=BEGIN, transport="poll", request={"line": page.request})
    return [one.external_id for one in X().parse(raw, SETTINGS).messages]


def write(fakes: Fakes, count: int) -> list[str]:
    post = {"account": OWN, "author": "660001", "text": "mijn fiets is weg", "where": "private"}
    return [fakes.post("x", **post) for _ in range(count)]


def test_it_is_read_only_when_somebody_asked_for_it() -> None:
    without = X().streams(AccountSettings(account=OWN))
    assert "private" not in {one.name for one in without}
    (one,) = [one for one in X().streams(SETTINGS) if one.name == "private"]
    assert (one.priced, one.use, one.every.total_seconds()) == (True, "answer", 120)


def test_everything_new_is_read_and_nothing_twice(fakes: Fakes, http: Http) -> None:
    first = write(fakes, 2)
    page = read(http, None)
    assert (ids(page), page.more, page.microeuros) == (first[::-1], False, 2 * 9200)
    later = write(fakes, 130)
    second = read(http, page.cursor)
    assert (ids(second), second.more) == (later[:29:-1], True)
    third = read(http, second.cursor)
    assert ids(third) == [*later[29::-1], *first[::-1]]
    assert (third.more, json.loads(third.cursor)) == (False, {"since": later[-1]})


def test_an_empty_page_moves_nothing(http: Http) -> None:
    page = read(http, json.dumps({"since": "5"}))
    assert (page.items, json.loads(page.cursor)) == (0, {"since": "5"})


def test_a_page_without_its_frame_is_read_again(fakes: Fakes, http: Http) -> None:
    fakes.fail(channel="x", status=200, body={"data": []}, reads=True)
    with pytest.raises(ChannelUnavailable):
        read(http, None)


def test_fifteen_a_quarter_is_soon_spent(fakes: Fakes, http: Http) -> None:
    fakes.fail(channel="x", mode="throttle", retry_after=60, reads=True)
    with pytest.raises(ChannelThrottled):
        read(http, None)
