"""Scripted failures: what goes wrong with the next sends, in the order that it was asked for."""

import asyncio
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, Protocol, get_args

from aiohttp import web

Mode = Literal[
    "error",  # the given status, headers and body
    "timeout_before",  # no answer, and nothing accepted
    "timeout_after_acceptance",  # accepted, but the answer never comes
    "expired_token",
    "throttle",
    "disconnect",  # the line is cut before anything is accepted
]

SILENCE_SECONDS = 60.0


@dataclass(slots=True, kw_only=True)
class Failure:
    """One thing to go wrong, ``times`` times; on any channel when none is named.

    It concerns what we send or, with ``reads``, what we read; never both.
    """

    times: int = 1
    channel: str | None = None
    mode: Mode = "error"
    status: int = 500
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None
    retry_after: float | None = None
    reads: bool = False

    def __post_init__(self) -> None:
        if self.mode not in get_args(Mode) or self.times < 1:
            message = f"mode must be one of {get_args(Mode)}, times at least 1"
            raise ValueError(message)


@dataclass(slots=True)
class Script:
    """The failures still to come."""

    waiting: list[Failure] = field(default_factory=list)

    def next_for(self, channel: str, *, reads: bool = False) -> Failure | None:
        """Take one turn of the first failure that is meant for this channel."""
        for failure in self.waiting:
            if failure.channel in (None, channel) and failure.reads == reads:
                failure.times -= 1
                if not failure.times:
                    self.waiting.remove(failure)
                return failure
        return None

    def rows(self) -> list[dict[str, Any]]:
        """What is still to come, as JSON."""
        return [asdict(failure) for failure in self.waiting]


class Refusals(Protocol):
    """How one platform words the failures that every platform has."""

    def expired_token(self) -> web.Response: ...

    def throttled(self, retry_after: float | None) -> web.Response: ...


async def accept_or_fail(
    request: web.Request,
    failure: Failure | None,
    refusals: Refusals,
    accept: Callable[[], web.Response],
) -> web.StreamResponse:
    """Answer a sound request: by accepting it, or by what the script says."""
    if failure is None:
        return accept()
    match failure.mode:
        case "error":
            return _written_out(failure)
        case "expired_token":
            return refusals.expired_token()
        case "throttle":
            return refusals.throttled(failure.retry_after)
        case "disconnect":
            return _hang_up(request)
        case "timeout_after_acceptance":
            accept()
    return await _never_answer(request)


def _written_out(failure: Failure) -> web.Response:
    if isinstance(failure.body, str):
        return web.Response(status=failure.status, headers=failure.headers, text=failure.body)
    body = {} if failure.body is None else failure.body
    return web.json_response(body, status=failure.status, headers=failure.headers)


def _hang_up(request: web.Request) -> web.Response:
    if request.transport:
        request.transport.abort()
    return web.Response(status=500)


async def _never_answer(request: web.Request) -> web.Response:
    """Stay silent until the caller gives up, then leave nothing on the line."""
    for _ in range(int(SILENCE_SECONDS / 0.05)):
        if request.transport is None or request.transport.is_closing():
            break
        await asyncio.sleep(0.05)
    return _hang_up(request)
