"""What SES tells about a mail of ours: sent, delivered, bounced, complained about (SES-NOT)."""

from typing import Any

from chalicelib.channels.moments import iso_of
from chalicelib.channels.taming import dict_of, id_of, list_of, text_of
from chalicelib.domain.message import Receipt, ReceiptState

STATES: dict[str, ReceiptState] = {
    "Send": "sent",
    "Delivery": "delivered",
    "Open": "read",
    "Click": "read",
    "Bounce": "failed",
    "Reject": "failed",
    "Rendering Failure": "failed",
}
"""By ``notificationType`` or ``eventType``; a complaint or a delay proves nothing either way."""

REASONS = {
    "Permanent": "dit e-mailadres bestaat niet of neemt geen mail van ons aan",
    "Transient": "de mailbox van de inwoner nam de mail niet aan (vol of niet bereikbaar)",
    "Reject": "onze maildienst weigerde de mail",
}


def receipt_of(kind: str, told: dict[str, Any]) -> Receipt | None:
    """The receipt in a notice, None when it does not say which mail it is about."""
    id = id_of(told, "mail", "messageId")
    if id is None:
        return None
    state = STATES.get(kind, "unknown")
    about = dict_of(told, kind[:1].lower() + kind[1:])
    bounce = text_of(about, "bounceType")
    detail = f"{bounce}/{text_of(about, 'bounceSubType')}" if bounce else kind
    failed = state == "failed"
    return Receipt(
        external_id=id,
        state=state,
        timestamp=iso_of(about, "timestamp") or iso_of(told, "mail", "timestamp"),
        reply_id=_echoed(told),
        code=detail if failed or state == "unknown" else None,
        reason=REASONS.get(bounce or kind, "de mail is niet aangekomen") if failed else None,
    )


def _echoed(told: dict[str, Any]) -> str | None:
    """Our own id, which we sent along as a tag."""
    tags = list_of(told, "mail", "tags", "reply_id")
    return id_of(tags[0]) if tags else None
