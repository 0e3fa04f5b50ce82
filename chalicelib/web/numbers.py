"""Numbers as a person reads them, in Dutch and in English."""

from chalicelib.web.language import Words

SECOND, MINUTE, HOUR = 1_000, 60_000, 3_600_000
TEN = 10
"""Below this a decimal tells something."""


def whole(words: Words, value: float) -> str:
    """``12.345``, in English ``12,345``."""
    text = f"{value:,.0f}"
    return text.replace(",", ".") if words.lang == "nl" else text


def decimal(words: Words, value: float) -> str:
    """One decimal below ten, none above: ``4,5``."""
    text = f"{value:.1f}".removesuffix(".0") if value < TEN else f"{value:.0f}"
    return text.replace(".", ",") if words.lang == "nl" else text


def share(value: float | None) -> str:
    """``87%``; rounded down, so that nothing seems better than it is. A dash when not known."""
    return "–" if value is None else f"{int(value * 100 + 1e-9)}%"  # noqa: RUF001


def lasted(words: Words, milliseconds: float | None) -> str:
    """``0,4 s``, ``42 s``, ``3,5 min``, ``2 uur``, ``2 u 05 min``, ``3 dagen``; or a dash."""
    if milliseconds is None:
        return "–"  # noqa: RUF001
    if milliseconds < MINUTE:
        return words("number.seconds", n=decimal(words, milliseconds / SECOND))
    if milliseconds < HOUR:
        return words("number.minutes", n=decimal(words, milliseconds / MINUTE))
    if milliseconds < 48 * HOUR:
        hours, rest = divmod(int(milliseconds), HOUR)
        if rest < MINUTE:
            return words.count("number.hours", hours)
        return words("time.hours", h=hours, m=f"{rest // MINUTE:02}")
    return words.count("time.days", int(milliseconds // (24 * HOUR)))
