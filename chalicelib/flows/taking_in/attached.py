"""The files of a citizen's message become work: written with the message, all or nothing."""

import secrets
from dataclasses import replace

from chalicelib.domain.conversation import KeptMessage
from chalicelib.domain.media import KeptMedia, Media
from chalicelib.domain.moments import Moment, later
from chalicelib.domain.retention import KEPT
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.arrival import Arrival
from chalicelib.store import kept_messages, keys, media

MOST = 30
"""Files that one message brings at most; mails can hold more, and are shown with their count."""


def media_of(arrival: Arrival, message: KeptMessage) -> list[KeptMedia]:
    """What is to be fetched. Of what was merely heard and of what was taken back: nothing."""
    if message.deleted_at or arrival.envelope.listened:
        return []
    found = {id_of(message, one): one for one in arrival.message.media[:MOST]}
    return [owed(message, id_, number, one) for number, (id_, one) in enumerate(found.items())]


def id_of(message: KeptMessage, given: Media) -> str:
    """The same file in the same message is one file, however often it is told of."""
    return keys.digest("media", message.id, given.id or "", given.url or "")


def owed(message: KeptMessage, id_: str, number: int, given: Media) -> KeptMedia:
    """One file, due now and in the end destroyed with its message."""
    return KeptMedia(
        id=id_,
        subject=message.subject,
        message_sk=kept_messages.key_of(message).sk,
        channel=message.channel,
        account=message.account,
        number=number,
        given=given,
        state="waiting",
        created_at=message.accepted_at,
        due_at=message.accepted_at,
        ends_at=end_of(message.accepted_at),
        place=new_place(),
    )


def end_of(accepted_at: Moment) -> Moment:
    """When a message accepted at that moment is destroyed."""
    return later(accepted_at, KEPT["message"])


def new_place() -> str:
    """A key that says nothing and cannot be guessed."""
    return f"media/{secrets.token_hex(16)}"


def of_message(services: Services, message: KeptMessage) -> list[KeptMedia]:
    """The files that we keep of a message."""
    sk = kept_messages.key_of(message).sk
    found = media.of_conversation(services.table, message.subject, services.now())
    return [one for one in found if one.message_sk == sk]


def to_be_destroyed(one: KeptMedia, now: Moment) -> KeptMedia:
    """Its message was taken back: it goes now."""
    return replace(one, due_at=now, ends_at=now)
