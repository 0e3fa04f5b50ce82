"""A message of an incident helped: an agent says so, or takes it back. Nobody else reads of it.

Who said it and when stays in what was done on the incident, after it is taken back as well. The
citizen's conversation and dossier tell nothing of it.
"""

from chalicelib.domain.fact import Fact
from chalicelib.domain.incident import Incident, Member
from chalicelib.domain.principal import Principal
from chalicelib.domain.useful import Useful
from chalicelib.errors import NotFound
from chalicelib.flows.hinting import tell
from chalicelib.flows.incidents.coordinating import found, happened
from chalicelib.flows.incidents.rolling_up import with_parts
from chalicelib.flows.services import Services
from chalicelib.flows.telling import count_again
from chalicelib.store import access_log, incidents, keys, useful
from chalicelib.store.table import ConditionFailed


def find_useful(services: Services, agent: Principal, subject: str, message: str) -> None:
    """It helps. What somebody found useful before stays as it is. Raises ``NotFound``."""
    agent.must_be_allowed_to("answer")
    incident, now = found(services, subject), services.now()
    member = member_of(services, incident, message)
    one = Useful(
        incident=member.incident,
        message=message,
        reporter=member.reporter,
        by=agent.id,
        name=agent.name,
        at=now,
        appeal=member.answers,
    )
    try:
        services.table.write(
            useful.marked(one, counted(incident, member, one)),
            happened(subject, "found_useful", agent, now, member.at),
            access_log.used(agent, "find_useful", subject, now),
        )
    except ConditionFailed:
        return
    tell(services, subject, incident.team)


def take_useful_back(services: Services, agent: Principal, subject: str, message: str) -> None:
    """It does not help after all. What nobody finds useful stays so. Raises ``NotFound``."""
    agent.must_be_allowed_to("answer")
    incident, now = found(services, subject), services.now()
    member = member_of(services, incident, message)
    one = found_useful(services, incident).get(message)
    if one is None:
        return
    try:
        services.table.write(
            useful.unmarked(one),
            happened(subject, "found_not_useful", agent, now, member.at),
            access_log.used(agent, "find_useful", subject, now),
        )
    except ConditionFailed:
        return
    count_again(services, one.at)
    tell(services, subject, incident.team)


def member_of(services: Services, incident: Incident, message: str) -> Member:
    """The message in it, or in what was joined into it. Raises ``NotFound``."""
    for name in with_parts(services, incident):
        if one := incidents.find_member(services.table, name, message, services.now()):
            return one
    raise NotFound("no message of this incident", subject=incident.subject)


def counted(incident: Incident, member: Member, one: Useful) -> Fact:
    """For the figures; when it answers an appeal, asking helped."""
    return Fact(
        what="useful",
        at=one.at,
        id=keys.digest("useful", one.incident, one.message),
        team=incident.team,
        channel=member.channel,
        topic=incident.topic,
        lang=member.lang,
        mark="asked" if one.appeal else "",
    )


def found_useful(services: Services, incident: Incident) -> dict[str, Useful]:
    """What was found useful of it and of what was joined into it, by message."""
    names = with_parts(services, incident)
    marks = useful.of_incidents(services.table, names, services.now())
    return {one.message: one for one in marks}


def helped(services: Services, subject: str, appeal: str) -> int:
    """How many people answered an appeal from this incident with something useful."""
    incident = incidents.whole(services.table, subject, services.now())
    marks = found_useful(services, incident).values() if incident else []
    return len({one.reporter for one in marks if one.appeal == appeal})
