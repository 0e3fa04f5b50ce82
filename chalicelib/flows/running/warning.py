"""What follows from an account's state: the banner, the page, and a word before an end comes."""

from dataclasses import replace
from datetime import timedelta

from chalicelib.domain.account import Account
from chalicelib.domain.approval import Ending, ends_soon
from chalicelib.domain.health import Watch
from chalicelib.domain.moments import Moment, instant
from chalicelib.flows.alarming import clear_alarm, raise_alarm
from chalicelib.flows.running.access import about_access
from chalicelib.flows.services import Services
from chalicelib.store import alarms

ALARMING = frozenset({"key_refused", "key_ended", "sending_refused"})
"""A source without access has an alarm of its own, that of who reads it."""

USES = {
    "answer": "beantwoorden",
    "incident": "incidenten",
    "listen": "luisteren",
    "hand_over": "overdragen",
    "train": "trainen",
}


def tell(services: Services, account: Account, after: Watch) -> Watch:
    """Raise and clear what stands in the banner; say once what ends soon."""
    name = f"{account.channel} {account.account}"
    wrong = {
        about_access(account.channel, account.account): (
            bool(ALARMING.intersection(after.because)),
            f"Geen toegang tot {name}: antwoorden wachten.",
        ),
        f"silent#{name}": (
            after.state == "silent",
            f"Van {name} komt niets binnen. Kijk zelf op het platform.",
        ),
        f"approval#{name}": (
            "approval_ended" in after.because,
            f"De goedkeuring van {name} is geëindigd: het kanaal is dicht.",
        ),
    }
    show(services, wrong)
    return warned(services, account, after)


def show(services: Services, wrong: dict[str, tuple[bool, str]]) -> None:
    """A banner stands as long as it is wrong; somebody is paged when it begins."""
    up = {alarm.about for alarm in alarms.standing(services.table)}
    for about, (stands, text) in wrong.items():
        if stands and about not in up:
            raise_alarm(services, about=about, text=text)
        elif not stands and about in up:
            clear_alarm(services, about)


def warned(services: Services, account: Account, after: Watch) -> Watch:
    """Tell each end of an approval once, a month ahead, a week and a day; a new date anew."""
    now = services.now()
    endings = {mark_of(one): one for one in ends_soon(account, now)}
    for mark in endings.keys() - set(after.warned):
        services.pager.warn(sentence(account, endings[mark], now))
    return replace(after, warned=tuple(sorted(endings)))


def mark_of(ending: Ending) -> str:
    return f"{ending.use} {ending.until} {ending.ahead.days}"


def sentence(account: Account, ending: Ending, now: Moment) -> str:
    """``De goedkeuring om … eindigt over 29 dagen``."""
    left = instant(ending.until) - instant(now)
    days = max(0, left // timedelta(days=1))
    return (
        f"De goedkeuring van {account.channel} {account.account} voor {USES[ending.use]} eindigt "
        f"op {ending.until[:10]} (over {days} dagen). Daarna is het kanaal daarvoor dicht."
    )
