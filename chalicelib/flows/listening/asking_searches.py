"""A search is asked for with a reason; one about a person is refused before it is kept."""

from dataclasses import dataclass, replace

from chalicelib.channels.offers import Searches
from chalicelib.detection.searching import Judged, judge
from chalicelib.domain import listening as rules
from chalicelib.domain.account import Account
from chalicelib.domain.listening import GROUNDS, PURPOSES, Search
from chalicelib.domain.moments import instant
from chalicelib.domain.principal import Principal
from chalicelib.errors import InvalidInput, StaleVersion
from chalicelib.flows.filled_in import last_moment, texts
from chalicelib.flows.listening.lawful_search import because_of
from chalicelib.flows.listening.search_register import LONGEST_BECAUSE, kept, known
from chalicelib.flows.services import Services
from chalicelib.store import directory, keys, searches

LONGEST_NAME = 80

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


def listening_places(services: Services) -> list[Account]:
    """Accounts of ours on a platform that can be searched, or with public pages of our own."""
    return [one for one in directory.accounts(services.table) if can_listen(services, one)]


def can_listen(services: Services, account: Account) -> bool:
    channel = services.channels.get(account.channel)
    if channel is None or account.channel == NOTHING_PUBLIC:
        return False
    in_threads = channel.rules.one_conversation_per == "author_and_root"
    return isinstance(channel, Searches) or (channel.rules.public and in_threads)


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
