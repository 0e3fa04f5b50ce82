"""Whom an answer to everyone, or an appeal, would reach: seen by its writer before it goes out."""

from collections import Counter
from dataclasses import dataclass

from chalicelib.domain.announcement import AUDIENCES, Announcement, Audience, Why
from chalicelib.domain.principal import Principal
from chalicelib.flows.answering.elsewhere import limits_of
from chalicelib.flows.desk.proofreading import Proof, proof_of
from chalicelib.flows.incidents.circles import latest, reach_of
from chalicelib.flows.incidents.reaching import Reach, simple_ones
from chalicelib.flows.incidents.stating import against
from chalicelib.flows.services import Services
from chalicelib.store import access_log, conversations


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Those on one channel: how many are answered, and in how many messages each at most."""

    channel: str
    audience: Audience
    replies: int
    templates: int
    parts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Whom it would reach now; ``out`` are those it would not, by why, with a conversation each.

    Of so many that it is for, ``everybody``, the latest ``looked`` were looked at.
    """

    groups: list[Group]
    out: dict[Why, list[str]]
    proof: Proof
    looked: int
    everybody: int

    @property
    def reached(self) -> int:
        return sum(one.replies + one.templates for one in self.groups)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """Who would hear an answer: how many in each audience, by language the most first.

    ``templates`` can go out where a window has ended. Likewise of the latest ``looked``.
    """

    audiences: dict[Audience, dict[str, int]]
    templates: list[str]
    looked: int
    everybody: int


def preview(services: Services, agent: Principal, told: Announcement) -> Preview:
    """What it would do, by the very rules by which it will. Keeps nothing but the log of use."""
    agent.must_be_allowed_to("coordinate")
    circle = latest(services, told)
    ways = (reach_of(services, told, one) for one in circle.people)
    looked = [one for one in ways if one]
    services.table.write(
        access_log.read(agent, "read_incident", told.incident, services.now()),
    )
    out: dict[Why, list[str]] = {}
    for one in looked:
        if one.way == "none":
            out.setdefault(one.why, []).append(one.subject)
    reached = [one for one in looked if one.way != "none"]
    places = Counter((one.channel, one.audience) for one in reached)
    return Preview(
        groups=[group(reached, channel, audience) for (channel, audience), _ in places.items()],
        out=out,
        proof=proof_of(told.texts, [agent.name], against(services, told.incident, told.texts)),
        looked=len(circle.people),
        everybody=circle.everybody,
    )


def group(reached: list[Reach], channel: str, audience: Audience) -> Group:
    own = [one for one in reached if (one.channel, one.audience) == (channel, audience)]
    return Group(
        channel=channel,
        audience=audience,
        replies=sum(one.way == "reply" for one in own),
        templates=sum(one.way == "template" for one in own),
        parts=max(len(one.parts) for one in own),
    )


def hearing(services: Services, agent: Principal, told: Announcement) -> Hearing:
    """For whom texts are to be written. Raises ``NotFound``."""
    agent.must_be_allowed_to("coordinate")
    circle = latest(services, told)
    counts: dict[Audience, Counter[str]] = {one: Counter() for one in AUDIENCES}
    templates: dict[str, None] = {}
    for person in circle.people:
        last = next(iter(person.conversations))
        conversation = conversations.find(services.table, last, services.now())
        if conversation is None:
            continue
        rules = limits_of(services, conversation)
        counts["public" if rules.public else "private"][conversation.lang] += 1
        if rules.window:
            templates |= dict.fromkeys(one.name for one in simple_ones(services, conversation))
    return Hearing(
        audiences={one: dict(count.most_common()) for one, count in counts.items() if count},
        templates=list(templates),
        looked=len(circle.people),
        everybody=circle.everybody,
    )
