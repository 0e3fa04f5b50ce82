"""Each night the day before is held against what came in: nothing lost, nothing shown twice."""

from datetime import timedelta

from chalicelib.domain.audit import Audit, shown_twice
from chalicelib.domain.envelope import Ledger
from chalicelib.domain.moments import later
from chalicelib.flows.services import Services
from chalicelib.log import logger
from chalicelib.store import audits, directory, due, envelopes, facts, keys

LONGER_THAN = timedelta(hours=1)
"""What still waits for the machine after this long is counted as lost until it is found."""


def audit_day(services: Services, day: str) -> Audit:
    """Hold a (UTC) day against its deliveries, and keep what was found. Again gives it anew."""
    now = services.now()
    begin, end = f"{day}T00:00:00.000Z", min(f"{day}T23:59:59.999Z", now)
    total = Ledger()
    for account in directory.accounts(services.table):
        place = (account.channel, account.account)
        total += envelopes.counted(services.table, place, begin, end)
    arrived = (
        one.fact.id for one in facts.of_day(services.table, day, now) if one.fact.what == "arrived"
    )
    waiting = due.overdue(services.table, keys.MESSAGE_DUE, later(now, -LONGER_THAN))
    found = Audit(
        day=day,
        at=now,
        received=total.received,
        accepted=total.accepted,
        unreadable=total.unreadable,
        unread=total.received - total.parsed - total.unreadable,
        unplaced=sum(1 for _ in waiting),
        repeated=total.duplicates,
        shown_twice=shown_twice(arrived),
    )
    services.table.write(audits.kept(found))
    if found.lost or found.shown_twice:
        logger.error("audit", day=day, lost=found.lost, shown_twice=found.shown_twice)
    return found
