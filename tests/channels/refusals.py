"""How a channel's documented refusals are written down: ``tests/channels/<name>/refusals.py``.

Each such file holds ``SENDING``, an answer that the fake platform takes, and ``REFUSALS``, every
error that the platform documents with what it means for us. ``test_refusals.py`` then holds for
each of them, and for what all platforms have in common: silence, gateways, a closed door.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from chalicelib.channels.contract import AccountSettings, Outgoing, Secrets
from chalicelib.errors import ChannelError


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """An answer that goes well, as whom, and how. ``address`` is where the channel listens."""

    outgoing: Outgoing
    account: AccountSettings
    secrets: Secrets = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One refusal as the platform writes it, and what it means for us.

    ``wait`` is what a throttled one asks for. The agent reads a reason that holds ``reason``.
    """

    what: str
    means: type[ChannelError]
    status: int = 400
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    wait: timedelta | None = None
    code: str | None = None
    reason: str = ""
