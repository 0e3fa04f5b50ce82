"""A citizen answers what we answered: that stays one conversation, whatever the platform calls it.

Most platforms name the root of a public thread with each message. Mastodon names only the post
before, and so every turn would begin a conversation of its own.
"""

from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.arrival import Arrival
from chalicelib.store import deliveries, keys, references


def conversation_we_answered_in(services: Services, arrival: Arrival) -> str | None:
    """Where our answer stands that this message answers; None when it is to somebody else.

    Public and private stay apart, and so do people: who answers what we told another is another.
    """
    message, now = arrival.message, services.now()
    if message.reply_to is None:
        return None
    place = keys.reference(arrival.channel, arrival.account, message.reply_to, "")
    known = references.find(services.table, place, now)
    ours = (
        deliveries.find(services.table, known.reply_id, now) if known and known.reply_id else None
    )
    if ours is None or ours.to != message.author_id:
        return None
    return ours.subject if (ours.thread is None) == (message.thread is None) else None
