"""An answer to everyone as its writer sees it: whom it would reach, and how far it is."""

from collections import Counter
from dataclasses import dataclass, field

from chalicelib.domain.announcement import AUDIENCES, Announcement, Audience, Recipient, Why
from chalicelib.domain.delivery import FINISHED
from chalicelib.domain.incident import Incident
from chalicelib.domain.principal import Principal
from chalicelib.flows.answering.elsewhere import limits_of
from chalicelib.flows.desk.proofreading import Proof, proof_of
from chalicelib.flows.incidents.answering_all import found_announcement
from chalicelib.flows.incidents.circles import latest, reach_of
from chalicelib.flows.incidents.reaching import Reach, simple_ones
from chalicelib.flows.incidents.stating import against
from chalicelib.flows.services import Services
from chalicelib.store import access_log, announcements, conversations, keys

ARRIVED = frozenset({"delivered", "read", "played"})


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far it is: deliveries by their state, and who was not answered and why.

    ``arrived`` of the sent ones did so as far as the platform tells; ``left``: of those whom an
    appeal reached, so many then asked for no more.
    """

    told: Announcement
    states: Counter[str]
    out: list[Recipient]
    failed: list[Recipient] = field(default_factory=list)
    arrived: int = 0
    left: int = 0

    @property
    def waiting(self) -> int:
        """How many have not left, or are on their way."""
        return sum(count for state, count in self.states.items() if state not in FINISHED)

    @property
    def going(self) -> bool:
        return self.told.state == "going" or bool(self.waiting)


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


def all_told(services: Services, incident: Incident) -> list[Announcement]:
    """Every answer to everyone about it, and about what was joined into it, the latest first."""
    return [one for one in every_text(services, incident) if one.appeal is None]


def every_text(services: Services, incident: Incident) -> list[Announcement]:
    """Answers and appeals alike, the latest first."""
    now = services.now()
    names = (incident.subject, *incident.parts)
    told = [one for name in names for one in announcements.of_incident(services.table, name, now)]
    return sorted(told, key=lambda one: one.at, reverse=True)


def progress(services: Services, principal: Principal, subject: str, id_: str) -> Progress:
    """How far it is. Raises ``NotFound``."""
    principal.must_be_allowed_to("read_conversation")
    now = services.now()
    told = found_announcement(services, subject, id_)
    looked = announcements.recipients(services.table, subject, id_, now)
    services.table.write(access_log.read(principal, "read_incident", subject, now))
    sent = [one for one in looked if one.way != "none"]
    return Progress(
        told=told,
        states=Counter(one.state for one in sent),
        out=[one for one in looked if one.way == "none"],
        failed=[one for one in sent if one.state in ("refused", "uncertain")],
        arrived=sum(one.receipt in ARRIVED for one in sent),
        left=sum(one.left_at is not None for one in looked),
    )


def current_for(services: Services, incident: Incident | None, subject: str) -> str:
    """What everybody was told last, for who reports late; empty when they were told it as well."""
    told = next(iter(told_now(services, incident)), None) if incident else None
    conversation = conversations.find(services.table, subject, services.now())
    if told is None or conversation is None:
        return ""
    reporter = keys.reporter(conversation.channel, conversation.author_id or subject)
    looked = announcements.recipient(
        services.table, told.incident, told.id, reporter, services.now()
    )
    if looked and looked.subject == subject and looked.way != "none":
        return ""
    rules = limits_of(services, conversation)
    return told.said_to("public" if rules.public else "private", conversation.lang)


def told_now(services: Services, incident: Incident) -> list[Announcement]:
    """What was not stopped, the latest first."""
    return [one for one in all_told(services, incident) if one.state != "stopped"]
