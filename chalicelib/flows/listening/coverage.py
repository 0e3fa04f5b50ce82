"""What our listening covers now: each source, what it cost, and what we cannot see."""

from dataclasses import dataclass
from datetime import timedelta

from chalicelib.domain.account import Account
from chalicelib.domain.listening import Search
from chalicelib.domain.moments import Moment, later
from chalicelib.domain.pacing import ration
from chalicelib.domain.polling import A_EURO
from chalicelib.domain.principal import Principal
from chalicelib.flows.listening.asking_searches import listening_places
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.freshness import Freshness, freshness
from chalicelib.flows.taking_in.sources import ever_priced, money_of
from chalicelib.store import directory, searches, watches

STALE = timedelta(minutes=15)
"""A source that was not read for so long may have missed what is going on now."""

LATELY = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Blind:
    """Something that we cannot see now; ``why`` names the sentence that says it."""

    why: str
    channel: str = ""
    name: str = ""
    text: str = ""
    since: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """Euros of one account: its month's budget, what it spent, and what is left of it and today."""

    channel: str
    account: str
    budget: float
    spent: float
    left: float
    today: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """``closed`` are channels that may not listen; ``searches`` by their id."""

    sources: list[Freshness]
    closed: list[str]
    blind: list[Blind]
    money: list[Money]
    searches: dict[str, Search]


def view_coverage(services: Services, principal: Principal) -> Coverage:
    """All of it, read from what was kept."""
    if not principal.may("read_ledger"):
        principal.must_be_allowed_to("listen")
    every = searches.every(services.table, services.now())
    accounts = directory.accounts(services.table)
    places = listening_places(services)
    sources = [one for one in freshness(services, places) if one.use == "listen"]
    return Coverage(
        sources=sources,
        closed=[one.channel for one in places if not one.approved_for("listen", services.now())],
        blind=[
            *of_accounts(services, places), *of_sources(services, sources),
            *of_searches(services, every),
        ],
        money=[one for account in accounts if (one := money(services, account))],
        searches={one.id: one for one in every},
    )  # fmt: skip


def of_accounts(services: Services, places: list[Account]) -> list[Blind]:
    """Places where we may listen and are not let in."""
    now = services.now()
    known = watches.every(services.table, now)
    found: list[Blind] = []
    for one in places:
        watch = known.get((one.channel, one.account))
        open_to_us = one.approved_for("listen", now)
        if open_to_us and watch and watch.state in ("access_lost", "silent"):
            found.append(
                Blind(why=watch.state, channel=one.channel, name=one.name, since=watch.since)
            )
    return found


def of_sources(services: Services, sources: list[Freshness]) -> list[Blind]:
    """Sources that say why they were not read, or were not read for long."""
    old = later(services.now(), -STALE)
    found: list[Blind] = []
    for one in sources:
        is_old = (one.last_success_at or "") < old
        if one.error or is_old:
            found.append(
                Blind(
                    why="source" if one.error else "stale",
                    channel=one.channel,
                    name=one.stream,
                    text=one.error or "",
                    since=one.last_success_at,
                )
            )
    return found


def of_searches(services: Services, every: list[Search]) -> list[Blind]:
    """Searches that wait for an approver, and those that ended lately."""
    now = services.now()
    waiting = [Blind(why="waits", name=one.name) for one in every if one.state == "asked"]
    ended = [
        Blind(why="ended", name=one.name, since=one.until)
        for one in every
        if one.state == "ended" and later(now, -LATELY) < one.until <= now
    ]
    return waiting + ended


def money(services: Services, account: Account) -> Money | None:
    """None where reading costs nothing."""
    if not ever_priced(services, account):
        return None
    budget, spent, spent_today = money_of(services, account)
    today = ration(services.now()[:10], budget, spent, spent_today, rising=False)
    return Money(
        channel=account.channel,
        account=account.account,
        budget=budget / A_EURO,
        spent=spent / A_EURO,
        left=max(0, budget - spent) / A_EURO,
        today=max(0, today) / A_EURO,
    )
