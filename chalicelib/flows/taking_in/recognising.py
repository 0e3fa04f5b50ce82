"""The same person under another id of the same channel, because the platform itself says so.

A number that changed, or an id that came beside a number: the message names both. Then the
conversation goes on. Across channels nobody is recognised: that takes a recorded act (joining).
"""

from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.arrival import Arrival
from chalicelib.store import keys, references
from chalicelib.store.table import Operation


def known_by_another_id(services: Services, arrival: Arrival) -> str | None:
    """The conversation in which this writer wrote under another id that the message names."""
    if not is_private(services, arrival):
        return None
    now = services.now()
    for alias in arrival.message.aliases:
        lead = keys.thread(arrival.channel, arrival.account, alias)
        # Half the price: an id that was replaced within the last second is not worth more.
        subject = references.thread_subject(services.table, lead, now, strong=False)
        if subject:
            return subject
    return None


def leads_from_new_ids(services: Services, arrival: Arrival, subject: str) -> tuple[Operation, ...]:
    """When a platform tells that an id changed, what comes under the new one goes on here."""
    if arrival.message.kind != "system" or not is_private(services, arrival):
        return ()
    now = services.now()
    leads = (
        keys.thread(arrival.channel, arrival.account, alias) for alias in arrival.message.aliases
    )
    new = (one for one in leads if references.thread_subject(services.table, one, now) is None)
    return tuple(references.first_thread(one, subject, now) for one in new)


def is_private(services: Services, arrival: Arrival) -> bool:
    """In public and on a form an id leads to no single conversation."""
    rules = services.channel(arrival.channel).rules.within(arrival.message.thread)
    return rules.one_conversation_per == "author"
