"""Receipts that a platform sends after accepting: signed webhooks, a little later."""

import asyncio
import hashlib
import hmac
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from aiohttp import ClientError, ClientSession

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Callback:
    """Where a channel's receipts go. Doubles and odd orders are asked for in ``states``."""

    url: str
    secret: str = field(repr=False)
    states: Sequence[str] = ("sent", "delivered", "read")
    delay: float = 0.2


@dataclass(slots=True)
class Callbacks:
    """Who is called back, and the calls still on their way."""

    by_channel: dict[str, Callback] = field(default_factory=dict)
    _running: set[asyncio.Task[None]] = field(default_factory=set)

    def begin(self, channel: str, bodies: Mapping[str, Mapping[str, Any]]) -> None:
        """Send the body of each state in turn. Returns at once."""
        callback = self.by_channel.get(channel)
        if callback:
            task = asyncio.create_task(_call_back(callback, bodies))
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    def tell(self, callback: Callback, body: bytes) -> None:
        """Send this body once, at once. Returns before it has arrived."""
        at_once = replace(callback, states=("told",), delay=0.0)
        task = asyncio.create_task(_call_back(at_once, {"told": json.loads(body)}))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def stop(self) -> None:
        """Forget what was still to be sent."""
        for task in tuple(self._running):
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)


async def _call_back(callback: Callback, bodies: Mapping[str, Mapping[str, Any]]) -> None:
    async with ClientSession() as session:
        for state in callback.states:
            await asyncio.sleep(callback.delay)
            body = json.dumps(bodies[state], separators=(",", ":")).encode()
            try:
                async with session.post(callback.url, data=body, headers=_signed(callback, body)):
                    pass
            except ClientError as error:
                LOG.warning("nobody took the %s receipt: %s", state, error)


def _signed(callback: Callback, body: bytes) -> dict[str, str]:
    # Written out here on purpose: a fake that shares code with what it tests proves nothing.
    digest = hmac.new(callback.secret.encode(), body, hashlib.sha256).hexdigest()
    return {"Content-Type": "application/json", "X-Hub-Signature-256": f"sha256={digest}"}
