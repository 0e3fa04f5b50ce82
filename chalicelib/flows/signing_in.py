"""Who acts: a token or a session leads to a principal."""

from chalicelib.domain.principal import Principal
from chalicelib.errors import NotAllowed, NotSignedIn
from chalicelib.flows.services import Services
from chalicelib.store import directory, sessions


def principal_of(services: Services, secret: str) -> Principal:
    """Whose token or session this is. Raises ``NotSignedIn``."""
    found = sessions.principal_of(services.table, secret, services.now()) if secret else None
    if found is None:
        raise NotSignedIn("sign in, or send a token")
    return found


def begin_session(services: Services, id_: str) -> str:
    """A session for somebody whom the identity provider vouches for; its secret.

    Raises ``NotAllowed`` when the directory does not know them.
    """
    principal = directory.find_agent(services.table, id_)
    if principal is None:
        raise NotAllowed("this account has no place in the directory")
    secret = sessions.new_secret()
    services.table.write(sessions.session(secret, principal, services.now()))
    return secret


def end_session(services: Services, secret: str) -> None:
    """The session is over; ending one that is not there is fine."""
    if secret:
        services.table.write(sessions.ended(secret))
