"""What an HTTP status means where the platform says nothing more precise."""

from datetime import timedelta
from http import HTTPStatus

from chalicelib.errors import (
    ChannelAccessLost,
    ChannelError,
    ChannelRefused,
    ChannelThrottled,
    ChannelUnavailable,
    OutcomeUnknown,
)

GATEWAYS = frozenset({HTTPStatus.BAD_GATEWAY, HTTPStatus.GATEWAY_TIMEOUT})
"""They answer in the platform's place, and may have passed the request on."""


def error_by_status(
    channel: str, platform: str, status: int, wait: timedelta, *, own_words: bool = False
) -> ChannelError:
    """The error for a status. ``own_words``: the platform itself wrote the body, no gateway."""
    code = f"http-{status}"
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return ChannelThrottled(channel, code, "te veel verzoeken", wait)
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.PAYMENT_REQUIRED):
        return ChannelAccessLost(channel, code, f"{platform} aanvaardt onze sleutel niet")
    if status in GATEWAYS and not own_words:
        return OutcomeUnknown(channel, code, f"onbekend of {platform} het bericht heeft")
    if status == HTTPStatus.REQUEST_TIMEOUT or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return ChannelUnavailable(channel, code, f"{platform} is tijdelijk niet bereikbaar")
    return ChannelRefused(channel, code, f"{platform} weigert het bericht zonder reden")
