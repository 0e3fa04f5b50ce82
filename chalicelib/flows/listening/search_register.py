"""The register of searches: asked with a reason, approved by others, ended at a date.

A search that is about a person is refused before it is kept, and the refusal says why. Only what
is kept here is ever read (``flows/taking_in/sources.py``), and only while its account may listen.
"""

from contextlib import suppress
from dataclasses import dataclass, replace

from chalicelib.channels.contract import Searches
from chalicelib.detection.searching import Judged, judge
from chalicelib.domain import listening as rules
from chalicelib.domain.account import Account
from chalicelib.domain.listening import GROUNDS, PURPOSES, Search, Step, What
from chalicelib.domain.moments import instant
from chalicelib.domain.principal import SYSTEM, Principal
from chalicelib.errors import InvalidInput, NotFound, StaleVersion
from chalicelib.flows.listening.lawful_search import because_of
from chalicelib.flows.listening.overhearing import forget_searches
from chalicelib.flows.running.approving import last_moment, texts
from chalicelib.flows.services import Services
from chalicelib.store import access_log, cursors, directory, keys, searches
from chalicelib.store.table import ConditionFailed, Key

LONGEST_NAME, LONGEST_BECAUSE = 80, 500
NOTHING_PUBLIC = "messenger"
"""It has the rules of its page, on which people write in public, and none of that itself."""

Wrong = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody filled in, as text; ``until`` is a day, the last one."""

    name: str = ""
    query: str = ""
    accounts: tuple[str, ...] = ()
    purpose: str = ""
    ground: str = ""
    because: str = ""
    until: str = ""


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


def listening_places(services: Services) -> list[Account]:
    """Accounts of ours on a platform that can be searched, or with public pages of our own."""
    return [one for one in directory.accounts(services.table) if can_listen(services, one)]


def can_listen(services: Services, account: Account) -> bool:
    channel = services.channels.get(account.channel)
    if channel is None or account.channel == NOTHING_PUBLIC:
        return False
    in_threads = channel.rules.one_conversation_per == "author_and_root"
    return isinstance(channel, Searches) or (channel.rules.public and in_threads)


# --- asking --------------------------------------------------------------------------------------


def ask(services: Services, principal: Principal, asked: Asked) -> Search:
    """A new search, for others to approve. Raises ``InvalidInput``."""
    principal.must_be_allowed_to("listen")
    now = services.now()
    id_ = keys.digest("search", principal.id, now)[:10]
    search = filled_in(services, principal, asked, id_)
    return kept(services, None, principal, "asked", search)


def change(
    services: Services, principal: Principal, id_: str, asked: Asked, *, seen: int
) -> Search:
    """Other words, another end: whoever changes it is its author now, and others approve it anew.

    Raises ``InvalidInput``, ``NotFound``, or ``StaleVersion`` when somebody was faster.
    """
    principal.must_be_allowed_to("listen")
    before = known(services, id_)
    if before.number != seen:
        raise StaleVersion("somebody changed this search in the meantime")
    search = replace(filled_in(services, principal, asked, id_), number=before.number + 1)
    return kept(services, before, principal, "changed", search)


def filled_in(services: Services, principal: Principal, asked: Asked, id_: str) -> Search:
    """The search as asked. Raises ``InvalidInput`` naming every field that is wrong."""
    now = services.now()
    query = "\n".join(" ".join(line.split()) for line in asked.query.splitlines() if line.strip())
    judged = judged_query(services, query)
    wrong = {
        **wrong_texts(asked), **wrong_query(query), **refused(judged),
        **wrong_choices(services, asked), **wrong_end(services, asked),
    }  # fmt: skip
    if judged.refused:
        kinds = tuple(dict.fromkeys(one.kind for one in judged.refused))
        services.table.write(searches.turned_away(principal.id, kinds, now))
    if wrong:
        raise InvalidInput("this search cannot be asked", wrong)
    return Search(
        id=id_,
        name=asked.name.strip(),
        query=query,
        accounts=asked.accounts,
        purpose=next(one for one in PURPOSES if one == asked.purpose),
        ground=next(one for one in GROUNDS if one == asked.ground),
        because=asked.because.strip(),
        author=principal.id,
        author_name=principal.name,
        asked_at=now,
        until=last_moment(asked.until) or now,
        sensitive=judged.sensitive,
        doubted=judged.doubted,
    )


def judged_query(services: Services, query: str) -> Judged:
    """What may be said of it; our own handles may be listened to."""
    settings = (one.settings.get("handle", "") for one in directory.accounts(services.table))
    own = frozenset(word for one in settings for word in one.casefold().split())
    return judge(query, own)


def refused(judged: Judged) -> Wrong:
    """Every reason why not, each with the part that says so."""
    if not judged.refused:
        return {}
    dutch = "; ".join(f"{because_of(one.kind)} ({one.found})" for one in judged.refused)
    why = texts(
        f"Zoeken naar personen mag niet. Deze zoekopdracht {dutch}.",
        "A search must not be about a person: "
        + "; ".join(f"{one.kind.replace('_', ' ')} ({one.found})" for one in judged.refused),
    )
    return {"query": why}


def wrong_query(query: str) -> Wrong:
    lines = query.splitlines()
    if not lines:
        return {"query": texts("Vul in waarnaar wordt gezocht.", "Fill in what to look for.")}
    if len(lines) > rules.MOST_LINES or any(len(one) > rules.LONGEST_LINE for one in lines):
        text = f"{rules.MOST_LINES} regels van {rules.LONGEST_LINE} tekens"
        return {"query": texts(f"Hoogstens {text}.", f"At most {text}.")}
    if any(sign in query for sign in "():*") or any(word.startswith("-") for word in query.split()):
        plain = "Alleen woorden, en zinsdelen tussen aanhalingstekens."
        return {"query": texts(plain, "Only words, and phrases between quotation marks.")}
    return {}


def wrong_texts(asked: Asked) -> Wrong:
    longest = {"name": LONGEST_NAME, "because": LONGEST_BECAUSE}
    return {
        name: texts(f"Vul dit in, hoogstens {most} tekens.", f"Fill this in, at most {most} signs.")
        for name, most in longest.items()
        if not 0 < len(str(getattr(asked, name)).strip()) <= most
    }


def wrong_choices(services: Services, asked: Asked) -> Wrong:
    places = {f"{one.channel}#{one.account}" for one in listening_places(services)}
    found: Wrong = {}
    if asked.purpose not in PURPOSES:
        found["purpose"] = texts("Kies een doel uit de lijst.", "Choose a purpose from the list.")
    if asked.ground not in GROUNDS:
        found["ground"] = texts("Kies een grondslag.", "Choose a legal ground.")
    if not asked.accounts or not set(asked.accounts) <= places:
        found["accounts"] = texts("Kies waar wordt gezocht.", "Choose where to look.")
    return found


def wrong_end(services: Services, asked: Asked) -> Wrong:
    until, now = last_moment(asked.until), services.now()
    if until is None or until <= now:
        return {"until": texts("Vul een dag in die nog komt.", "Enter a day to come.")}
    if instant(until) - instant(now) > rules.LONGEST:
        return {"until": texts("Hoogstens drie maanden vooruit.", "At most three months ahead.")}
    return {}


# --- deciding ------------------------------------------------------------------------------------


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
