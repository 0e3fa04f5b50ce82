"""The figures by mail, to a colleague who asked for them: each morning, or each Monday.

    asked ──▶ due at the next morning ──▶ leased ──▶ mailed ──▶ due at the one after

A worker that dies between lease and mail leaves it due: it goes out a little later. One that dies
after the mail sends it twice, which does no harm.
"""

from dataclasses import replace
from datetime import timedelta

from chalicelib.channels.offers import Letters
from chalicelib.domain.account import Account
from chalicelib.domain.dutch_time import Day, day_of, days_later
from chalicelib.domain.figures import ALL_TEAMS, Counts, added
from chalicelib.domain.figures_mail import (
    DAYS_OF,
    Every,
    FiguresMail,
    Told,
    is_address,
    next_time,
    period,
    subject,
    written,
)
from chalicelib.domain.moments import later
from chalicelib.domain.principal import Principal
from chalicelib.domain.sheet import Sheet
from chalicelib.domain.usual import mean
from chalicelib.errors import ChannelError, ChannelRefused, InvalidInput, OutcomeUnknown
from chalicelib.flows.figures.figuring import WEEKS
from chalicelib.flows.figures.summing import dutch_days
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.sources import settings_of
from chalicelib.log import logger
from chalicelib.store import directory, figures, figures_mails
from chalicelib.store.table import ConditionFailed, Key

AGAIN = timedelta(minutes=15)
"""When it is tried again after the post did not take it."""


def ask(services: Services, principal: Principal, *, to: str, every: str, team: str) -> FiguresMail:
    """From the next morning on. Raises ``InvalidInput`` naming what cannot be."""
    principal.must_be_allowed_to("read_figures")
    fields = {}
    if not is_address(to):
        fields["mail"] = {"nl": "geen e-mailadres", "en": "not a mail address"}
    if every not in DAYS_OF:
        fields["elke"] = {"nl": "dag of week", "en": "day or week"}
    if team != ALL_TEAMS and team not in {one.id for one in directory.teams(services.table)}:
        fields["team"] = {"nl": "onbekend team", "en": "unknown team"}
    if fields:
        raise InvalidInput("no such mail", fields)
    how_often: Every = "week" if every == "week" else "day"
    at = next_time(how_often, services.now())
    wish = FiguresMail(agent=principal.id, to=to, every=how_often, team=team, next_at=at)
    services.table.write(figures_mails.kept(wish))
    return wish


def stop(services: Services, principal: Principal) -> None:
    """No more mails."""
    services.table.write(figures_mails.stopped(principal.id))


def asked_for(services: Services, principal: Principal) -> FiguresMail | None:
    """What they asked for, if they did."""
    return figures_mails.of_agent(services.table, principal.id, services.now())


def sender(services: Services) -> Account | None:
    """The account from which we write to colleagues: the first that can, and may answer."""
    now = services.now()
    for account in directory.accounts(services.table):
        able = isinstance(services.channels.get(account.channel), Letters)
        if able and account.approved_for("answer", now):
            return account
    return None


def mail_figures(services: Services, key: Key) -> None:
    """Send the mail that is due. Safe to run twice."""
    now = services.now()
    wish = figures_mails.find(services.table, key, now)
    if wish is None or wish.next_at > now:
        return
    reader = directory.find_agent(services.table, wish.agent)
    if reader is None or not reader.may("read_figures"):
        services.table.write(figures_mails.stopped(wish.agent))
        return
    leased = replace(wish, next_at=later(now, AGAIN))
    try:
        services.table.write(figures_mails.moved(wish, leased.next_at))
        if send(services, leased):
            services.table.write(figures_mails.moved(leased, next_time(wish.every, now)))
    except ConditionFailed:
        return  # somebody else sends it, or they asked for something else meanwhile


def send(services: Services, wish: FiguresMail) -> bool:
    """Whether it is done with: taken, perhaps taken, or refused for good."""
    account = sender(services)
    channel = services.channels.get(account.channel) if account else None
    if account is None or not isinstance(channel, Letters):
        logger.warning("figures not mailed", why="no account to write from")
        return False
    told = told_of(services, wish)
    try:
        channel.write(wish.to, subject(told), written(told), settings_of(account), services.http)
    except (ChannelRefused, OutcomeUnknown) as error:
        logger.warning("figures not mailed", why=type(error).__name__)
    except ChannelError as error:
        logger.warning("figures not mailed yet", why=type(error).__name__)
        return False
    return True


def told_of(services: Services, wish: FiguresMail) -> Told:
    """The whole days before today, beside what is usual."""
    now = services.now()
    first, last = period(wish.every, day_of(now))
    names = {team.id: team.name for team in directory.teams(services.table)}
    before = counts_before(services, wish, first, last)
    total = [
        counts
        for part in ("counts", "times")
        for counts in dutch_days(services, wish.team, first, last, part).values()
    ]
    return Told(
        whose=names.get(wish.team, "alle teams"),
        first=first,
        last=last,
        total=Sheet(added(total)),
        usual=Sheet(mean(before)),
        compared=bool(before),
        teams=names if wish.team == ALL_TEAMS else {},
        waiting=figures.newest_waiting(services.table, wish.team, now),
        counted_at=figures.counted_at(services.table, now),
        link=f"{services.public_url}/cijfers",
    )


def counts_before(services: Services, wish: FiguresMail, first: Day, last: Day) -> list[Counts]:
    """As long before, as often as is known: the same weekday of four weeks, or the last week."""
    weeks = range(1, WEEKS + 1) if wish.every == "day" else (1,)
    found = []
    for week in weeks:
        span = days_later(first, -7 * week), days_later(last, -7 * week)
        days = dutch_days(services, wish.team, *span)
        found += [added(days.values())] if days else []
    return found
