"""What WhatsApp's refusals mean for a delivery. ``error.code`` decides; see ``codes.py``.

The HTTP status is unreliable and counts only where there is no code.
"""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

from chalicelib.channels.http import Answer
from chalicelib.channels.retry_after import retry_after
from chalicelib.channels.taming import dict_of, id_of, text_of
from chalicelib.channels.whatsapp import codes
from chalicelib.channels.whatsapp.rules import NAME
from chalicelib.errors import (
    ChannelAccessLost,
    ChannelError,
    ChannelRefused,
    ChannelThrottled,
    ChannelUnavailable,
    OutcomeUnknown,
)

_A_MOMENT = timedelta(seconds=2)


def error_of(answer: Answer) -> ChannelError:
    """What this refusal means. Made, not raised: the caller knows where."""
    error = dict_of(answer.json(), "error")
    code = id_of(error, "code")
    found = _by_status(answer.status) if code is None else _by_code(code, error, answer.status)
    wait = retry_after(answer.headers)
    if wait is None or not isinstance(found, ChannelThrottled | ChannelUnavailable):
        return found
    least = found.retry_after if isinstance(found, ChannelThrottled) else wait
    return ChannelThrottled(NAME, found.code, found.reason, max(wait, least))


def _by_code(code: str, error: dict[str, Any], status: int) -> ChannelError:
    reason = codes.reason_of(code, text_of(error, "message"))
    if code in codes.UNAVAILABLE:
        return ChannelUnavailable(NAME, code, reason)
    if code in codes.THROTTLED:
        return ChannelThrottled(NAME, code, reason, codes.THROTTLED[code][0])
    if codes.is_about_permission(code):
        return ChannelAccessLost(NAME, code, reason)
    if code in codes.REFUSED:
        return ChannelRefused(NAME, code, reason)
    return _by_unknown_code(code, reason, status, transient=error.get("is_transient") is True)


def _by_unknown_code(code: str, reason: str, status: int, *, transient: bool) -> ChannelError:
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return ChannelThrottled(NAME, code, reason, _A_MOMENT)
    if status == HTTPStatus.UNAUTHORIZED:
        return ChannelAccessLost(NAME, code, reason)
    # The platform itself answered, so it did not accept: trying again reaches nobody twice.
    if transient or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return ChannelUnavailable(NAME, code, reason)
    return ChannelRefused(NAME, code, reason)


def _by_status(status: int) -> ChannelError:
    code = f"http-{status}"
    match status:
        case HTTPStatus.TOO_MANY_REQUESTS:
            return ChannelThrottled(NAME, code, "te veel verzoeken", _A_MOMENT)
        case HTTPStatus.UNAUTHORIZED:
            return ChannelAccessLost(NAME, code, "WhatsApp aanvaardt onze sleutel niet")
        case (
            HTTPStatus.REQUEST_TIMEOUT
            | HTTPStatus.INTERNAL_SERVER_ERROR
            | HTTPStatus.SERVICE_UNAVAILABLE
        ):
            return ChannelUnavailable(NAME, code, "WhatsApp is tijdelijk niet bereikbaar")
        case _ if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
            return ChannelRefused(NAME, code, "WhatsApp weigert het bericht zonder reden")
        case _:
            # A gateway answered in WhatsApp's place and may have passed the message on.
            return OutcomeUnknown(NAME, code, "onbekend of WhatsApp het bericht heeft")
