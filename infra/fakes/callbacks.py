"""What platforms and AWS's queues tell us: signed webhooks, told again until they are taken.

What was refused too often is a dead letter: ``GET /_dead`` shows it.
"""

import asyncio
import hashlib
import hmac
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from aiohttp import ClientError, ClientSession

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Callback:
    """Where a channel's receipts go. Doubles and odd orders are asked for in ``states``.

    ``delay`` before each, and ``wait`` before it is told again, are seconds; it is told ``tries``
    times at most.
    """

    url: str
    secret: str = field(repr=False)
    states: Sequence[str] = ("sent", "delivered", "read")
    delay: float = 0.2
    tries: int = 8
    wait: float = 2.0


@dataclass(slots=True)
class Callbacks:
    """Who is called back, the calls still on their way, and what nobody took."""

    by_channel: dict[str, Callback] = field(default_factory=dict)
    dead: list[str] = field(default_factory=list)
    _running: set[asyncio.Task[None]] = field(default_factory=set)

    def begin(self, channel: str, bodies: Mapping[str, Mapping[str, Any]]) -> None:
        """Send the body of each state in turn. Returns at once."""
        callback = self.by_channel.get(channel)
        if callback:
            told = [json.dumps(bodies[state], separators=(",", ":")) for state in callback.states]
            self._run(callback, callback.delay, *told)

    def tell(self, callback: Callback, body: bytes) -> None:
        """Send this body, at once. Returns before it has arrived."""
        self._run(callback, 0.0, body.decode())

    async def stop(self) -> None:
        """Forget what was still to be sent."""
        for task in tuple(self._running):
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    def _run(self, callback: Callback, delay: float, *bodies: str) -> None:
        task = asyncio.create_task(self._call_back(callback, delay, bodies))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _call_back(self, callback: Callback, delay: float, bodies: Sequence[str]) -> None:
        async with ClientSession() as session:
            for body in bodies:
                await asyncio.sleep(delay)
                await self._deliver(session, callback, body)

    async def _deliver(self, session: ClientSession, callback: Callback, body: str) -> None:
        for turn in range(callback.tries):
            await asyncio.sleep(callback.wait if turn else 0)
            why = await _refusal(session, callback, body.encode())
            if not why:
                return
            LOG.warning("%s did not take what it was told: %s", callback.url, why)
        self.dead.append(body)


async def _refusal(session: ClientSession, callback: Callback, body: bytes) -> str:
    """Why it was not taken; empty when it was."""
    try:
        async with session.post(callback.url, data=body, headers=_signed(callback, body)) as answer:
            taken = answer.status < HTTPStatus.BAD_REQUEST
            return "" if taken else f"status {answer.status}"
    except ClientError as error:
        return str(error)


def _signed(callback: Callback, body: bytes) -> dict[str, str]:
    # Written out here on purpose: a fake that shares code with what it tests proves nothing.
    digest = hmac.new(callback.secret.encode(), body, hashlib.sha256).hexdigest()
    return {"Content-Type": "application/json", "X-Hub-Signature-256": f"sha256={digest}"}
