"""What a citizen sees of us besides answers: that we read what they wrote, and write ourselves."""

from chalicelib.channels.contract import AccountSettings, Channel, Secrets
from chalicelib.channels.http import Http
from chalicelib.channels.offers import Gesture, Gestures
from chalicelib.domain.conversation import KeptMessage

SEEN: tuple[Gesture, ...] = ("seen", "typing")


def show_seen(
    channel: Channel, message: KeptMessage, settings: AccountSettings, secrets: Secrets, http: Http
) -> None:
    """By the message, or by its writer where that is how the platform wants it; never in public.

    An agent took it up, to answer: so that somebody is writing, too. Raises the ``ChannelError``
    family.
    """
    if not isinstance(channel, Gestures):
        channel.mark_read(message.external_id, settings, secrets, http)
    elif message.thread is None and message.author_id:
        for what in SEEN:
            channel.gesture(what, message.author_id, settings, secrets, http)
