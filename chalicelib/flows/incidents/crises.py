"""The crisis switch: turned on and off by a coordinator, each step an event."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from chalicelib.detection.locating.gazetteer import at_hand
from chalicelib.domain.conversation import Event, EventWhat
from chalicelib.domain.crisis import BY, LONGEST, MOST_HOURS, Crisis
from chalicelib.domain.principal import Principal
from chalicelib.errors import InvalidInput, NotFound, StaleVersion
from chalicelib.flows.hinting import tell
from chalicelib.flows.incidents.standing_crises import forget_standing
from chalicelib.flows.services import Services
from chalicelib.store import access_log, crises, directory, keys, timeline
from chalicelib.store.table import ConditionFailed, Operation


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a coordinator fills in."""

    area: str
    topic: str
    because: str
    statement: Mapping[str, str]
    wait: Mapping[str, str]
    hours: int
    teams: tuple[str, ...]


def turn_on(services: Services, agent: Principal, wanted: Wanted, id_: str = "") -> Crisis:
    """On, from now; ``id_`` is the proposal that it answers, or the crisis that it changes.

    Raises ``InvalidInput`` naming the fields, ``StaleVersion`` when somebody was faster.
    """
    agent.must_be_allowed_to("coordinate")
    now = services.now()
    before = crises.find(services.table, id_, now) if id_ else None
    team = (before.team if before else "") or agent.team or first_team(services)
    check(services, wanted, team)
    changes = before is not None and before.state == "on"
    after = Crisis(
        id=before.id if before else keys.crisis_id(wanted.area, wanted.topic, f"{now}{agent.id}"),
        state="on",
        area=wanted.area,
        topic=wanted.topic,
        because=wanted.because,
        at=before.at if before and changes else now,
        team=team,
        teams=wanted.teams,
        statement=written(wanted.statement),
        wait=written(wanted.wait),
        hours=wanted.hours,
        by=agent.id,
        name=agent.name,
        version=before.version + 1 if before else 1,
    )
    write = crises.changed(before, after) if before else crises.begun(after)
    what: EventWhat = "crisis_changed" if changes else "crisis_on"
    done(services, agent, after, write, happened(after, what, agent, now, wanted.because))
    return after


def turn_off(services: Services, agent: Principal, id_: str) -> Crisis:
    """Off, or declined where it was only proposed. Raises ``NotFound``, ``StaleVersion``."""
    agent.must_be_allowed_to("coordinate")
    now = services.now()
    before = crises.find(services.table, id_, now)
    if before is None:
        raise NotFound("no such crisis")
    proposed = before.state == "proposed"
    after = replace(
        before,
        state="declined" if proposed else "off",
        ended_at=now,
        ended_by=agent.name,
        version=before.version + 1,
    )
    what: EventWhat = "crisis_declined" if proposed else "crisis_off"
    event = happened(after, what, agent, now, "")
    done(services, agent, after, *crises.ended(before, after), event)
    return after


def done(services: Services, agent: Principal, after: Crisis, *writes: Operation) -> None:
    """Write it with its line in the log of use, and tell the teams. Raises ``StaleVersion``."""
    line = access_log.used(agent, "switch_crisis", f"{after.id}:{after.state}", services.now())
    try:
        services.table.write(*writes, line)
    except ConditionFailed:
        raise StaleVersion("somebody changed this in the meantime") from None
    told(services, after)


def happened(crisis: Crisis, what: EventWhat, by: Principal, at: str, text: str) -> Operation:
    event = Event(what=what, at=at, by=by.id, name=by.name, text=text)
    return timeline.happened(crisis.id, event)


def told(services: Services, crisis: Crisis) -> None:
    """Open pages look again; this process, too."""
    forget_standing(services)
    for team in directory.teams(services.table):
        tell(services, crisis.id, team.id)


def first_team(services: Services) -> str:
    """Who leads where the coordinator belongs to no team."""
    return min((team.id for team in directory.teams(services.table)), default="")


def written(texts: Mapping[str, str]) -> dict[str, str]:
    return {lang: text.strip() for lang, text in texts.items() if text.strip()}


def check(services: Services, wanted: Wanted, team: str) -> None:
    """Raises ``InvalidInput``."""
    wrong = wrong_texts(wanted)
    units = at_hand().gemeenten()
    if wanted.area and wanted.area not in {*units, *units.values()}:
        text = "Geen gemeente of eenheid. Leeg is overal."
        wrong["area"] = {"nl": text, "en": "No gemeente or police unit. Empty is anywhere."}
    if not wanted.because.strip():
        wrong["because"] = {"nl": "Vul in waarom.", "en": "Say why."}
    if not 0 <= wanted.hours <= MOST_HOURS:
        wrong["hours"] = {"nl": f"0 tot {MOST_HOURS} uur.", "en": f"0 to {MOST_HOURS} hours."}
    known = {one.id for one in directory.teams(services.table)} - {team}
    if not set(wanted.teams) <= known:
        wrong["teams"] = {"nl": "Kies andere teams.", "en": "Choose other teams."}
    if wrong:
        raise InvalidInput("the switch cannot be turned on so", wrong)


def wrong_texts(wanted: Wanted) -> dict[str, dict[str, str]]:
    """What is wrong with the texts, by field."""
    wrong: dict[str, dict[str, str]] = {}
    if not wanted.statement.get("nl", "").strip():
        text = "Vul in wat we nu antwoorden, in elk geval in het Nederlands."
        wrong["statement_nl"] = {"nl": text, "en": "Say what we answer now, in Dutch at least."}
    for name, lang, text in (
        *(("statement", lang, text) for lang, text in wanted.statement.items()),
        *(("wait", lang, text) for lang, text in wanted.wait.items()),
    ):
        if len(text) > LONGEST:
            said = f"Hoogstens {LONGEST} tekens."
            wrong[f"{name}_{lang}"] = {"nl": said, "en": f"At most {LONGEST} characters."}
    for lang, text in wanted.wait.items():
        if text.strip() and BY not in text:
            said = f"Zet {BY} waar staat wanneer iemand antwoord krijgt."
            wrong[f"wait_{lang}"] = {"nl": said, "en": f"Put {BY} where it says by when."}
    return wrong
