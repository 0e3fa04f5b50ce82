"""An incident that went to another team, and what waits of it is still to follow."""

from dataclasses import dataclass

from chalicelib.domain.moments import Moment
from chalicelib.domain.principal import Principal, Role
from chalicelib.domain.queue_item import QueueItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """What waits of an incident goes from the teams it ``left`` to the team ``to``.

    ``id`` is another one each time that the incident is handed over; the teams it left without all
    having followed yet stay among those it leaves. Its conversations up to ``after``, in the order
    of their ids, were looked at. ``by``, ``name``, ``role`` and ``team`` are who handed it over.
    """

    incident: str
    id: str
    to: str
    to_name: str
    by: str
    name: str
    role: Role
    team: str
    at: Moment
    left: tuple[str, ...] = ()
    after: str = ""

    @property
    def giver(self) -> Principal:
        return Principal(id=self.by, name=self.name, role=self.role, team=self.team)

    def takes(self, item: QueueItem) -> bool:
        """Whether it goes along: it waits where the incident was, and not among life at risk.

        What a colleague has is theirs; that is for whoever hands it over to see.
        """
        waits = not (item.answered or item.emergency or item.snoozed_until)
        return waits and item.team in self.left
