"""Colleagues see who else looks at a conversation and who types. It informs; the claim decides.

A page tells it every twenty seconds and whenever it changes; others hear of a change over their
socket, and of nothing when the page just closes: then it ends by itself.
"""

from chalicelib.domain.presence import Presence
from chalicelib.domain.principal import Principal
from chalicelib.flows.desk.queueing import found
from chalicelib.flows.hinting import tell_who_is_here
from chalicelib.flows.services import Services
from chalicelib.store import presences


def be_here(
    services: Services,
    agent: Principal,
    subject: str,
    *,
    typing: bool = False,
    leaves: bool = False,
) -> list[Presence]:
    """I have it open, type in it, or leave it; who else is here. Raises ``NotFound``."""
    agent.must_be_allowed_to("read_conversation")
    conversation = found(services, subject)
    now = services.now()
    here = presences.of_conversation(services.table, subject, now)
    before = next((one for one in here if one.agent == agent.id and one.is_here(now)), None)
    mine = Presence(subject=subject, agent=agent.id, name=agent.name, at=now, typing=typing)
    services.table.write(presences.gone(subject, agent.id) if leaves else presences.kept(mine))
    if leaves or before is None or before.typing != typing:
        tell_who_is_here(services, subject, conversation.team)
    return others(here, agent, services)


def who_is_here(services: Services, principal: Principal, subject: str) -> list[Presence]:
    """Everybody else who has it open now."""
    here = presences.of_conversation(services.table, subject, services.now())
    return others(here, principal, services)


def others(here: list[Presence], principal: Principal, services: Services) -> list[Presence]:
    now = services.now()
    return [one for one in here if one.agent != principal.id and one.is_here(now)]
