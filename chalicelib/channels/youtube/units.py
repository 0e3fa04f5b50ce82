"""What requests cost (channels.md 10): units of a day's quota, which begins at midnight Pacific.

Reading and answering spend the same 10,000, and a refused request costs as much. So reading stops
at its share: what is left is for answers (50 units each). The cursor counts.

    units_per_day   what reading may spend, unless set 8,000: 40 answers are always left
"""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.channels.contract import AccountSettings

LIST = 1
READING = 8_000
PACIFIC = ZoneInfo("America/Los_Angeles")

Place = dict[str, Any]


def counted(place: Place, at: int) -> Place:
    """One request more, on the day that it is where the quota is kept."""
    day = _there(at).date().isoformat()
    before = place.get("units", 0) if place.get("day") == day else 0
    return {"day": day, "units": before + LIST}


def pause(place: Place, at: int, settings: AccountSettings) -> timedelta:
    """Nothing while there is something to spend; else until the quota begins anew."""
    said = settings.settings.get("units_per_day", "")
    most = int(said) if said.isascii() and said.isdigit() else READING
    return until_midnight(at) if place.get("units", 0) >= most else timedelta()


def until_midnight(at: int) -> timedelta:
    """How long the quota of this moment still counts."""
    now = _there(at)
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), PACIFIC)
    return midnight.astimezone(UTC) - now.astimezone(UTC)


def _there(at: int) -> datetime:
    return datetime.fromtimestamp(at, PACIFIC)
