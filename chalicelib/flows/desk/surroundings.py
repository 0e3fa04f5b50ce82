"""What stands around a page: teams to hand over to, what is broken, the form to fill in."""

from chalicelib.domain.account import Account
from chalicelib.domain.principal import Principal
from chalicelib.errors import NotFound
from chalicelib.flows.services import Services
from chalicelib.store import alarms, directory
from chalicelib.store.alarms import Alarm
from chalicelib.store.directory import Team


def teams(services: Services, principal: Principal) -> list[Team]:
    """All teams, by name."""
    principal.must_be_allowed_to("read_queue")
    return sorted(directory.teams(services.table), key=lambda team: team.name)


def team_names(services: Services, principal: Principal) -> dict[str, str]:
    """What each team is called."""
    return {team.id: team.name for team in teams(services, principal)}


def colleagues(services: Services, principal: Principal) -> list[Principal]:
    """Who of the principal's team answers, by name; for who belongs to none, nobody."""
    if not (principal.may("answer") and principal.team):
        return []
    ours = [one for one in directory.agents(services.table) if one.team == principal.team]
    return sorted((one for one in ours if one.may("answer")), key=lambda one: one.name)


def standing_alarms(services: Services, principal: Principal) -> list[Alarm]:
    """What of ours is broken right now, for the banner that everybody sees."""
    principal.must_be_allowed_to("read_queue")
    return alarms.standing(services.table)


def form_account(services: Services, account: str | None) -> Account:
    """The form of this name, or the first one there is. Raises ``NotFound``."""
    forms = [one for one in directory.accounts(services.table) if one.channel == "form"]
    for one in forms:
        if account in (None, one.account):
            return one
    raise NotFound("no such form", channel="form")
