"""Replying on YouTube, against the fake platform."""

from dataclasses import replace

import pytest

from chalicelib.channels.contract import Secrets
from chalicelib.channels.http import Http
from chalicelib.channels.youtube.channel import YouTube
from chalicelib.errors import ChannelAccessLost, ChannelError, ChannelRefused
from infra.fakes.client import Fakes
from tests.channels import sending
from tests.channels.youtube.refusals import OWN, SENDING


@pytest.fixture
def http(fakes: Fakes) -> Http:
    return Http({"youtube": f"{fakes.url}/youtube"}, timeout_seconds=0.5)


def failing(
    http: Http, text: str = "Ja.", secrets: Secrets = SENDING.secrets, thread: str | None = "UgX"
) -> ChannelError:
    outgoing = replace(SENDING.outgoing, text=text, thread=thread)
    return sending.failing(YouTube(), http, outgoing, SENDING.account, secrets)


def test_a_reply_to_a_reply_stands_under_the_comment(fakes: Fakes, http: Http) -> None:
    top = fakes.post("youtube", account=OWN, author="UCwilg", text="klopt dit?")
    outgoing = replace(SENDING.outgoing, thread=top, in_reply_to=f"{top}.r1")
    sent = YouTube().send(outgoing, SENDING.account, SENDING.secrets, http)
    row = fakes.sent()[-1]
    assert (row["in_reply_to"], row["to"], row["account"]) == (top, "UCwilg", OWN)
    assert sent.external_id.startswith(f"{top}.")


def test_the_longest_text_fits_and_one_more_does_not(fakes: Fakes, http: Http) -> None:
    longest = YouTube().rules.longest_text
    fits = replace(SENDING.outgoing, text="é" * longest)
    assert YouTube().send(fits, SENDING.account, SENDING.secrets, http)
    before = len(fakes.sent())
    assert failing(http, "é" * (longest + 1), thread="UgAltijd").code == "too-long"
    assert fakes.sent(after=before) == []


def test_a_comment_that_is_gone_gets_no_reply(http: Http) -> None:
    error = failing(http)
    assert (type(error), error.code) == (ChannelRefused, "parentCommentNotFound")


def test_without_a_thread_nothing_is_published(http: Http) -> None:
    assert failing(http, thread=None).code == "no-post"


@pytest.mark.parametrize(
    "secrets",
    [
        Secrets(current={"api_key": "k"}),
        Secrets(current={"client_id": "c", "client_secret": "s"}),
        Secrets(current={"client_id": "c", "client_secret": "s", "refresh_token": "a:verlopen"}),
    ],
)
def test_the_key_of_a_project_or_a_revoked_token_cannot_write(http: Http, secrets: Secrets) -> None:
    assert type(failing(http, secrets=secrets)) is ChannelAccessLost


def test_a_token_that_is_not_taken_is_replaced_by_the_next_try(fakes: Fakes, http: Http) -> None:
    fakes.fail(channel="youtube", mode="expired_token")
    assert type(failing(http, thread="UgAltijd")) is ChannelAccessLost
    assert YouTube().send(SENDING.outgoing, SENDING.account, SENDING.secrets, http)
