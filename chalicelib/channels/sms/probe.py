"""Whether our number works and citizens can answer it (AWS: DescribePhoneNumbers)."""

from typing import Any

from chalicelib.channels.contract import AccountSettings
from chalicelib.channels.http import Http
from chalicelib.channels.offers import Probed
from chalicelib.channels.sms.errors import error_of
from chalicelib.channels.sms.rules import NAME
from chalicelib.channels.taming import items_of, text_of
from chalicelib.errors import ChannelAccessLost

HEADERS = {
    "Content-Type": "application/x-amz-json-1.0",
    "X-Amz-Target": "PinpointSMSVoiceV2.DescribePhoneNumbers",
}
MOST_PAGES = 10
"""Of a hundred numbers each."""


def probe(settings: AccountSettings, http: Http) -> Probed:
    """Ask. ``subscribed``: what citizens send reaches us. Raises the ``ChannelError`` family."""
    number = our_number(settings.account, http)
    status = text_of(number, "Status")
    if not number or status == "DELETED":
        raise ChannelAccessLost(NAME, "no-number", "ons sms-nummer bestaat bij Amazon niet")
    active = status in ("", "ACTIVE")
    return Probed(
        subscribed=number.get("TwoWayEnabled") is True,
        trouble=None if active else f"ons sms-nummer is bij Amazon niet actief ({status})",
    )


def our_number(account: str, http: Http) -> dict[str, Any]:
    """Our number among those of the AWS account; empty when it is not there."""
    asked: dict[str, Any] = {"MaxResults": 100}
    for _ in range(MOST_PAGES):
        answer = http.request(NAME, "POST", "/", headers=HEADERS, body=asked)
        if not 200 <= answer.status < 300:  # noqa: PLR2004
            raise error_of(answer)
        page = answer.json()
        for number in items_of(page, "PhoneNumbers"):
            if text_of(number, "PhoneNumber") == account:
                return dict(number)
        if not text_of(page, "NextToken"):
            break
        asked["NextToken"] = text_of(page, "NextToken")
    return {}
