"""Signals as people see them, and their word that one is known."""

from dataclasses import replace
from datetime import timedelta

from chalicelib.domain.moments import Moment, later
from chalicelib.domain.principal import Principal
from chalicelib.domain.signal import Signal
from chalicelib.errors import InvalidInput, NotFound
from chalicelib.flows.filled_in import texts
from chalicelib.flows.services import Services
from chalicelib.store import access_log, signals

QUIET_HOURS = (1, 8, 24)


def open_signals(services: Services, principal: Principal) -> list[Signal]:
    """What rises now and is not quiet, the strongest first: for the queue and the crisis switch."""
    principal.must_be_allowed_to("read_queue")
    now = services.now()
    found = [one for one in signals.standing(services.table, now) if not one.is_quiet(now)]
    return sorted(found, key=lambda one: (-one.extra, one.series))


def quieten(services: Services, principal: Principal, series: str, hours: int) -> Signal:
    """We know: nobody is shown this for so long. Raises ``NotFound``, ``InvalidInput``."""
    principal.must_be_allowed_to("listen")
    now = services.now()
    known = signals.find(services.table, series, now)
    if known is None:
        raise NotFound("this signal is over")
    if hours not in QUIET_HOURS:
        raise InvalidInput("not so long", {"uren": texts("Kies hoe lang.", "Choose how long.")})
    after = replace(
        known,
        quiet_until=later(now, timedelta(hours=hours)),
        quiet_by=principal.name,
        number=known.number + 1,
    )
    services.table.write(
        signals.changed(known, after),
        access_log.used(principal, "quieten_signal", series, now),
    )
    return after


def view_signals(services: Services, principal: Principal) -> tuple[list[Signal], list[Signal]]:
    """What is open, quiet ones too, and what is past, of this month and the one before.

    They hold nothing of a citizen: who keeps the service running may see them too.
    """
    if not principal.may("operate"):
        principal.must_be_allowed_to("read_queue")
    now = services.now()
    months = sorted({now[:7], later(now, -timedelta(days=now_day(now)))[:7]}, reverse=True)
    over = [one for month in months for one in signals.past(services.table, month, now)]
    standing = signals.standing(services.table, now)
    return sorted(standing, key=lambda one: (-one.extra, one.series)), over


def now_day(now: Moment) -> int:
    """The day of the month: so many days ago it was the month before."""
    return int(now[8:10])
