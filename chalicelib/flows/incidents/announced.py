"""Answers to everyone, and appeals, that went out: how far they are, and what was told last."""

from collections import Counter
from dataclasses import dataclass, field

from chalicelib.domain.announcement import Announcement, Recipient
from chalicelib.domain.delivery import FINISHED
from chalicelib.domain.incident import Incident
from chalicelib.domain.principal import Principal
from chalicelib.flows.answering.elsewhere import limits_of
from chalicelib.flows.incidents.answering_all import found_announcement
from chalicelib.flows.services import Services
from chalicelib.store import access_log, announcements, conversations, keys

ARRIVED = frozenset({"delivered", "read", "played"})


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
