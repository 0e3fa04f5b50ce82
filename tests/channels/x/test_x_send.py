"""Sending to X through tweepy, against the fake platform."""

import pytest

from chalicelib.channels.contract import AccountSettings, Outgoing, Secrets
from chalicelib.channels.http import Http
from chalicelib.channels.x.channel import X
from chalicelib.errors import (
    ChannelError,
    ChannelRefused,
)
from infra.fakes.client import Fakes
from tests.channels import sending

SETTINGS = AccountSettings(account="555000111")
SECRETS = Secrets(current={"access_token": "sleutel", "consumer_secret": "s"})
SIGNING = Secrets(
    current={
        "access_token": "sleutel",
        "access_token_secret": "geheim",
        "consumer_key": "k",
        "consumer_secret": "s",
    }
)


@pytest.fixture
def http(fakes: Fakes) -> Http:
    return Http({"x": f"{fakes.url}/x"}, timeout_seconds=0.3)


def public(text: str = "Ja, bij elk bureau.", post: str | None = "3001") -> Outgoing:
    return sending.outgoing("660001", text, in_reply_to=post, thread="2000")


def private(text: str = "Ja, bij elk bureau.") -> Outgoing:
    return sending.outgoing("660001", text)


def failing(http: Http, outgoing: Outgoing | None = None) -> ChannelError:
    return sending.failing(X(), http, outgoing or public(), SETTINGS, SECRETS)


def test_a_reply_goes_under_the_post(fakes: Fakes, http: Http) -> None:
    post = fakes.post("x", account="555000111", author="660001", text="@PolVoorbeeld hoe?")
    before = len(fakes.sent())
    sent = X().send(public(post=post), SETTINGS, SECRETS, http)
    (row,) = fakes.sent(after=before)
    assert (row["external_id"], row["in_reply_to"]) == (sent.external_id, post)
    assert (row["to"], row["text"], row["kind"]) == ("660001", "Ja, bij elk bureau.", "text")


def test_a_private_answer_goes_to_the_person(fakes: Fakes, http: Http) -> None:
    before = len(fakes.sent())
    sent = X().send(private("é" * 9_000), SETTINGS, SECRETS, http)
    (row,) = fakes.sent(after=before)
    assert (row["external_id"], row["to"], row["kind"]) == (sent.external_id, "660001", "private")


def test_an_account_with_a_token_secret_signs(fakes: Fakes, http: Http) -> None:
    before = len(fakes.sent())
    assert X().send(public(), SETTINGS, SIGNING, http).external_id
    assert len(fakes.sent(after=before)) == 1


def test_the_longest_text_fits_and_one_more_does_not(fakes: Fakes, http: Http) -> None:
    assert X().send(public("é" * 280), SETTINGS, SECRETS, http)
    before = len(fakes.sent())
    assert type(failing(http, public("é" * 281))) is ChannelRefused
    assert type(failing(http, private("a" * 10_001))) is ChannelRefused
    assert fakes.sent(after=before) == []


def test_without_a_post_to_answer_nothing_is_published(fakes: Fakes, http: Http) -> None:
    before = len(fakes.sent())
    assert type(failing(http, public(post=None))) is ChannelRefused
    assert fakes.sent(after=before) == []


def test_who_did_not_address_us_cannot_be_answered(fakes: Fakes, http: Http) -> None:
    hit = fakes.post("x", account="", author="660002", text="brand!", where="search")
    error = failing(http, public(post=hit))
    assert type(error) is ChannelRefused
    assert "genoemd" in error.reason
