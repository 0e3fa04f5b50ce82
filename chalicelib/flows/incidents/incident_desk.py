"""An incident as somebody works on it: its reports in their words, and what it may be joined with.

What a citizen wrote is read from their conversation each time: what they took back, or what was
erased, is gone from here as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.domain.announcement import Announcement
from chalicelib.domain.conversation import KeptMessage
from chalicelib.domain.incident import Incident, Member
from chalicelib.domain.principal import Principal
from chalicelib.domain.queue_item import QueueItem
from chalicelib.domain.statement import History
from chalicelib.domain.useful import Useful
from chalicelib.flows.citizen.volunteering import ACCOUNTS
from chalicelib.flows.incidents.announced import all_told
from chalicelib.flows.incidents.appealing import appeals_of
from chalicelib.flows.incidents.claiming_together import Waiting, waiting, waiting_among
from chalicelib.flows.incidents.coordinating import AT_ONCE, IncidentView, view_incident
from chalicelib.flows.incidents.finding_useful import found_useful
from chalicelib.flows.incidents.outdated import outdated_announcements
from chalicelib.flows.incidents.rolling_up import here
from chalicelib.flows.incidents.stating import every_history, on_board
from chalicelib.flows.services import Services
from chalicelib.incidents.matching import compared
from chalicelib.incidents.picture import Picture
from chalicelib.incidents.report import Report
from chalicelib.store import access_log, incidents, kept_messages, keys, queue
from chalicelib.store.codec import from_text

PAGE = AT_ONCE
"""Reports on one page: as many as can be taken out in one go."""

MOST_OFFERED = 8
"""Incidents that are offered to be joined with, the likeliest first."""


def place_of(message: str) -> str:
    """What the place of a report on a page is called."""
    return f"melding-{keys.digest(message)}"


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report; ``message`` is None when it is not kept any more."""

    member: Member
    message: KeptMessage | None

    @property
    def place(self) -> str:
        """What its place on a page is called."""
        return place_of(self.member.message)

    @property
    def text(self) -> str:
        """What it says, empty when it was taken back or is not kept."""
        gone = self.message is None or self.message.deleted_at
        return "" if gone or self.message is None else self.message.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Another open incident, and what speaks for and against its being the same one."""

    incident: Incident
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskView:
    """``reports`` is one page of them, the latest first; ``more`` is where the next one begins.

    ``waiting`` is of all members, or of a large incident (``counted_all`` False) of this page's.

    ``whole`` is the incident that took this one up. ``others`` only for who may join. ``told`` are
    the answers to everyone, ``outdated`` the ids of those that became untrue; ``appeals`` are what
    volunteers were asked, ``useful`` by message what helped.
    """

    view: IncidentView
    item: QueueItem | None
    reports: list[ReportView]
    out: list[ReportView]
    more: int | None
    whole: Incident | None
    others: list[Other]
    board: list[History]
    waiting: Waiting
    counted_all: bool
    told: list[Announcement]
    outdated: frozenset[str]
    appeals: list[Announcement]
    may_appeal: bool
    useful: dict[str, Useful]

    @property
    def incident(self) -> Incident:
        return self.view.incident


def view_desk(
    services: Services,
    principal: Principal,
    subject: str,
    begin: int = 0,
    *,
    count_all: bool = False,
) -> DeskView:
    """One incident with a page of its reports. Raises ``NotFound``; logged as read.

    ``count_all``: what waits is counted over all members, however many.
    """
    view = view_incident(services, principal, subject, begin)
    incident, now = view.incident, services.now()
    newest = view.members[::-1]
    shown = newest[begin : begin + PAGE] if view.whole else newest
    total = len(newest) if view.whole else incident.messages
    joins = principal.may("coordinate") and incident.joined_into is None
    told, known = all_told(services, incident), every_history(services, incident)
    return DeskView(
        view=view,
        item=queue.find(services.table, subject, now),
        reports=[in_words(services, one) for one in shown],
        out=[in_words(services, one) for one in view.out[-PAGE:]],
        more=begin + PAGE if total > begin + PAGE else None,
        whole=incident_of(services, incident.joined_into) if incident.joined_into else None,
        others=others(services, principal, view) if joins else [],
        board=on_board(known),
        waiting=waiting_for(services, principal, view, count_all=count_all),
        counted_all=view.whole or count_all,
        told=told,
        outdated=frozenset(outdated_announcements(told, known)),
        appeals=appeals_of(services, incident),
        may_appeal=bool(ACCOUNTS.of(services)),
        useful=found_useful(services, incident),
    )


def waiting_for(
    services: Services, principal: Principal, view: IncidentView, *, count_all: bool
) -> Waiting:
    """What waits of all members; of a large incident only when that is asked.

    A page of them is asked by itself: the lists may be long by what happens elsewhere.
    """
    incident = view.incident
    if len(view.members) <= PAGE and not count_all:
        return waiting_among(services, principal, incident, view.members)
    members = view.members if view.whole else here(services, incident, services.now())
    return waiting(services, principal, incident, members)


def in_words(services: Services, member: Member) -> ReportView:
    """The report with what the citizen wrote, as it stands now."""
    key = kept_messages.answer_key(member.subject, member.message_sk)
    return ReportView(member, kept_messages.find(services.table, key, services.now()))


def incident_of(services: Services, name: str | None) -> Incident | None:
    """The incident of this name, or the one that took it up; None while only one citizen tells."""
    found = incidents.whole(services.table, name, services.now()) if name else None
    return found if found and found.several else None


def others(services: Services, principal: Principal, view: IncidentView) -> list[Other]:
    """What this may be joined with, the likeliest first. The look is in the log of use."""
    now = services.now()
    services.table.write(access_log.read(principal, "read_incidents", "open", now))
    known = dict(incidents.pictures(services.table, now, strong=False))
    reports = [from_text(Report, one.report) for one in view.members[-PAGE:]]
    found = incidents.listing(services.table, "open", now)
    wanted = [one for one in found if one.several and one.subject != view.incident.subject]
    if not reports:
        return []
    return likeliest(reports, [(one, known[one.subject]) for one in wanted if one.subject in known])


def likeliest(reports: Sequence[Report], among: Sequence[tuple[Incident, str]]) -> list[Other]:
    """The incidents that these reports fit best."""
    scored = [
        (compared(one.subject, reports, from_text(Picture, picture)), one) for one, picture in among
    ]
    ranked = sorted(scored, key=lambda pair: -pair[0].score)[:MOST_OFFERED]
    return [Other(incident=one, because=match.because) for match, one in ranked]
