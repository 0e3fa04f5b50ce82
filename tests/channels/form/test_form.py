"""Our own web form: what it asks for, and how its answers go out."""

import json
from pathlib import Path
from typing import Any

import pytest

from chalicelib.channels.contract import AccountSettings, Outgoing, Secrets, WebhookRequest
from chalicelib.channels.form.channel import Form
from chalicelib.channels.form.rules import check_form
from chalicelib.channels.http import Http
from chalicelib.errors import BadSignature, InvalidInput

PAYLOADS = Path(__file__).parent / "payloads"

GOOD: dict[str, Any] = {
    "submission_id": "f-7001",
    "message": "De lantaarn bij de brug is stuk",
    "consent": True,
}
NOBODY = Http({})
NO_SECRETS = Secrets(current={})
SETTINGS = AccountSettings(account="form")


def wrong_fields(**changes: Any) -> set[str]:
    """The fields that the citizen is told about."""
    with pytest.raises(InvalidInput) as caught:
        check_form({**GOOD, **changes})
    for texts in caught.value.fields.values():
        assert set(texts) == {"nl", "en"}
        assert all(texts.values())
    return set(caught.value.fields)


def test_a_form_needs_no_more_than_a_message_and_consent() -> None:
    check_form(GOOD)


@pytest.mark.parametrize("name", ["full", "nulls", "name_empty", "text_just_short_enough"])
def test_what_the_page_sends_is_good(name: str) -> None:
    case = json.loads((PAYLOADS / f"{name}.json").read_text())
    check_form(case["body"])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("submission_id", None),
        ("submission_id", ""),
        ("submission_id", "x" * 201),
        ("submission_id", 7),
        ("submission_id", "f#7"),
        ("message", None),
        ("message", " \n"),
        ("message", 5),
        ("message", "x" * 20_001),
        ("email", "geen adres"),
        ("email", "twee@@voorbeeld.nl"),
        ("email", "kaal@voorbeeld"),
        ("email", 7),
        ("email", f"{'x' * 500}@voorbeeld.nl"),
        ("name", ["Ilse"]),
        ("name", "x" * 501),
        ("phone", 31600000061),
        ("subject", "x" * 501),
        ("submitted_at", "gisteren"),
        ("location", "Dam 1"),
        ("location", {"lat": 91, "lon": 5}),
        ("location", {"lat": 52}),
        ("attachments", "up/1.jpg"),
        ("attachments", [{"mime": "image/jpeg"}]),
        ("consent", None),
        ("consent", False),
        ("consent", "true"),
        ("consent", 1),
    ],
)
def test_a_wrong_field_is_named_in_both_languages(field: str, value: Any) -> None:
    assert wrong_fields(**{field: value}) == {field}


def test_all_wrong_fields_are_named_at_once() -> None:
    assert wrong_fields(message="", email="x", consent=None) == {"message", "email", "consent"}


@pytest.mark.parametrize("site", ["same-origin", "same-site", "none", ""])
def test_our_own_page_may_send(site: str) -> None:
    request = WebhookRequest(method="POST", headers={"sec-fetch-site": site})
    Form().verify(request, NO_SECRETS)


def test_a_browser_that_says_nothing_may_send() -> None:
    Form().verify(WebhookRequest(method="POST"), NO_SECRETS)


@pytest.mark.parametrize("site", ["cross-site", "Cross-Site "])
def test_another_site_may_not_send(site: str) -> None:
    request = WebhookRequest(method="POST", headers={"sec-fetch-site": site})
    with pytest.raises(BadSignature):
        Form().verify(request, NO_SECRETS)


def test_no_platform_shakes_hands_with_a_form() -> None:
    with pytest.raises(BadSignature):
        Form().handshake(WebhookRequest(method="GET"), NO_SECRETS)


def test_answering_twice_is_answering_once() -> None:
    answer = Outgoing(reply_id="reply-1", to="form:f-7001", text="Dank, we kijken ernaar.")
    sent = [Form().send(answer, SETTINGS, NO_SECRETS, NOBODY) for _ in range(2)]
    assert {one.external_id for one in sent} == {"reply-1"}
    assert Form().rules.idempotent


def test_reading_a_form_tells_nobody() -> None:
    Form().mark_read("f-7001", SETTINGS, NO_SECRETS, NOBODY)
