"""A dry run: where last week's messages would go by these rules, beside where they went.

Nothing is moved. What the citizens wrote is read to find the place that they tell of, and not
shown; the look goes to the log of use.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta

from chalicelib.domain.administered import Record
from chalicelib.domain.moments import Moment, later
from chalicelib.domain.principal import Principal
from chalicelib.flows.assessing.locating import locate_among
from chalicelib.flows.assessing.routing import RuleBook, follow, known_of, read_rules
from chalicelib.flows.desk.viewing import assessment_of
from chalicelib.flows.services import Services
from chalicelib.routing.records import in_order, rule_of
from chalicelib.routing.rule import Known, Route
from chalicelib.store import access_log, directory, facts, kept_messages
from chalicelib.store.facts import Found

DAYS = 7
MOST_TRIED = 500
"""Messages, the newest first. More would make somebody wait."""

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A message: where triage put it (``went``), and where these rules would."""

    subject: str
    at: Moment
    went: str
    route: Route
    known: Known

    @property
    def differs(self) -> bool:
        return self.went != self.route.team


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """``counts`` are messages by (where it went, where it would go); ``differing`` at most fifty.

    ``more``: there were more messages in these days than were tried.
    """

    tried: int
    more: bool
    by_rule: dict[str, int]
    counts: dict[tuple[str, str], int]
    differing: list[Tried]

    @property
    def moved(self) -> int:
        """How many would go elsewhere."""
        return sum(number for (went, goes), number in self.counts.items() if went != goes)


def try_rules(
    services: Services, principal: Principal, id_: str = "", record: Record | None = None
) -> Trial:
    """By the rules as they are, or with this one in the place of what it was."""
    principal.must_be_allowed_to("coordinate")
    now = services.now()
    services.table.write(access_log.read(principal, "try_rules", id_ or "all", now))
    book = with_draft(services, id_, record)
    arrived = arrivals(services, now)
    teams = {(one.channel, one.account): one.team for one in directory.accounts(services.table)}
    each = (try_one(services, book, found, teams) for found in arrived[:MOST_TRIED])
    tried = [one for one in each if one]
    names = {rule.id: rule.name for rule in book.rules}
    rules = Counter(one.route.rule.partition(":")[0] for one in tried)
    return Trial(
        tried=len(tried),
        more=len(arrived) > MOST_TRIED,
        by_rule={names.get(rule, ""): number for rule, number in rules.most_common()},
        counts=dict(Counter((one.went, one.route.team) for one in tried).most_common()),
        differing=[one for one in tried if one.differs][:MOST_SHOWN],
    )


def with_draft(services: Services, id_: str, record: Record | None) -> RuleBook:
    """The rules, with one that is not kept yet."""
    book = read_rules(services)
    if record is None:
        return book
    others = [rule for rule in book.rules if rule.id != id_]
    return replace(book, rules=tuple(in_order([*others, rule_of(id_, record)])))


def arrivals(services: Services, now: Moment) -> list[Found]:
    """What came in, the newest first, and one more than are tried."""
    found: list[Found] = []
    begin = later(now, -timedelta(days=DAYS))
    for ago in range(DAYS + 1):
        day = later(now, -timedelta(days=ago))[:10]
        listed = facts.of_day(services.table, day, now)
        own = [one for one in listed if one.fact.what == "arrived" and one.fact.at >= begin]
        found += sorted(own, key=lambda one: one.fact.at, reverse=True)
        if len(found) > MOST_TRIED:
            break
    return found


def try_one(
    services: Services, book: RuleBook, found: Found, teams: dict[tuple[str, str], str]
) -> Tried | None:
    """None when nothing is left of the message."""
    now = services.now()
    message = kept_messages.find(services.table, found.key, now)
    assessment = assessment_of(message) if message else None
    if message is None or assessment is None:
        return None
    told = kept_messages.until(services.table, message, now)
    default = teams.get((message.channel, message.account), found.fact.team)
    where = locate_among(message, told)
    known = known_of(services, default, message, assessment, where)
    route = follow(services, book, known, default)
    return Tried(
        subject=message.subject, at=found.fact.at, went=found.fact.team, route=route, known=known
    )
