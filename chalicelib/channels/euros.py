"""What a platform charges in dollars, in millionths of a euro: ``euros_per_usd`` is a setting."""

from decimal import ROUND_CEILING, Decimal, InvalidOperation

from chalicelib.channels.contract import AccountSettings

EUROS_PER_USD = "0.92"
"""Unless the account says otherwise."""


def microeuros(settings: AccountSettings, *dollars: float) -> int:
    """Together, rounded up: what is left of a budget is never shown too high."""
    cost = sum(Decimal(repr(one)) for one in dollars) * _rate(settings) * 1_000_000
    return int(cost.to_integral_value(ROUND_CEILING))


def _rate(settings: AccountSettings) -> Decimal:
    """A setting that is no number counts as not set."""
    try:
        rate = Decimal(settings.settings.get("euros_per_usd", EUROS_PER_USD))
    except InvalidOperation:
        rate = Decimal("NaN")
    return rate if rate.is_finite() else Decimal(EUROS_PER_USD)
