"""The page of the crisis switch: what is on, proposed or over, and how a text would go out."""

from dataclasses import dataclass

from chalicelib.channels import splitting
from chalicelib.domain.administered import CHANNELS
from chalicelib.domain.conversation import Event
from chalicelib.domain.crisis import Crisis
from chalicelib.domain.principal import Principal
from chalicelib.flows.services import Services
from chalicelib.store import crises, timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class CrisesView:
    """What a page shows: what is on or proposed, what is over, and each one's events."""

    now: list[Crisis]
    over: list[Crisis]
    events: dict[str, list[Event]]


def view_crises(services: Services, reader: Principal) -> CrisesView:
    """All of it, read from the table."""
    reader.must_be_allowed_to("read_queue")
    now, table = services.now(), services.table
    found, over = crises.standing(table, now, strong=True), crises.over(table, now)
    events = {one.id: timeline.events(table, one.id, now) for one in (*found, *over)}
    return CrisesView(now=found, over=over, events=events)


def parts_by_channel(services: Services, text: str) -> dict[str, int]:
    """In how many messages a text would go on each channel; 0 where it does not fit."""
    found = {}
    for name in CHANNELS:
        rules = services.channel(name).rules
        long = splitting.is_too_long(text, rules)
        found[name] = 0 if long else len(splitting.parts(text, rules))
    return found
