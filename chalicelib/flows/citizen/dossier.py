"""What the citizen sees of their own matter: where it stands, what happened, what we hold and why.

It is read from the conversations as they are; nothing is kept twice. Notes, assessments and the
names of colleagues are not in it, but for the one who is this citizen's contact.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib.domain.case import Case, CaseLink, CaseState, Joining, Share, state_of
from chalicelib.domain.conversation import Conversation, Event, KeptMessage
from chalicelib.domain.media import KeptMedia
from chalicelib.domain.moments import Moment, later
from chalicelib.domain.retention import KEPT
from chalicelib.errors import NotFound
from chalicelib.flows.citizen.doors import CITIZEN, Visit
from chalicelib.flows.desk.opening import Opened, name_of, opened
from chalicelib.flows.incidents.following_incident import Followed, followed
from chalicelib.flows.services import Services
from chalicelib.store import (
    access_log,
    case_doors,
    cases,
    conversations,
    directory,
    investigations,
    kept_messages,
    keys,
    media,
    queue,
    timeline,
)
from chalicelib.store import references as leads

TOLD = frozenset({
    "claimed", "handed_over", "finished", "passed_received", "passed_under_way", "passed_done",
    "partner_shared", "partner_ended",
})  # fmt: skip
"""What of a conversation's timeline the citizen is told."""


NAMED = frozenset({
    "passed_received", "passed_under_way", "passed_done", "partner_shared", "partner_ended",
})  # fmt: skip
"""What is told by the name of a unit or a partner, with what it is for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One moment of the story: ``what`` is a word of the timeline or of the dossier."""

    what: str
    at: Moment
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidHere:
    """A message with its files."""

    message: KeptMessage
    files: tuple[KeptMedia, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What we hold: how much of it, and when the last of it is destroyed."""

    what: str
    count: int
    until: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierView:
    """The whole dossier, or the part that is shared."""

    case: Case
    state: CaseState
    team: str
    channels: tuple[str, ...]
    messages: tuple[SaidHere, ...]
    story: tuple[Line, ...]
    held: tuple[Held, ...]
    shares: tuple[Share, ...] = ()
    joining: Joining | None = None
    incident: Followed | None = None


def view_dossier(services: Services, inside: Visit) -> DossierView:
    """What this visitor may see."""
    case, now = inside.case, services.now()
    links = links_of(services, case)
    told = list(told_in(services, links))
    shown = told if "messages" in inside.parts else []
    items = [queue.find(services.table, link.subject, now) for link in links]
    taken_in = any(conversations.find(services.table, link.subject, now) for link in links)
    return DossierView(
        case=case,
        state=state_of(case, items, now, taken_in=taken_in),
        team=team_of(services, case, [item.team for item in items if item]),
        channels=tuple(dict.fromkeys(link.channel for link in links)),
        messages=tuple(shown),
        story=tuple(story_of(services, case, links)),
        held=(*looked_into(services, case), *held_of(told, now)),
        shares=tuple(case_doors.shares(services.table, case.number, now))
        if inside.may_change
        else (),
        joining=case_doors.joining_of(services.table, case.number, now)
        if inside.may_change
        else None,
        incident=followed(services, case, links) if inside.may_change else None,
    )


def links_of(services: Services, case: Case) -> list[CaseLink]:
    return cases.links(services.table, case.number, services.now())


def team_of(services: Services, case: Case, waiting: list[str]) -> str:
    """Who has it now, by name."""
    names = {team.id: team.name for team in directory.teams(services.table)}
    return names.get(waiting[0] if waiting else case.team, "")


def told_in(services: Services, links: Iterable[CaseLink]) -> Iterable[SaidHere]:
    """Everything that was said, over all channels, in the order of time."""
    found: list[SaidHere] = []
    for link in links:
        said = kept_messages.listing(services.table, link.subject, services.now())
        files = files_by_message(services, link.subject) if said else {}
        found += [
            SaidHere(message=one, files=files.get(kept_messages.key_of(one).sk, ()))
            for one in said
            if link.holds(one.arrival)
            if one.direction == "in" or one.state == "sent"
        ]
    return sorted(found, key=lambda one: (one.message.at, one.message.accepted_at))


def files_by_message(services: Services, subject: str) -> dict[str, tuple[KeptMedia, ...]]:
    found: dict[str, tuple[KeptMedia, ...]] = {}
    for one in media.of_conversation(services.table, subject, services.now()):
        found[one.message_sk] = (*found.get(one.message_sk, ()), one)
    return found


def story_of(services: Services, case: Case, links: Iterable[CaseLink]) -> list[Line]:
    """What happened, oldest first: by us in the conversations, by the citizen in the dossier."""
    now = services.now()
    own = cases.items(services.table, case.number, now)
    lines = [Line(what=one.what, at=one.at, text=one.text) for one in own]
    for link in links:
        events = timeline.events(services.table, link.subject, now)
        lines += [told_of(one) for one in events if one.what in TOLD]
    return sorted(lines, key=lambda line: line.at)


def told_of(event: Event) -> Line:
    """Without the colleague's name and note."""
    if event.what == "handed_over":
        return Line(what=event.what, at=event.at, text=event.text.partition(":")[0])
    return Line(what=event.what, at=event.at, text=event.text if event.what in NAMED else "")


def held_of(told: list[SaidHere], now: Moment) -> list[Held]:
    """How much, and until when. What is in no message we hold for the case's own time."""
    said = [one.message for one in told if not one.message.deleted_at]
    files = [file for one in told for file in one.files]
    newest = max((one.accepted_at for one in said), default=now)
    until = later(newest, KEPT["message"])
    counts = {
        "messages": len(said),
        "files": len(files),
        "handles": len({(one.channel, one.author_id) for one in said if one.author_id}),
        "assessments": sum(1 for one in said if one.assessment),
    }
    held = [Held(what=name, count=count, until=until) for name, count in counts.items() if count]
    return [*held, Held(what="log", count=1, until=later(now, KEPT["access"]))]


def looked_into(services: Services, case: Case) -> tuple[Held, ...]:
    """The citizen's own investigation, kept as long as the case."""
    kept = investigations.find(services.table, case.number, services.now())
    until = later(kept.saved_at, KEPT["case"]) if kept else ""
    return (Held(what="investigation", count=1, until=until),) if kept else ()


def open_own_file(services: Services, inside: Visit, subject: str, id_: str) -> Opened:
    """A file of the citizen's own. Raises ``NotFound``, also for what may not be shown."""
    now = services.now()
    mine = {link.subject for link in links_of(services, inside.case)}
    found = media.find(services.table, keys.media(subject, id_), now) if subject in mine else None
    allowed = found is not None and found.may_be_shown and now < found.ends_at
    if found is None or not allowed or not found.message_sk or "messages" not in inside.parts:
        raise NotFound("no such file")
    services.table.write(access_log.read(CITIZEN, "read_file", f"{subject}/{id_}", now))
    return opened(services, found.place, found.mime or "", name_of(found), download=True)


def first_conversation(services: Services, case: Case) -> Conversation | None:
    """The conversation that the case began with, once its message was taken in."""
    for link in links_of(services, case):
        found = conversations.find(services.table, link.subject, services.now())
        if found:
            return found
    return None


def thread_of(services: Services, case: Case) -> str | None:
    """The conversation that the dossier itself writes in, if it ever did."""
    lead = keys.thread("chat", case.chat or "", case.session)
    return leads.thread_subject(services.table, lead, services.now())
