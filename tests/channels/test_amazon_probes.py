"""Whether Amazon lets us send mail and text messages, and brings us what citizens send."""

from typing import Any

import pytest

from chalicelib.channels.contract import AccountSettings, Secrets
from chalicelib.channels.email.channel import Email
from chalicelib.channels.http import Http
from chalicelib.channels.sms.channel import Sms
from chalicelib.errors import ChannelAccessLost, ChannelThrottled, ChannelUnavailable
from infra.fakes.client import Fakes

NO_SECRETS = Secrets(current={})
MAILBOX = AccountSettings(account="webcare@voorbeeld.example")
NUMBER = AccountSettings(account="+31970000001")


@pytest.fixture
def http(fakes: Fakes) -> Http:
    return Http({name: f"{fakes.url}/{name}" for name in ("email", "sms")}, timeout_seconds=1.0)


def said(fakes: Fakes, channel: str, **body: Any) -> None:
    fakes.fail(channel=channel, status=200, body=body, reads=True)


def test_mail_is_well_and_tells_how_much_of_the_day_is_used(http: Http) -> None:
    found = Email().probe("", MAILBOX, NO_SECRETS, http)
    assert (found.trouble, found.used_percent, found.subscribed) == (None, 5, None)


def test_ses_watches_us(fakes: Fakes, http: Http) -> None:
    said(fakes, "email", SendingEnabled=True, EnforcementStatus="PROBATION")
    found = Email().probe("", MAILBOX, NO_SECRETS, http)
    assert found.trouble
    assert found.used_percent is None


@pytest.mark.parametrize(
    "body", [{"SendingEnabled": False}, {"SendingEnabled": True, "EnforcementStatus": "SHUTDOWN"}]
)
def test_ses_stopped_us(fakes: Fakes, http: Http, body: dict[str, Any]) -> None:
    said(fakes, "email", **body)
    with pytest.raises(ChannelAccessLost):
        Email().probe("", MAILBOX, NO_SECRETS, http)


def test_a_number_is_found_on_a_later_page_and_citizens_can_answer_it(http: Http) -> None:
    found = Sms().probe("", NUMBER, NO_SECRETS, http)
    assert (found.subscribed, found.trouble) == (True, None)


def test_a_number_that_cannot_be_answered_is_not_subscribed(fakes: Fakes, http: Http) -> None:
    fakes.forget_subscription("sms")
    assert Sms().probe("", NUMBER, NO_SECRETS, http).subscribed is False


def test_a_number_that_does_not_work_yet_says_so(fakes: Fakes, http: Http) -> None:
    ours = {"PhoneNumber": NUMBER.account, "Status": "PENDING", "TwoWayEnabled": True}
    said(fakes, "sms", PhoneNumbers=[ours])
    assert Sms().probe("", NUMBER, NO_SECRETS, http).trouble


@pytest.mark.parametrize("numbers", [[], [{"PhoneNumber": "+31970000001", "Status": "DELETED"}]])
def test_a_number_that_is_gone_is_lost_access(
    fakes: Fakes, http: Http, numbers: list[dict[str, Any]]
) -> None:
    said(fakes, "sms", PhoneNumbers=numbers)
    with pytest.raises(ChannelAccessLost):
        Sms().probe("", NUMBER, NO_SECRETS, http)


REFUSALS: dict[str, tuple[int, type[Exception]]] = {
    "AccessDeniedException": (403, ChannelAccessLost),
    "TooManyRequestsException": (429, ChannelThrottled),
    "InternalServerException": (500, ChannelUnavailable),
}


@pytest.mark.parametrize(("channel", "own"), [(Email(), MAILBOX), (Sms(), NUMBER)])
@pytest.mark.parametrize("name", REFUSALS)
def test_what_amazon_refuses_means_the_same_as_when_we_send(
    fakes: Fakes, http: Http, channel: Email | Sms, own: AccountSettings, name: str
) -> None:
    status, error = REFUSALS[name]
    fakes.fail(channel=channel.name, status=status, body={"__type": name}, reads=True)
    with pytest.raises(error):
        channel.probe("", own, NO_SECRETS, http)
