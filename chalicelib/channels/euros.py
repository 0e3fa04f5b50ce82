"""What a platform charges in dollars, in millionths of a euro: ``euros_per_usd`` is a setting."""

from decimal import ROUND_CEILING, Decimal, InvalidOperation

from chalicelib.channels.contract import AccountSettings

EUROS_PER_USD = "0.92"
"""Unless the account says otherwise."""


def microeuros(dollars: float, settings: AccountSettings) -> int:
    """Rounded up: what is left of a budget is never shown too high."""
    try:
        rate = Decimal(settings.settings.get("euros_per_usd", EUROS_PER_USD))
    except InvalidOperation:
        rate = Decimal(EUROS_PER_USD)
    cost = Decimal(repr(dollars)) * rate * 1_000_000
    return int(cost.to_integral_value(ROUND_CEILING))
