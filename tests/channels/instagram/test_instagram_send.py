"""Sending to Instagram, against the fake platform."""

import time
from typing import Any

import pytest

from chalicelib.channels.contract import AccountSettings, Outgoing, Secrets
from chalicelib.channels.http import Http
from chalicelib.channels.instagram.channel import Instagram
from chalicelib.errors import ChannelRefused
from infra.fakes.client import Fakes
from tests.channels import sending

ACCOUNT, CITIZEN = "17840000000000055", "6100000000000007"
SETTINGS = AccountSettings(account=ACCOUNT)
LINKED = AccountSettings(account=ACCOUNT, settings={"login": "facebook", "page_id": "33001"})
SECRETS = Secrets(current={"access_token": "een-sleutel"})


@pytest.fixture
def http(fakes: Fakes) -> Http:
    return Http(
        {name: f"{fakes.url}/{name}" for name in ("facebook", "instagram")}, timeout_seconds=0.3
    )


def private(text: str = "Ja, tot vijf uur.", **more: Any) -> Outgoing:
    return sending.outgoing(CITIZEN, text, **more)


def public(text: str = "Dank u wel.", **more: Any) -> Outgoing:
    return private(text, **{"thread": "1700", "in_reply_to": "1801", **more})


def refused(http: Http, outgoing: Outgoing) -> ChannelRefused:
    error = sending.failing(Instagram(), http, outgoing, SETTINGS, SECRETS)
    assert isinstance(error, ChannelRefused)
    return error


def row_of(
    fakes: Fakes, http: Http, outgoing: Outgoing, settings: AccountSettings = SETTINGS
) -> dict[str, Any]:
    """What the platform took."""
    before = len(fakes.sent())
    sent = Instagram().send(outgoing, settings, SECRETS, http)
    (row,) = fakes.sent(after=before)
    assert row["external_id"] == sent.external_id
    return row


def test_a_private_answer(fakes: Fakes, http: Http) -> None:
    row = row_of(fakes, http, private())
    assert (row["channel"], row["account"], row["to"]) == ("instagram", ACCOUNT, CITIZEN)
    assert row["kind"] == "text"


def test_choices_stand_below_a_private_answer(fakes: Fakes, http: Http) -> None:
    assert row_of(fakes, http, private(choices=("Ja", "Nee")))["choices"] == ["Ja", "Nee"]


def test_a_public_answer_stands_under_the_comment(fakes: Fakes, http: Http) -> None:
    row = row_of(fakes, http, public())
    assert (row["kind"], row["in_reply_to"]) == ("comment", "1801")


def test_a_comment_can_be_answered_in_private_once(fakes: Fakes, http: Http) -> None:
    asked = public(privately=True, in_reply_to=str(time.time_ns()))
    assert row_of(fakes, http, asked)["kind"] == "private_reply"
    assert "al privé" in refused(http, asked).reason


@pytest.mark.parametrize("answered", ["1804", "1777"])
def test_a_mention_is_answered_where_it_stands(fakes: Fakes, http: Http, answered: str) -> None:
    row = row_of(fakes, http, public(thread="mention:1777", in_reply_to=answered))
    assert (row["account"], row["kind"], row["in_reply_to"]) == (ACCOUNT, "comment", answered)


def test_a_mention_cannot_be_answered_in_private(http: Http) -> None:
    asked = public(thread="mention:1777", in_reply_to="1804", privately=True)
    assert refused(http, asked).code == "elsewhere"


@pytest.mark.parametrize("thread", ["1700", "mention:1777"])
def test_an_answer_to_nothing_is_not_tried(http: Http, thread: str) -> None:
    assert refused(http, public(thread=thread, in_reply_to=None)).code == "no-post"


def test_private_texts_are_measured_in_bytes(fakes: Fakes, http: Http) -> None:
    limits = Instagram().rules.within(None)
    assert (limits.longest_text, limits.measure("é")) == (1000, 2)
    row_of(fakes, http, private("é" * 500))
    assert refused(http, private("é" * 501)).code == "too-long"


def test_public_texts_are_measured_in_signs(fakes: Fakes, http: Http) -> None:
    row_of(fakes, http, public("é" * 2200))
    assert refused(http, public("é" * 2201)).code == "too-long"


def test_after_a_day_only_what_is_written_by_hand_goes_out(fakes: Fakes, http: Http) -> None:
    two_days_ago = time.time() - 2 * 86_400
    fakes.post("instagram", account=ACCOUNT, author=CITIZEN, text="hoi", at=two_days_ago)
    assert refused(http, private()).code == "10/2534022"
    assert row_of(fakes, http, private(after_window=True))["kind"] == "human_agent"


def test_an_account_that_is_linked_to_a_page_sends_as_that_page(fakes: Fakes, http: Http) -> None:
    row = row_of(fakes, http, private(), LINKED)
    assert (row["channel"], row["account"]) == ("facebook", "33001")
    assert row_of(fakes, http, public(), LINKED)["kind"] == "comment"


def test_the_citizen_sees_that_somebody_is_there(fakes: Fakes, http: Http) -> None:
    Instagram().gesture("typing", CITIZEN, SETTINGS, SECRETS, http)
    assert fakes.read()[-1]["external_id"] == f"typing_on:{CITIZEN}"


@pytest.mark.parametrize("settings", [SETTINGS, LINKED])
def test_the_platform_is_asked_whether_it_delivers_to_us(
    http: Http, settings: AccountSettings
) -> None:
    Instagram().subscribe("", settings, SECRETS, http)
    assert Instagram().probe("", settings, SECRETS, http).subscribed
