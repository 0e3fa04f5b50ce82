"""What the send tests of the channels share."""

from typing import Any

import pytest

from chalicelib.channels.contract import AccountSettings, Channel, Outgoing, Secrets
from chalicelib.channels.http import Http
from chalicelib.errors import ChannelError


def failing(
    channel: Channel,
    http: Http,
    outgoing: Outgoing,
    settings: AccountSettings,
    secrets: Secrets,
) -> ChannelError:
    """The error that sending ends in, worded for an agent."""
    with pytest.raises(ChannelError) as caught:
        channel.send(outgoing, settings, secrets, http)
    assert caught.value.channel == channel.name
    assert caught.value.reason
    return caught.value


def outgoing(to: str, text: str, **more: Any) -> Outgoing:
    """An answer under a reply id of ours."""
    return Outgoing(reply_id="reply-1", to=to, text=text, **more)
