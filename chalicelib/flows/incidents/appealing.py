"""An appeal to volunteers, from an incident: proposed, seen by other eyes, sent, measured.

propose ─▶ waits ──approve, by somebody else──▶ goes out as every text to many (answering_all)
"""

from dataclasses import dataclass, replace

from chalicelib.detection.locating.gazetteer import at_hand
from chalicelib.domain.account import Account
from chalicelib.domain.announcement import Announcement
from chalicelib.domain.incident import Incident
from chalicelib.domain.own_post import must_be_other_eyes
from chalicelib.domain.principal import Principal
from chalicelib.domain.template import Template
from chalicelib.domain.volunteer import TOPICS
from chalicelib.errors import InvalidInput, StaleVersion
from chalicelib.flows import nudges
from chalicelib.flows.citizen.volunteering import ACCOUNTS
from chalicelib.flows.hinting import tell
from chalicelib.flows.incidents.announced import Progress, every_text, progress
from chalicelib.flows.incidents.answering_all import found_announcement, must_be_said
from chalicelib.flows.incidents.asking import can_carry
from chalicelib.flows.incidents.coordinating import found, happened
from chalicelib.flows.incidents.finding_useful import helped
from chalicelib.flows.services import Services
from chalicelib.store import access_log, announcements, keys, templates
from chalicelib.store.table import ConditionFailed


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What an appeal brought: how far it is, and how many different people answered it.

    ``helped``: of so many an answer was found useful.
    """

    progress: Progress
    answered: int
    helped: int


def propose(services: Services, agent: Principal, told: Announcement) -> Announcement:
    """Lay an appeal before a colleague, once for each id. Raises ``InvalidInput``."""
    agent.must_be_allowed_to("coordinate")
    incident, now = found(services, told.incident), services.now()
    must_be_said(told)
    must_be_about(told)
    try:
        services.table.write(
            announcements.begun(replace(told, state="proposed")),
            happened(told.incident, "appeal_proposed", agent, now, told.wordings[0].text),
            access_log.used(agent, "propose_appeal", told.incident, now),
        )
    except ConditionFailed:
        return found_announcement(services, told.incident, told.id)  # a double click
    tell(services, told.incident, incident.team)
    return told


def must_be_about(told: Announcement) -> None:
    """Raises ``InvalidInput`` unless it is for a gemeente and a topic that can be asked for."""
    wrong = {}
    if told.appeal is None or told.appeal.gemeente not in at_hand().gemeenten():
        wrong["gemeente"] = {"nl": "Deze gemeente kennen wij niet.", "en": "Unknown municipality."}
    if told.appeal is None or told.appeal.topic not in TOPICS:
        wrong["topic"] = {"nl": "Kies een onderwerp.", "en": "Choose a topic."}
    if wrong:
        raise InvalidInput("not an appeal", wrong)


def approve(services: Services, agent: Principal, subject: str, id_: str) -> None:
    """Other eyes saw it: it goes out now. Raises ``NotAllowed``, ``StaleVersion``."""
    agent.must_be_allowed_to("coordinate")
    before, now = found_announcement(services, subject, id_), services.now()
    must_be_other_eyes(before.by, agent)
    if before.appeal is None or before.state != "proposed":
        raise StaleVersion("this was decided before")
    seen = replace(before.appeal, approved_by=agent.id, approved_name=agent.name)
    after = replace(before, state="going", at=now, seen_at=now, appeal=seen)
    try:
        services.table.write(
            announcements.approved(before, after),
            happened(subject, "appeal_approved", agent, now, before.name),
            access_log.used(agent, "approve_appeal", subject, now),
        )
    except ConditionFailed:
        raise StaleVersion("somebody decided on it just now") from None
    services.jobs.send("deliver", nudges.announcement(keys.announcement(subject, id_)))
    tell(services, subject, after.team)


def appeals_of(services: Services, incident: Incident) -> list[Announcement]:
    """Those about it, and about what was joined into it, the latest first."""
    return [one for one in every_text(services, incident) if one.appeal]


def measured(services: Services, principal: Principal, subject: str, id_: str) -> Measured:
    """How far it is and what it brought. Raises ``NotFound``; logged as read."""
    seen = progress(services, principal, subject, id_)
    answered = found(services, subject).answered.get(id_, 0)
    return Measured(progress=seen, answered=answered, helped=helped(services, subject, id_))


def templates_for(services: Services) -> list[str]:
    """The names of templates that can carry an appeal where a reply window has ended."""
    found = (one for account in ACCOUNTS.of(services) for one in of_account(services, account))
    return list(dict.fromkeys(one.name for one in found if can_carry(one)))


def of_account(services: Services, account: Account) -> list[Template]:
    return templates.of_account(services.table, account.channel, account.account)
