"""What an answer must repeat of the mail that it answers: subject, references, where to."""

from email.message import Message as Mime

import msgspec

from chalicelib.channels.email.headers import header, ids_of, mailbox_of, words_of

MOST_REFERENCES = 20
"""The first one and the last ones: that is what mail programs build a thread from."""


class Answering(msgspec.Struct, frozen=True, omit_defaults=True):
    """Kept with the conversation, as ``Message.answer_with``, until an answer goes out."""

    subject: str = ""
    references: tuple[str, ...] = ()
    reply_to: str | None = None


def answering(mime: Mime, *, proven: bool | None) -> str:
    """What an answer to this mail needs. ``Reply-To`` counts only when the sender is proven.

    Else anybody could have what we tell one citizen sent to another address.
    """
    references = [*ids_of(mime, "references"), *ids_of(mime, "message-id")[:1]]
    if len(references) > MOST_REFERENCES:
        references = [references[0], *references[1 - MOST_REFERENCES :]]
    reply_to, _ = mailbox_of(header(mime, "reply-to")) if proven else (None, None)
    subject = words_of(mime, "subject")
    kept = Answering(subject=subject, references=tuple(references), reply_to=reply_to)
    return msgspec.json.encode(kept).decode()


def answering_from(text: str | None) -> Answering:
    """What was kept; nothing when the citizen's mail came without any of it."""
    return msgspec.json.decode(text, type=Answering) if text else Answering()


def thread_of(mime: Mime, own: str) -> str:
    """The first mail of the thread that this one stands in."""
    above = [*ids_of(mime, "references"), *ids_of(mime, "in-reply-to")]
    return above[0] if above else own
