"""PURE: notices of AWS End User Messaging to messages and receipts (channels.md 15).

A text message has no time of its own: the time is when SNS passed it on.
"""

from collections.abc import Mapping

from chalicelib.channels.contract import AccountSettings, Raw
from chalicelib.channels.euros import microeuros
from chalicelib.channels.gathering import Gathering
from chalicelib.channels.moments import epoch_of
from chalicelib.channels.notices import Notice, notices
from chalicelib.channels.taming import id_of, number_of, read_object, text_of
from chalicelib.domain.message import Message, Parsed, Receipt, ReceiptState

STATES: Mapping[str, ReceiptState] = {
    "TEXT_SENT": "sent",
    "TEXT_SUCCESSFUL": "sent",
    "TEXT_DELIVERED": "delivered",
}
"""Accepted by the carrier, and arrived on the telephone (SMS-PAY, event types)."""

REASONS: Mapping[str, str] = {
    "TEXT_BLOCKED": "dit nummer neemt geen berichten van ons aan",
    "TEXT_CARRIER_BLOCKED": "de provider van de inwoner houdt onze berichten tegen",
    "TEXT_CARRIER_UNREACHABLE": "de provider van de inwoner is niet bereikbaar",
    "TEXT_INVALID": "dit is geen telefoonnummer waar berichten heen kunnen",
    "TEXT_INVALID_MESSAGE": "de provider kan dit bericht niet overbrengen",
    "TEXT_PROTECT_BLOCKED": "berichten naar dit land of nummer staan bij ons uit",
    "TEXT_SPAM": "de provider hield het bericht voor spam",
    "TEXT_TTL_EXPIRED": "de telefoon van de inwoner was te lang niet bereikbaar",
    "TEXT_UNREACHABLE": "de telefoon van de inwoner is niet bereikbaar",
}
"""Why it did not arrive. A kind that is in neither table proves nothing either way."""


def parse(raw: Raw, settings: AccountSettings) -> Parsed:
    """Everything in these bytes. Raises ``BadPayload`` when they are no JSON object."""
    found = Gathering()
    for notice in notices(read_object(raw.body), found):
        _gather(notice, settings, found)
    return found.parsed()


def _gather(notice: Notice, settings: AccountSettings, found: Gathering) -> None:
    kind = text_of(notice.told, "eventType")
    if kind.startswith("TEXT_"):
        _receipt(kind, notice, settings, found)
    elif "inboundMessageId" in notice.told:
        _message(notice, settings.account, found)
    else:
        found.ignore(f"notice {kind[:60]!r}")


def _message(notice: Notice, own: str, found: Gathering) -> None:
    id, author = id_of(notice.told, "inboundMessageId"), id_of(notice.told, "originationNumber")
    if id is None or author is None:
        found.ignore("text message without id or sender")
    elif author == own:
        found.ignore("our own text message")
    else:
        found.add(
            Message(
                external_id=id,
                author_id=author,
                text=text_of(notice.told, "messageBody"),
                kind="sms",
                timestamp=notice.at,
                reply_to=id_of(notice.told, "previousPublishedMessageId"),
            )
        )


def _receipt(kind: str, notice: Notice, settings: AccountSettings, found: Gathering) -> None:
    told = notice.told
    id = id_of(told, "messageId")
    if id is None:
        found.ignore("receipt without an id")
        return
    state: ReceiptState = "failed" if kind in REASONS else STATES.get(kind, "unknown")
    found.add_status(
        Receipt(
            external_id=id,
            state=state,
            timestamp=epoch_of(told, "eventTimestamp") or notice.at,
            reply_id=id_of(told, "context", "reply_id"),
            code=None if kind in STATES else kind,
            reason=REASONS.get(kind),
            microeuros=_cost(notice, settings),
            parts=_parts(notice),
        )
    )


def _cost(notice: Notice, settings: AccountSettings) -> int | None:
    """The message and what its carrier charges on top, which AWS tells in dollars."""
    price = number_of(notice.told, "totalMessagePrice")
    fee = number_of(notice.told, "totalCarrierFee") or 0.0
    return None if price is None or price < 0 else microeuros(settings, price, max(fee, 0.0))


def _parts(notice: Notice) -> int | None:
    count = number_of(notice.told, "totalMessageParts")
    return int(count) if count is not None and count >= 1 else None
