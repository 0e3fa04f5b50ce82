"""Sending, against the fake platform: what goes out, and what each refusal means for us."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.channels.contract import AccountSettings, Outgoing, Secrets
from chalicelib.channels.http import Http
from chalicelib.channels.whatsapp.channel import WhatsApp
from chalicelib.channels.whatsapp.codes import ACCESS_LOST, REFUSED, THROTTLED, UNAVAILABLE
from chalicelib.errors import (
    ChannelAccessLost,
    ChannelError,
    ChannelRefused,
    ChannelThrottled,
    ChannelUnavailable,
    OutcomeUnknown,
)
from infra.fakes.client import Fakes
from infra.fakes.platforms import running_fakes

SETTINGS = AccountSettings(account="700300400500")
SECRETS = Secrets(current={"access_token": "een-sleutel"})

# Every code of channels.md 4.7, written out again: forgetting one is what this test is for.
RETRY = (1, 2, 4, 80007, 130429, 131000, 131016, 131056, 131057, 133004)
WAIT_WINDOW = (131047,)
REAUTH = (0, 190, 3, 10, 200, 250, 299, 131005, 133010, 131045)
BLOCKED_ACCOUNT = (368, 131031, 131042, 131048, 131064)
BLOCKED_ONE = (130497, 132015, 132016)
GIVE_UP = (
    *(100, 33, 131008, 131009, 131021, 131026, 131030, 131049, 131050, 131051, 131052, 131053),
    *(131062, 132000, 132001, 132005, 132007, 132012, 130472),
)


@pytest.fixture(scope="module")
def server() -> Iterator[Fakes]:
    with running_fakes() as fakes:
        yield fakes


@pytest.fixture
def fakes(server: Fakes) -> Fakes:
    server.clear_failures()
    return server


@pytest.fixture
def http(fakes: Fakes) -> Http:
    return Http({"whatsapp": f"{fakes.url}/whatsapp"}, timeout_seconds=0.3)


def answer_to(to: str = "31600000041", text: str = "Ja, tot vijf uur.", **more: Any) -> Outgoing:
    return Outgoing(reply_id="reply-1", to=to, text=text, **more)


def failing(http: Http, outgoing: Outgoing | None = None) -> ChannelError:
    """The error that sending ends in."""
    with pytest.raises(ChannelError) as caught:
        WhatsApp().send(outgoing or answer_to(), SETTINGS, SECRETS, http)
    assert caught.value.channel == "whatsapp"
    assert caught.value.reason
    return caught.value


def test_a_text_is_accepted_under_the_platforms_id(fakes: Fakes, http: Http) -> None:
    before = len(fakes.sent())
    sent = WhatsApp().send(answer_to(in_reply_to="wamid.A1"), SETTINGS, SECRETS, http)
    (row,) = fakes.sent(after=before)
    row.pop("at")
    assert row == {
        "channel": "whatsapp",
        "account": "700300400500",
        "to": "31600000041",
        "text": "Ja, tot vijf uur.",
        "kind": "text",
        "external_id": sent.external_id,
        "reply_id": "reply-1",
        "in_reply_to": "wamid.A1",
    }


@pytest.mark.parametrize("handle", ["NL.7700000000000000041", "NL.ENT.77000041", "31600000041"])
def test_both_kinds_of_handle_reach_the_citizen(fakes: Fakes, http: Http, handle: str) -> None:
    before = len(fakes.sent())
    WhatsApp().send(answer_to(handle), SETTINGS, SECRETS, http)
    assert [row["to"] for row in fakes.sent(after=before)] == [handle]


def test_the_longest_text_fits_and_one_more_does_not(http: Http) -> None:
    longest = WhatsApp().rules.longest_text
    assert WhatsApp().send(answer_to(text="é" * longest), SETTINGS, SECRETS, http)
    assert isinstance(failing(http, answer_to(text="é" * (longest + 1))), ChannelRefused)


def test_a_message_is_marked_as_read(fakes: Fakes, http: Http) -> None:
    before = len(fakes.sent())
    WhatsApp().mark_read("wamid.A1", SETTINGS, SECRETS, http)
    assert [row["external_id"] for row in fakes.read()][-1:] == ["wamid.A1"]
    assert fakes.sent(after=before) == []


@pytest.mark.parametrize("code", RETRY)
def test_codes_to_try_again(fakes: Fakes, http: Http, code: int) -> None:
    fakes.fail(status=400, body={"error": {"code": code, "message": "x"}})
    error = failing(http)
    assert isinstance(error, ChannelUnavailable | ChannelThrottled)
    assert error.code == str(code)


@pytest.mark.parametrize("code", [*WAIT_WINDOW, *BLOCKED_ONE, *GIVE_UP])
def test_codes_that_the_agent_reads(fakes: Fakes, http: Http, code: int) -> None:
    fakes.fail(status=400, body={"error": {"code": code, "message": "x"}})
    error = failing(http)
    assert type(error) is ChannelRefused
    assert error.reason != "x"


@pytest.mark.parametrize("code", [*REAUTH, *BLOCKED_ACCOUNT])
def test_codes_that_stop_the_account(fakes: Fakes, http: Http, code: int) -> None:
    fakes.fail(status=400, body={"error": {"code": code, "message": "x"}})
    error = failing(http)
    assert type(error) is ChannelAccessLost
    assert error.reason != "x"


def test_no_code_has_two_meanings_and_none_is_left_out() -> None:
    tables = [set(UNAVAILABLE), set(THROTTLED), set(ACCESS_LOST), set(REFUSED)]
    known = set().union(*tables)
    assert len(known) == sum(len(table) for table in tables)
    listed = (*RETRY, *WAIT_WINDOW, *REAUTH, *BLOCKED_ACCOUNT, *BLOCKED_ONE, *GIVE_UP)
    assert known == {str(code) for code in listed} - {"200", "250", "299"}


@pytest.mark.parametrize(
    ("status", "error", "expected"),
    [
        (400, {"code": 999_001, "message": "nieuw"}, ChannelRefused),
        (500, {"code": 999_001, "message": "nieuw"}, ChannelUnavailable),
        (400, {"code": 999_001, "message": "nieuw", "is_transient": True}, ChannelUnavailable),
        (401, {"code": 999_001, "message": "nieuw"}, ChannelAccessLost),
        (429, {"code": 999_001, "message": "nieuw"}, ChannelThrottled),
    ],
)
def test_an_unknown_code_is_judged_by_its_status(
    fakes: Fakes, http: Http, status: int, error: dict[str, Any], expected: type[ChannelError]
) -> None:
    fakes.fail(status=status, body={"error": error})
    found = failing(http)
    assert type(found) is expected
    assert found.reason == "nieuw"


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (302, ChannelRefused),
        (401, ChannelAccessLost),
        (404, ChannelRefused),
        (408, ChannelUnavailable),
        (429, ChannelThrottled),
        (500, ChannelUnavailable),
        (503, ChannelUnavailable),
        (502, OutcomeUnknown),
        (504, OutcomeUnknown),
        (520, OutcomeUnknown),
    ],
)
def test_a_status_without_a_code(
    fakes: Fakes, http: Http, status: int, expected: type[ChannelError]
) -> None:
    fakes.fail(status=status, body="<html>niet van Graph</html>")
    assert type(failing(http)) is expected


@pytest.mark.parametrize(
    "body", [{}, {"messages": []}, {"messages": [{}]}, {"messages": "x"}, "geen json", []]
)
def test_an_acceptance_without_an_id_may_have_been_one(fakes: Fakes, http: Http, body: Any) -> None:
    fakes.fail(status=200, body=body)
    assert type(failing(http)) is OutcomeUnknown


def test_an_error_under_status_200_is_an_error(fakes: Fakes, http: Http) -> None:
    fakes.fail(status=200, body={"error": {"code": 131047}})
    assert type(failing(http)) is ChannelRefused


@pytest.mark.parametrize(
    ("code", "header", "wait"),
    [
        (131056, None, 6),
        (131056, "2", 6),
        (131056, "40", 40),
        (130429, "7", 7),
        (131000, "30", 30),
        (130429, "morgen", 2),
    ],
)
def test_the_longer_of_what_the_header_and_the_code_ask(
    fakes: Fakes, http: Http, code: int, header: str | None, wait: int
) -> None:
    headers = {"Retry-After": header} if header else {}
    fakes.fail(status=429, headers=headers, body={"error": {"code": code}})
    error = failing(http)
    assert isinstance(error, ChannelThrottled)
    assert error.retry_after == timedelta(seconds=wait)


def test_an_expired_token_stops_the_account(fakes: Fakes, http: Http) -> None:
    fakes.fail(mode="expired_token")
    assert type(failing(http)) is ChannelAccessLost


def test_without_a_token_nothing_goes_out(fakes: Fakes, http: Http) -> None:
    before = len(fakes.sent())
    with pytest.raises(ChannelAccessLost):
        WhatsApp().send(answer_to(), SETTINGS, Secrets(current={}), http)
    assert fakes.sent(after=before) == []


def test_a_refused_mark_is_an_error_too(http: Http) -> None:
    with pytest.raises(ChannelRefused):
        WhatsApp().mark_read("", SETTINGS, SECRETS, http)


@pytest.mark.parametrize(
    ("mode", "accepted"),
    [("timeout_after_acceptance", 1), ("timeout_before", 0), ("disconnect", 0)],
)
def test_silence_after_the_request_may_have_been_acceptance(
    fakes: Fakes, http: Http, mode: str, accepted: int
) -> None:
    before = len(fakes.sent())
    fakes.fail(mode=mode)
    assert type(failing(http)) is OutcomeUnknown
    assert len(fakes.sent(after=before)) == accepted


def test_a_closed_door_is_certainly_no_acceptance() -> None:
    nobody = Http({"whatsapp": "http://127.0.0.1:9/whatsapp"})
    assert type(failing(nobody)) is ChannelUnavailable


def test_the_api_version_is_a_setting(fakes: Fakes, http: Http) -> None:
    newer = AccountSettings(account="700300400500", settings={"api_version": "v27.0"})
    assert WhatsApp().send(answer_to(), newer, SECRETS, http).external_id
    strange = AccountSettings(account="../me", settings={})
    with pytest.raises(ChannelRefused):
        WhatsApp().send(answer_to(), strange, SECRETS, http)
    assert {row["account"] for row in fakes.sent()} == {"700300400500"}
