"""What a refusal of Meta's Graph API means for us: its ``code`` decides, with its subcode.

The HTTP status is unreliable and counts only where there is no code we know. Each platform brings
its own table; a key is a code, a code and subcode (``10/2018278``), or ``10/*`` for that code with
any other subcode.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from chalicelib.channels.http import Answer
from chalicelib.channels.retry_after import LONGEST, retry_after
from chalicelib.channels.statuses import error_by_status
from chalicelib.channels.taming import (
    dict_of,
    id_of,
    items_of,
    number_of,
    read_json,
    text_of,
)
from chalicelib.errors import (
    BadPayload,
    ChannelAccessLost,
    ChannelError,
    ChannelRefused,
    ChannelThrottled,
    ChannelUnavailable,
)

A_MOMENT = timedelta(seconds=2)
PERMISSIONS = frozenset(str(code) for code in range(200, 300))
"""Graph keeps these for permissions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """One platform's table, with the reasons in Dutch.

    What closes the whole account (blocked, restricted, a lost key) is ``access_lost``: every next
    answer would fail too. What concerns one citizen or one answer is ``refused``.
    """

    channel: str
    platform: str
    unavailable: Mapping[str, str]
    throttled: Mapping[str, tuple[timedelta, str]]
    access_lost: Mapping[str, str]
    refused: Mapping[str, str]
    no_permission: str


def error_of(answer: Answer, codes: Codes) -> ChannelError:
    """What this refusal means. Made, not raised: the caller knows where."""
    error = dict_of(answer.json(), "error")
    wait = longest_wait(answer.headers)
    code = id_of(error, "code")
    if code is None:
        return error_by_status(codes.channel, codes.platform, answer.status, wait or A_MOMENT)
    found = _by_code(code, error, answer.status, codes)
    if wait is None or not isinstance(found, ChannelThrottled | ChannelUnavailable):
        return found
    least = found.retry_after if isinstance(found, ChannelThrottled) else wait
    return ChannelThrottled(codes.channel, found.code, found.reason, max(wait, least))


def _by_code(code: str, error: dict[str, Any], status: int, codes: Codes) -> ChannelError:
    subcode = id_of(error, "error_subcode")
    for key in _keys_of(code, subcode):
        if known := _known(key, codes):
            return known
    shown = f"{code}/{subcode}" if subcode else code
    words = text_of(error, "error_user_msg") or text_of(error, "message")
    if code in PERMISSIONS:
        return ChannelAccessLost(codes.channel, shown, codes.no_permission)
    if error.get("is_transient") is True:
        return ChannelUnavailable(codes.channel, shown, words or "tijdelijke storing")
    if status in (401, 408, 429) or status >= 500:  # noqa: PLR2004  a fault of theirs
        return error_by_status(codes.channel, codes.platform, status, A_MOMENT, own_words=True)
    reason = f"{codes.platform} weigert: {words or 'zonder reden'}"
    return ChannelRefused(codes.channel, shown, reason)


def _keys_of(code: str, subcode: str | None) -> Iterator[str]:
    if subcode:
        yield f"{code}/{subcode}"
        yield f"{code}/*"
    yield code


def _known(key: str, codes: Codes) -> ChannelError | None:
    if key in codes.unavailable:
        return ChannelUnavailable(codes.channel, key, codes.unavailable[key])
    if key in codes.throttled:
        wait, reason = codes.throttled[key]
        return ChannelThrottled(codes.channel, key, reason, wait)
    if key in codes.access_lost:
        return ChannelAccessLost(codes.channel, key, codes.access_lost[key])
    if key in codes.refused:
        return ChannelRefused(codes.channel, key, codes.refused[key])
    return None


def longest_wait(headers: Mapping[str, str]) -> timedelta | None:
    """What Meta asks: by ``Retry-After``, or in minutes beside the use of our quota."""
    asked = [retry_after(headers)]
    for account in _quota(headers).values():
        for use in items_of(account):
            minutes = number_of(use, "estimated_time_to_regain_access") or 0
            asked.append(min(timedelta(minutes=minutes), LONGEST) if minutes > 0 else None)
    return max((wait for wait in asked if wait is not None), default=None)


def _quota(headers: Mapping[str, str]) -> dict[str, Any]:
    try:
        return dict_of(read_json(headers.get("x-business-use-case-usage", "{}").encode()))
    except BadPayload:
        return {}
