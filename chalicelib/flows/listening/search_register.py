"""The register of searches: asked with a reason, approved by others, ended at a date.

A search that is about a person is refused before it is kept, and the refusal says why. Only what
is kept here is ever read (``flows/taking_in/sources.py``), and only while its account may listen.
"""

from contextlib import suppress
from dataclasses import dataclass, replace

from chalicelib.domain import listening as rules
from chalicelib.domain.listening import Search, Step, What
from chalicelib.domain.principal import SYSTEM, Principal
from chalicelib.errors import InvalidInput, NotFound, StaleVersion
from chalicelib.flows.filled_in import texts
from chalicelib.flows.listening.overhearing import forget_searches
from chalicelib.flows.services import Services
from chalicelib.store import access_log, cursors, keys, searches
from chalicelib.store.table import ConditionFailed, Key

LONGEST_BECAUSE = 500
"""Characters of a reason."""


@dataclass(frozen=True, slots=True)
class SearchView:
    """A search and all that happened to it, newest first."""

    search: Search
    steps: list[Step]


def view_searches(services: Services, principal: Principal) -> list[Search]:
    """All of them: what waits for an approver first, then what runs, then what is over."""
    must_see(principal)
    order = {"asked": 0, "active": 1, "refused": 2, "ended": 2}
    found = searches.every(services.table, services.now())
    return sorted(found, key=lambda one: (order[one.state], one.until, one.name))


def view_search(services: Services, principal: Principal, id_: str) -> SearchView:
    """One search. Raises ``NotFound``."""
    must_see(principal)
    found = known(services, id_)
    return SearchView(found, searches.steps(services.table, id_, services.now()))


def must_see(principal: Principal) -> None:
    """Who may ask, approve or oversee may see them. Raises ``NotAllowed``."""
    if not principal.may("oversee_searches"):
        principal.must_be_allowed_to("listen")


def known(services: Services, id_: str) -> Search:
    """Raises ``NotFound``."""
    found = searches.find(services.table, id_, services.now())
    if found is None:
        raise NotFound("no such search")
    return found


def approve(services: Services, principal: Principal, id_: str, *, seen: int) -> Search:
    """One approver more. Raises ``NotAllowed`` for its author, or who approved it before."""
    before = waiting(services, principal, id_, seen)
    after = rules.approve(before, principal, services.now())
    found = kept(services, before, principal, "approved", after)
    if found.state == "active":
        wake(services, found)
    return found


def wake(services: Services, search: Search) -> None:
    """What it read before goes on at once; what it never read is begun by the clock."""
    now = services.now()
    for place in search.accounts:
        channel, _, account = place.partition("#")
        for number in range(len(search.lines)):
            key = keys.cursor(channel, account, rules.stream_of(search, number))
            source = cursors.find(services.table, key, now)
            if source:
                with suppress(ConditionFailed):  # it is being read right now
                    awake = replace(source, next_at=now, version=source.version + 1)
                    services.table.write(cursors.saved(source, awake, now))


def refuse(services: Services, principal: Principal, id_: str, text: str, *, seen: int) -> Search:
    """Not approved, and why. Raises ``InvalidInput`` without a reason."""
    before = waiting(services, principal, id_, seen)
    if not 0 < len(text.strip()) <= LONGEST_BECAUSE:
        raise InvalidInput("no reason", {"text": texts("Vul in waarom niet.", "Enter why not.")})
    return kept(services, before, principal, "refused", rules.refuse(before, text.strip()))


def waiting(services: Services, principal: Principal, id_: str, seen: int) -> Search:
    """The search that somebody decides on, as they saw it. Raises ``StaleVersion``."""
    principal.must_be_allowed_to("approve_search")
    found = known(services, id_)
    if found.number != seen:
        raise StaleVersion("somebody changed this search in the meantime")
    return found


def end(services: Services, principal: Principal, id_: str) -> Search:
    """Stop it now; everybody who may ask for a search may stop any."""
    principal.must_be_allowed_to("listen")
    before = known(services, id_)
    return kept(services, before, principal, "ended", rules.end(before))


def expire(services: Services, key: Key) -> Search | None:
    """Its end has come. None when it was over, or got another end meanwhile."""
    found = searches.find(services.table, key.sk, services.now())
    if found is None or found.state not in ("asked", "active") or services.now() < found.until:
        return None
    try:
        return kept(services, found, SYSTEM, "expired", rules.end(found))
    except StaleVersion:
        return None


def kept(
    services: Services, before: Search | None, who: Principal, what: What, after: Search
) -> Search:
    """The search, the line of its register and of the log of use, all or nothing."""
    now = services.now()
    step = Step(what=what, by=who.id, name=who.name, at=now, search=after)
    action: access_log.Action = "ask_search" if what in ("asked", "changed") else "decide_search"
    try:
        services.table.write(
            *searches.taken(before, step), access_log.used(who, action, after.id, now)
        )
    except ConditionFailed:
        raise StaleVersion("somebody changed this search in the meantime") from None
    forget_searches(services)
    return after
