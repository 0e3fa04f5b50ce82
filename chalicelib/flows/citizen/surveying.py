"""How it went: asked when a matter is closed, answered in the dossier, shown by team and topic.

Who is not satisfied comes back: what they say goes to the team's queue as a message of theirs.
"""

from dataclasses import dataclass

from chalicelib.domain.assessment import Assessment
from chalicelib.domain.case import Case, CaseItem
from chalicelib.domain.principal import Principal
from chalicelib.domain.survey import (
    DISSATISFIED,
    HIGHEST,
    LOWEST,
    Invited,
    Rated,
    Satisfaction,
    summed,
)
from chalicelib.errors import InvalidInput, NotFound
from chalicelib.flows.citizen.adding import add
from chalicelib.flows.citizen.doors import Visit
from chalicelib.flows.citizen.dossier import first_conversation
from chalicelib.flows.services import Services
from chalicelib.store import cases, directory, kept_messages, surveys
from chalicelib.store.codec import from_text
from chalicelib.store.table import ConditionFailed

MONTHS = 3
LONGEST = 2_000
UNHAPPY = "Ik ben niet tevreden over hoe het ging."
BEGINS = "Over hoe het ging: "


def invite(services: Services, case: Case) -> None:
    """The matter is closed: from now on the dossier asks how it went. Safe to run twice."""
    at = case.news_at or services.now()
    one = Invited(number=case.number, team=case.team, topic=topic_of(services, case), at=at)
    services.table.write(surveys.asked(one, services.now()))


def topic_of(services: Services, case: Case) -> str:
    """What detection said of the first message that says something."""
    first, now = first_conversation(services, case), services.now()
    told = kept_messages.listing(services.table, first.subject, now) if first else []
    read = (from_text(Assessment, one.assessment).topic for one in told if one.assessment)
    return next(read, "anders")


def is_asked(services: Services, case: Case) -> bool:
    """Whether the dossier asks: closed, and not answered yet."""
    if case.news != "closed" or case.news_at is None:
        return False
    month, now = case.news_at[:7], services.now()
    return surveys.rating_of(services.table, case.team, month, case.number, now) is None


def rate(services: Services, inside: Visit, score: int, text: str, message_id: str) -> None:
    """The citizen says how it went, once. Raises ``InvalidInput`` or ``NotFound``."""
    case, now, text = inside.case, services.now(), text.strip()
    if not LOWEST <= score <= HIGHEST or len(text) > LONGEST:
        wrong = {"nl": "Kies een van de vijf.", "en": "Choose one of the five."}
        raise InvalidInput("not rated", {"score": wrong})
    if not is_asked(services, case):
        raise NotFound("nothing was asked")
    if score <= DISSATISFIED and case.chat:
        add(services, inside, f"{BEGINS}{text}" if text else UNHAPPY, message_id=message_id)
    rated = Rated(number=case.number, score=score, text=text, at=now)
    try:
        services.table.write(
            surveys.first_rating(case.team, (case.news_at or now)[:7], rated),
            cases.did(case.number, CaseItem(what="rated", at=now)),
        )
    except ConditionFailed:
        return  # said before


@dataclass(frozen=True, slots=True, kw_only=True)
class SatisfactionView:
    """The last months, and what people wrote, newest first; without numbers."""

    months: tuple[str, ...]
    rows: tuple[Satisfaction, ...]
    names: dict[str, str]
    words: tuple[Rated, ...]


def view_satisfaction(services: Services, principal: Principal) -> SatisfactionView:
    """By team and topic; who has a team sees that one."""
    principal.must_be_allowed_to("read_figures")
    names = {one.id: one.name for one in directory.teams(services.table)}
    teams = [principal.team] if principal.team else sorted(names)
    months, now, table = last_months(services.now()), services.now(), services.table
    invited, rated = [], []
    for team in teams:
        for month in months:
            invited += list(surveys.invited_in(table, team, month, now))
            rated += list(surveys.rated_in(table, team, month, now))
    words = sorted((one for one in rated if one.text), key=lambda one: one.at, reverse=True)
    rows = tuple(summed(invited, rated))
    return SatisfactionView(months=months, rows=rows, names=names, words=tuple(words[:20]))


def last_months(now: str) -> tuple[str, ...]:
    """The present month and those before it, as ``2026-11``."""
    year, month = int(now[:4]), int(now[5:7])
    counted = [year * 12 + month - 1 - back for back in range(MONTHS)]
    return tuple(f"{one // 12}-{one % 12 + 1:02}" for one in counted)
