"""What reading costs (channels.md 8.5), in millionths of a euro, from the account's settings.

    usd_per_post     0.005 unless set (0.001 where our own account owns the app)
    usd_per_message  0.010 unless set, for a private one
    usd_per_user     0.010 unless set, for every writer that comes along
    euros_per_usd    0.92 unless set

X charges the same post once a day; we count each time, so that the figure is never too low.
"""

from decimal import Decimal, InvalidOperation
from typing import Any

from chalicelib.channels.contract import AccountSettings
from chalicelib.channels.taming import items_of

DEFAULTS = {
    "usd_per_post": "0.005",
    "usd_per_message": "0.010",
    "usd_per_user": "0.010",
    "euros_per_usd": "0.92",
}


def microeuros(page: dict[str, Any], settings: AccountSettings, each: str = "usd_per_post") -> int:
    """What this page cost; ``each`` is the price of what it lists."""
    posts = len(items_of(page, "data")) + len(items_of(page, "includes", "tweets"))
    users = len(items_of(page, "includes", "users"))
    dollars = posts * _price(each, settings) + users * _price("usd_per_user", settings)
    return int((dollars * _price("euros_per_usd", settings) * 1_000_000).to_integral_value())


def _price(name: str, settings: AccountSettings) -> Decimal:
    try:
        return Decimal(settings.settings.get(name) or DEFAULTS[name])
    except InvalidOperation:
        return Decimal(DEFAULTS[name])
