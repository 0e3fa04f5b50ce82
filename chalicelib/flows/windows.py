"""How long a citizen can be answered, and what is written by hand after the usual window."""

from chalicelib.domain.delivery import Delivery
from chalicelib.domain.moments import later
from chalicelib.flows.services import Services


def is_after_window(services: Services, delivery: Delivery) -> bool:
    """Whether the usual window has ended, and this may still go out since a person wrote it.

    Asked when it is sent, not when it is written: an answer may have waited across the end.
    """
    limits = services.channel(delivery.channel).rules.within(delivery.thread)
    if not (delivery.by_hand and delivery.inbound_at and limits.window and limits.by_hand):
        return False
    return later(delivery.inbound_at, limits.window) <= services.now()
