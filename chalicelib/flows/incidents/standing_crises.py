"""Which crises are on or proposed now: asked for at nearly every message and page."""

from chalicelib.domain.crisis import Crisis
from chalicelib.flows.briefly import Briefly
from chalicelib.flows.services import Services
from chalicelib.store import crises

_STANDING: Briefly[list[Crisis]] = Briefly(
    lambda services: crises.standing(services.table, services.now())
)


def standing(services: Services) -> list[Crisis]:
    """All that are on or proposed, as they are or were two seconds ago."""
    return _STANDING.of(services)


def turned_on(services: Services) -> list[Crisis]:
    """All that are on."""
    return [one for one in standing(services) if one.state == "on"]


def forget_standing(services: Services) -> None:
    """One was changed here."""
    _STANDING.forget(services)


def neighbours(services: Services, team: str) -> set[str]:
    """The other teams that work in a crisis together with this one."""
    joined = (one.works_in for one in turned_on(services) if team in one.works_in)
    return {other for teams in joined for other in teams} - {team}
