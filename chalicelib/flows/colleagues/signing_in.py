"""Who acts: a token or a session leads to a principal.

A session ends with the shift, or when nobody did anything for an hour. What it may do is read from
the directory at each request, so that who leaves the directory, or changes role, is held to that at
once and not after their shift.
"""

import contextlib
from datetime import timedelta

from chalicelib.domain.moments import later
from chalicelib.domain.principal import Principal
from chalicelib.errors import NotAllowed, NotSignedIn
from chalicelib.flows.services import Services
from chalicelib.store import directory, sessions
from chalicelib.store.table import ConditionFailed

IDLE = timedelta(hours=1)
"""Without a click or a key in this time a session ends. Shorter would sign out who watches a quiet
queue, and then nobody hears the next emergency; a work station locks itself much earlier."""

NOTED = timedelta(minutes=5)
"""Use of a session is written down no more often than this."""


def principal_of(services: Services, secret: str, *, by_hand: bool = True) -> Principal:
    """Whose token or session this is. Raises ``NotSignedIn``.

    ``by_hand`` is false for what an open page asks by itself: that keeps no session going.
    """
    now = services.now()
    found = sessions.find(services.table, secret, now) if secret else None
    if found is None:
        raise NotSignedIn("sign in, or send a token")
    if found.seen_at is None:
        return found.principal
    if later(found.seen_at, IDLE) <= now:
        raise NotSignedIn("nothing was done in this session for an hour")
    if by_hand and later(found.seen_at, NOTED) <= now:
        with contextlib.suppress(ConditionFailed):  # it was ended in another window
            services.table.write(sessions.used_again(secret, now))
    return listed(services, found.principal)


def listed(services: Services, known: Principal) -> Principal:
    """Somebody as the directory knows them now. Raises ``NotSignedIn`` when it no longer does."""
    found = directory.find_agent(services.table, known.id, strong=False)
    if found is None:
        raise NotSignedIn("this account has no place in the directory any more")
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
