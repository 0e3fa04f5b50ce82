"""The board of an incident: what is confirmed, denied or unknown, by whom and on what ground.

Each change is a version of its own, under a number that nobody else can take.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib.domain.incident import Incident
from chalicelib.domain.principal import Principal
from chalicelib.domain.statement import LONGEST, History, Standing, Statement, histories
from chalicelib.errors import InvalidInput, StaleVersion
from chalicelib.flows.hinting import tell
from chalicelib.flows.incidents.coordinating import found, happened
from chalicelib.flows.services import Services
from chalicelib.incidents.contradicting import Contradiction, contradictions
from chalicelib.store import access_log, incidents, statements
from chalicelib.store.table import ConditionFailed


@dataclass(frozen=True, slots=True, kw_only=True)
class Stating:
    """What somebody writes on the board. ``id`` and ``after`` name the version that they saw."""

    standing: Standing
    text: str
    source: str
    id: str = ""
    after: int = 0
    dropped: bool = False


def state(services: Services, agent: Principal, subject: str, said: Stating) -> Statement:
    """Put it on the board, or change what is there.

    Raises ``InvalidInput``, or ``StaleVersion`` when a colleague changed it meanwhile.
    """
    agent.must_be_allowed_to("answer")
    incident, now = found(services, subject), services.now()
    must_be_stated(said)
    statement = Statement(
        incident=subject,
        id=said.id if said.after else secrets.token_hex(4),
        number=said.after + 1,
        standing=said.standing,
        text=said.text.strip(),
        source=said.source.strip(),
        by=agent.id,
        name=agent.name,
        at=now,
        dropped=said.dropped,
    )
    what = "dropped" if said.dropped else said.standing
    try:
        services.table.write(
            *statements.stated(statement),
            happened(subject, "stated", agent, now, f"{what}: {statement.text}"),
            access_log.used(agent, "state", subject, now),
        )
    except ConditionFailed as failed:
        raise StaleVersion("somebody changed this statement meanwhile") from failed
    tell(services, subject, incident.team)
    return statement


def must_be_stated(said: Stating) -> None:
    """Raises ``InvalidInput`` naming what is missing or too long."""
    size = {"nl": f"1 tot {LONGEST} tekens", "en": f"1 to {LONGEST} characters"}
    fields = {
        name: {lang: f"{called[lang]}: {size[lang]}" for lang in size}
        for name, called in CALLED.items()
        if not 0 < len(getattr(said, name).strip()) <= LONGEST
    }
    if fields:
        raise InvalidInput("not a statement", fields)


def every_history(services: Services, incident: Incident) -> list[History]:
    """All that was ever stated of it and of what was joined into it, what was dropped included."""
    now = services.now()
    names = (incident.subject, *incident.parts)
    versions = (statements.of_incident(services.table, name, now) for name in names)
    return [one for found_ in versions for one in histories(found_)]


def on_board(known: Iterable[History]) -> list[History]:
    """Of all that was ever stated what still is, in the order in which it was last changed."""
    return sorted((one for one in known if not one.now.dropped), key=lambda one: one.now.at)


def board(services: Services, incident: Incident) -> list[History]:
    """What is stated of it and of what was joined into it, dropped statements left out."""
    return on_board(every_history(services, incident))


def confirmed(services: Services, incident: Incident) -> list[str]:
    """What others may be told of it: a line for each confirmed statement, with its source."""
    return [
        f"Bevestigd: {one.now.text} (bron: {one.now.source})"
        for one in board(services, incident)
        if one.now.standing == "confirmed"
    ]


def against(services: Services, subject: str | None, text: str) -> tuple[Contradiction, ...]:
    """Where a text says otherwise than the board of the incident that is named, if any."""
    incident = incidents.whole(services.table, subject, services.now()) if subject else None
    if incident is None:
        return ()
    return contradictions(text, [one.now for one in board(services, incident)])


CALLED = {
    "text": {"nl": "wat er bekend is", "en": "what is known"},
    "source": {"nl": "bron", "en": "source"},
}
