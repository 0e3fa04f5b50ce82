"""Our access to an account, as answers find it: refused, or working again."""

from chalicelib.flows import nudges
from chalicelib.flows.alarming import clear_alarm, raise_alarm
from chalicelib.flows.services import Services
from chalicelib.store import alarms, keys, watches

FORGOTTEN = ("refused_at", "refused_because", "lost_at", "lost_because")


def about_access(channel: str, account: str) -> str:
    """What an alarm about lost access is called: one for all that finds it lost."""
    return f"access#{channel}#{account}"


def access_refused(services: Services, channel: str, account: str, reason: str) -> None:
    """An answer was refused for want of access: banner, page, and the account is looked at."""
    now = services.now()
    watch = watches.find(services.table, channel, account, now)
    services.table.write(watches.noted(watch, now, refused_at=now, refused_because=reason))
    text = f"Geen toegang tot {channel} {account}: antwoorden wachten."
    raise_alarm(services, about=about_access(channel, account), text=text)
    look_now(services, channel, account)


def access_works(services: Services, channel: str, account: str) -> None:
    """An answer went out. Costs a read only, where nothing was wrong."""
    about = about_access(channel, account)
    if not any(alarm.about == about for alarm in alarms.standing(services.table)):
        return
    now = services.now()
    watch = watches.find(services.table, channel, account, now)
    services.table.write(watches.noted(watch, now, remove=FORGOTTEN))
    clear_alarm(services, about)
    look_now(services, channel, account)


def look_now(services: Services, channel: str, account: str) -> None:
    """Do not wait for the minute to pass."""
    services.jobs.send("poll", nudges.check(keys.account(channel, account)))
