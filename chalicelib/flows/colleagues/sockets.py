"""Live pages: a ticket, good once and for a minute, opens a socket that hints come over."""

from chalicelib.domain.principal import Principal
from chalicelib.errors import NotSignedIn
from chalicelib.flows.services import Services
from chalicelib.store import changes, directory, sessions
from chalicelib.store.table import ConditionFailed


def give_ticket(services: Services, principal: Principal) -> str:
    """A ticket for a signed-in principal."""
    principal.must_be_allowed_to("read_queue")
    secret = sessions.new_secret()
    services.table.write(sessions.ticket(secret, principal, services.now()))
    return secret


def connect(services: Services, ticket: str, connection: str) -> Principal:
    """Use the ticket up and note the connection. Raises ``NotSignedIn``.

    Who belongs to no team watches all. A connection that is gone is removed by the first hint
    that does not reach it.
    """
    now = services.now()
    principal = sessions.ticket_holder(services.table, ticket, now)
    if principal is None:
        raise NotSignedIn("no such ticket")
    teams = [principal.team] if principal.team else [t.id for t in directory.teams(services.table)]
    watched = [changes.connected(team, connection, now) for team in teams]
    try:
        services.table.write(sessions.ticket_used(ticket), *watched)
    except ConditionFailed:
        raise NotSignedIn("this ticket was used") from None
    return principal
