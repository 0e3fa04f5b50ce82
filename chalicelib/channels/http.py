"""One small HTTP client for all platforms, and the one place that translates its failures."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import urllib3
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

from chalicelib.errors import ChannelUnavailable, OutcomeUnknown

# Its debug lines show whole addresses, and Telegram's hold the token.
logging.getLogger("urllib3.connectionpool").setLevel(logging.INFO)


@dataclass(frozen=True, slots=True)
class Answer:
    """A platform's answer, whatever its status. Header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> dict[str, Any]:
        """The body as a JSON object; empty when it is anything else."""
        try:
            value = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return value if isinstance(value, dict) else {}


@dataclass(frozen=True, slots=True)
class Http:
    """Sends requests to ``base_urls[channel]``: the platforms, or a fake of them on loopback.

    Never retries by itself and never follows redirects: whether something may be tried again
    is the delivery flow's decision.
    """

    base_urls: Mapping[str, str]
    timeout_seconds: float = 10.0
    _pool: urllib3.PoolManager = field(default_factory=urllib3.PoolManager, repr=False)

    def request(
        self,
        channel: str,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> Answer:
        """One request with an optional JSON body.

        Raises ``ChannelUnavailable`` when no connection was made (nothing was accepted) and
        ``OutcomeUnknown`` when the connection broke after the request went out.
        """
        try:
            answer = self._pool.request(
                method,
                self.base_urls[channel] + path,
                headers={"Content-Type": "application/json", **(headers or {})},
                body=None if body is None else json.dumps(body).encode(),
                timeout=urllib3.Timeout(connect=3.0, read=self.timeout_seconds),
                retries=False,
                redirect=False,
            )
        except (NewConnectionError, ConnectTimeoutError) as error:
            raise ChannelUnavailable(channel, "no-connection", "geen verbinding") from error
        except HTTPError as error:
            raise OutcomeUnknown(
                channel, type(error).__name__, "verbinding verbroken na verzenden"
            ) from error
        found = {name.lower(): value for name, value in answer.headers.items()}
        return Answer(answer.status, found, answer.data)
