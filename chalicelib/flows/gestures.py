"""What a citizen sees of us besides answers: that we read what they wrote."""

from chalicelib.channels.contract import AccountSettings, Channel, Gestures, Secrets
from chalicelib.channels.http import Http
from chalicelib.domain.conversation import KeptMessage


def show_seen(
    channel: Channel, message: KeptMessage, settings: AccountSettings, secrets: Secrets, http: Http
) -> None:
    """By the message, or by its writer where that is how the platform wants it; never in public.

    Raises the ``ChannelError`` family.
    """
    if not isinstance(channel, Gestures):
        channel.mark_read(message.external_id, settings, secrets, http)
    elif message.thread is None and message.author_id:
        channel.gesture("seen", message.author_id, settings, secrets, http)
