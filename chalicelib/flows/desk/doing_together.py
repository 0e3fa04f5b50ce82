"""One act on several conversations at once: each for itself, and each by its own condition."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from chalicelib.domain.principal import Principal
from chalicelib.errors import Conflict, InvalidInput, NotAllowed, NotFound
from chalicelib.flows.desk import queueing
from chalicelib.flows.desk.handing_over import hand_over
from chalicelib.flows.services import Services

MOST = 50
"""A page of rows."""

REFUSED = (Conflict, NotFound, NotAllowed)
"""One that cannot be done leaves the others be."""


Act = Callable[[Services, Principal, str, str], object]


@dataclass(frozen=True, slots=True)
class Done:
    """How many were done, and how many not: a colleague has them, or they are gone."""

    done: int
    not_done: int


def do_together(
    services: Services, agent: Principal, subjects: Sequence[str], what: str, to: str = ""
) -> Done:
    """Do it for each. ``to`` is the team or colleague. Raises ``InvalidInput``."""
    agent.must_be_allowed_to("answer")
    act = ACTS.get(what)
    chosen = list(dict.fromkeys(subjects))[:MOST]
    if act is None or not chosen:
        nothing = {"nl": "kies eerst berichten", "en": "choose messages first"}
        raise InvalidInput("nothing to do", {"subject": nothing})
    counted = Counter(was_done(services, agent, one, act, to) for one in chosen)
    return Done(counted[True], counted[False])


def was_done(services: Services, agent: Principal, subject: str, act: Act, to: str = "") -> bool:
    try:
        act(services, agent, subject, to)
    except REFUSED:
        return False
    return True


def finish(services: Services, agent: Principal, subject: str, to: str) -> None:
    """Life at risk is never finished in passing. Raises ``NotAllowed``."""
    del to
    queueing.must_be_calm(services, subject)
    queueing.finish(services, agent, subject)


ACTS: dict[str, Act] = {
    "oppakken": lambda services, agent, subject, _: queueing.claim(services, agent, subject),
    "afronden": finish,
    "overdragen": hand_over,
    "toewijzen": queueing.assign,
}
