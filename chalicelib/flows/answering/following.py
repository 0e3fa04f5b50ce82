"""An answer in several parts: each goes out after the one before, and none without it.

part 1 sent ──▶ part 2 is due, after the pause that the channel asks for
part 1 refused ──▶ all that follow are refused too: half a sentence helps nobody
part 1 uncertain ──▶ the others wait, until a receipt settles it
"""

from collections.abc import Iterator
from dataclasses import replace

from chalicelib.domain.delivery import Delivery
from chalicelib.domain.moments import later
from chalicelib.flows import nudges
from chalicelib.flows.services import Services
from chalicelib.jobs.jobs import JUST_AFTER
from chalicelib.store import deliveries, keys

Following = list[tuple[Delivery, Delivery]]

NOT_BEFORE = "een eerder deel van dit antwoord kwam niet aan"


def what_follows(services: Services, before: Delivery, after: Delivery) -> Following:
    """The parts that change with this one, each as it was and as it becomes."""
    if after.state == before.state:
        return []
    waiting = list(waiting_after(services, after))
    if after.state == "refused":
        return [(one, replace(one, state="refused", reason=NOT_BEFORE)) for one in waiting]
    if after.state == "sent" and waiting:
        return [(waiting[0], released(services, waiting[0], after))]
    return []


def waiting_after(services: Services, delivery: Delivery) -> Iterator[Delivery]:
    """The parts behind this one that still wait for their turn."""
    then = delivery.then
    while then:
        following = deliveries.find(services.table, then, services.now())
        if following is None or following.state != "queued" or following.due_at:
            return
        yield following
        then = following.then


def released(services: Services, waiting: Delivery, sent: Delivery) -> Delivery:
    """Its turn has come. In a thread it answers the part before it."""
    rules = services.channel(sent.channel).rules.within(sent.thread)
    answers = sent.external_id if rules.chains else waiting.in_reply_to
    due_at = later(services.now(), rules.between_parts)
    return replace(waiting, due_at=due_at, in_reply_to=answers)


def begin_next(services: Services, following: Following) -> None:
    """A job for the part that is due now; the sweeper finds a lost one."""
    for _, after in following:
        if after.due_at:
            pause = services.channel(after.channel).rules.within(after.thread).between_parts
            job = nudges.delivery(keys.delivery(after.reply_id))
            services.jobs.send("deliver", job, delay=pause + JUST_AFTER)
