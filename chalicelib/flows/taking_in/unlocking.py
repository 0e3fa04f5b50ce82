"""Our key to an account, with either of two during a rotation, so that a rotation loses nothing.

A platform that refuses our key has accepted nothing, so that trying the earlier one is no second
message. What is signed is believed under both keys by the channels themselves.
"""

from collections.abc import Callable
from typing import TypeVar

from chalicelib.channels.contract import Secrets
from chalicelib.errors import ChannelAccessLost
from chalicelib.flows.services import Services
from chalicelib.log import logger

Found = TypeVar("Found")


def with_either_key(
    services: Services, channel: str, account: str, ask: Callable[[Secrets], Found]
) -> Found:
    """Ask with the current key and, where the platform refuses it, with the one before.

    Raises what the platform said, ``Misconfigured`` or ``StoreUnavailable``.
    """
    secrets = services.secrets.of(channel, account)
    try:
        return ask(secrets)
    except ChannelAccessLost:
        earlier = secrets.before_rotation()
        if earlier is None:
            raise
        logger.warning("the new key is refused, trying the one before", channel=channel)
        return ask(earlier)
