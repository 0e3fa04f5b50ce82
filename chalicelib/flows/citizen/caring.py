"""For who was harmed: what they want to be told and how, whether they want help, whom they know.

We show the way to Slachtofferhulp and never pass anything on by ourselves.
"""

from chalicelib.domain.assessment import Assessment
from chalicelib.domain.case import CaseItem
from chalicelib.domain.principal import Principal
from chalicelib.domain.victim import HARMED, HOWS, TELLS, Wants
from chalicelib.errors import InvalidInput, NotFound
from chalicelib.flows.citizen.adding import add
from chalicelib.flows.citizen.cases import case_of
from chalicelib.flows.citizen.doors import CITIZEN, Visit
from chalicelib.flows.citizen.dossier import DossierView
from chalicelib.flows.services import Services
from chalicelib.store import access_log, cases
from chalicelib.store.codec import attributes, from_text

HELP = "Ik wil graag hulp van Slachtofferhulp. Kunt u mij zeggen hoe dat gaat?"


def may_be_harmed(view: DossierView) -> bool:
    """Whether what the citizen wrote is about something that harmed them."""
    assessed = (one.message.assessment for one in view.messages)
    return any(from_text(Assessment, one).topic in HARMED for one in assessed if one)


def want(
    services: Services, inside: Visit, tell: str, how: str, *, help_: bool, message_id: str
) -> None:
    """What they want from now on. Raises ``InvalidInput``, or what adding to a dossier raises."""
    case, now = inside.case, services.now()
    wants = [Wants(tell=t, how=h, help=help_) for t in TELLS for h in HOWS if (t, h) == (tell, how)]
    if not wants:
        wrong = {"nl": "Kies wat u wilt horen, en hoe.", "en": "Choose what to hear, and how."}
        raise InvalidInput("no such wish", {"tell": wrong})
    if help_ and not (case.wants and case.wants.help):
        add(services, inside, HELP, message_id=message_id)
    comes = tell != "nothing" and how != "dossier"
    services.table.write(
        cases.changed(case, wants=attributes(wants[0]), updates=comes),
        cases.did(case.number, CaseItem(what="wishes", at=now)),
        access_log.used(CITIZEN, "change_case", case.number, now),
    )


def be_the_contact(services: Services, agent: Principal, subject: str) -> None:
    """The citizen knows from now on whom to ask for. Raises ``NotFound``."""
    agent.must_be_allowed_to("answer")
    case, now = case_of(services, subject), services.now()
    if case is None:
        raise NotFound("no case")
    services.table.write(
        cases.changed(case, contact=agent.name),
        access_log.used(agent, "change_case", case.number, now),
    )
