"""What a platform tells about our answers: sent, delivered, read, failed. In any order."""

from chalicelib.domain.delivery import Cost, Delivery, State, is_newer_receipt
from chalicelib.domain.envelope import Envelope
from chalicelib.domain.message import Receipt
from chalicelib.errors import StoreUnavailable
from chalicelib.flows.answering.outcomes import save_outcome
from chalicelib.flows.hinting import tell
from chalicelib.flows.services import Services
from chalicelib.store import deliveries, keys, references
from chalicelib.store.table import ConditionFailed, Key

TRIES = 5


def apply_receipt(services: Services, envelope: Envelope, receipt: Receipt) -> None:
    """Bring a delivery further, or let the receipt wait for our own mark when it came first."""
    account = receipt.account or envelope.account
    reference = keys.reference(envelope.channel, account, receipt.external_id)
    for _ in range(TRIES):
        try:
            delivery = concerned(services, receipt, reference)
            if delivery is None:
                wait_for_our_mark(services, reference, receipt)
            elif is_newer_receipt(receipt.state, delivery.receipt):
                record(services, delivery, receipt)
            return
        except ConditionFailed:
            continue  # our own mark, or another receipt, came just now: look again
    raise StoreUnavailable("too many writers on one delivery")


def concerned(services: Services, receipt: Receipt, reference: Key) -> Delivery | None:
    """The delivery that a receipt is about, by our own id where the platform echoes it."""
    now = services.now()
    reply_id = receipt.reply_id
    if reply_id is None:
        known = references.find(services.table, reference, now)
        reply_id = known.reply_id if known else None
    return deliveries.find(services.table, reply_id, now) if reply_id else None


def record(services: Services, delivery: Delivery, receipt: Receipt) -> None:
    """A receipt proves that the platform has it, which settles an uncertain delivery too."""
    failed = receipt.state == "failed"
    state: State = "refused" if failed else "sent"
    save_outcome(
        services,
        delivery,
        state,
        external_id=receipt.external_id,
        receipt=receipt.state,
        reason=receipt.reason if failed else None,
        cost=cost_of(receipt),
    )
    tell(services, delivery.subject)


def cost_of(receipt: Receipt) -> Cost | None:
    """What the platform charged, where the receipt tells."""
    known = receipt.microeuros
    return None if known is None else Cost(microeuros=known, parts=receipt.parts)


def wait_for_our_mark(services: Services, reference: Key, receipt: Receipt) -> None:
    """Keep the receipt under the platform's id. Raises ``ConditionFailed`` when we just knew it."""
    services.table.write(
        references.early_receipt(reference, receipt.state, receipt.reason, services.now())
    )
