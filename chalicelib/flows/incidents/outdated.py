"""Answers that became untrue: what they told is stated otherwise now. Listed for a person."""

from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.domain.announcement import Announcement, Recipient
from chalicelib.domain.conversation import KeptMessage
from chalicelib.domain.incident import Incident
from chalicelib.domain.moments import Moment
from chalicelib.domain.principal import Principal
from chalicelib.domain.statement import History, Statement
from chalicelib.flows.incidents.announced import all_told
from chalicelib.flows.incidents.coordinating import found
from chalicelib.flows.incidents.rolling_up import here
from chalicelib.flows.incidents.stating import every_history
from chalicelib.flows.services import Services
from chalicelib.incidents.contradicting import concerns, contradictions
from chalicelib.store import access_log, announcements, kept_messages

MOST = 100
"""Conversations that are looked through, those with the latest reports."""

ON_ITS_WAY = frozenset({"queued", "sending", "sent", "uncertain"})


@dataclass(frozen=True, slots=True)
class OutdatedAnswer:
    """An answer of one colleague to one citizen, and the statements that changed since."""

    message: KeptMessage
    changed: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Outdated:
    """Answers to everyone with what changed since, and those to one; ``all_seen`` or only part."""

    to_all: list[tuple[Announcement, tuple[Statement, ...]]]
    to_one: list[OutdatedAnswer]
    all_seen: bool


def changed_since(text: str, at: Moment, known: Sequence[History]) -> tuple[Statement, ...]:
    """What this text told at that moment and is stated otherwise now."""
    return tuple(one.now for one in known if one.now.at > at and is_outdated(text, at, one))


def is_outdated(text: str, at: Moment, history: History) -> bool:
    """A statement that it told was changed, or a new one says otherwise."""
    before = history.at(at)
    if before is None:
        return not history.now.dropped and bool(contradictions(text, [history.now]))
    if (before.standing, before.text) == (history.now.standing, history.now.text):
        return history.now.dropped and concerns(text, before)
    return concerns(text, before) or concerns(text, history.now)


def outdated_announcements(
    told: Sequence[Announcement], known: Sequence[History]
) -> dict[str, tuple[Statement, ...]]:
    """By id, those answers to everyone that are not corrected yet and no longer true."""
    corrected = {one.corrects for one in told if one.state != "stopped"}
    changed = {one.id: changed_since(one.texts, one.at, known) for one in told}
    standing = {one.id for one in told if one.state != "stopped"} - corrected
    return {id_: found_ for id_, found_ in changed.items() if found_ and id_ in standing}


def view_outdated(services: Services, principal: Principal, subject: str) -> Outdated:
    """All answers that became untrue, as far as they are looked through. Raises ``NotFound``."""
    principal.must_be_allowed_to("read_conversation")
    incident, now = found(services, subject), services.now()
    services.table.write(access_log.read(principal, "read_incident", subject, now))
    known = every_history(services, incident)
    members = here(services, incident, now)[::-1]
    subjects = list(dict.fromkeys(one.subject for one in members))
    told = all_told(services, incident)
    by_id = {one.id: one for one in told}
    of_all = {one.reply_id for all_ in told for one in recipients(services, all_)}
    ours = [one for name in subjects[:MOST] for one in last_answer(services, name, incident)]
    to_one = [
        OutdatedAnswer(one, changed)
        for one in ours
        if one.reply_id not in of_all
        if (changed := changed_since(one.text, one.accepted_at, known))
    ]
    return Outdated(
        to_all=[
            (by_id[id_], changed) for id_, changed in outdated_announcements(told, known).items()
        ],
        to_one=to_one,
        all_seen=len(subjects) <= MOST,
    )


def last_answer(services: Services, subject: str, incident: Incident) -> list[KeptMessage]:
    """What this citizen was answered last, since the incident began; nothing when they were not."""
    said = [
        one
        for one in kept_messages.last(services.table, subject, services.now())
        if one.direction == "out" and one.state in ON_ITS_WAY and one.at >= incident.first_at
    ]
    return said[-1:]


def recipients(services: Services, told: Announcement) -> list[Recipient]:
    now = services.now()
    return announcements.recipients(services.table, told.incident, told.id, now)
