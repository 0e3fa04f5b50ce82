"""Something of ours is broken: a banner for everybody and a page, once; gone when it works."""

from chalicelib.flows.services import Services
from chalicelib.store import alarms
from chalicelib.store.alarms import Alarm
from chalicelib.store.table import ConditionFailed


def raise_alarm(services: Services, *, about: str, text: str) -> None:
    """Show the banner and page somebody, unless both happened already."""
    try:
        services.table.write(alarms.raised(Alarm(about=about, text=text, since=services.now())))
    except ConditionFailed:
        return
    services.pager.alarm(text)


def clear_alarm(services: Services, about: str) -> None:
    """It works again. Costs a read only, where nothing is wrong."""
    if any(alarm.about == about for alarm in alarms.standing(services.table)):
        services.table.write(alarms.cleared(about))
