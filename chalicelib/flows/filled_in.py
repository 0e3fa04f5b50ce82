"""What people fill in: a last day, and what is said of a field that is wrong."""

from datetime import date, datetime, time, timedelta

from chalicelib.domain.dutch_time import HERE
from chalicelib.domain.moments import Moment, moment

Texts = dict[str, str]


def last_moment(day: str) -> Moment | None:
    """The end of a day in the Netherlands (``2027-06-30``); None when it is no day."""
    try:
        after = date.fromisoformat(day.strip()) + timedelta(days=1)
        return moment(datetime.combine(after, time(), HERE))
    except (ValueError, OverflowError):
        return None


def texts(nl: str, en: str) -> Texts:
    """The same in Dutch and in English."""
    return {"nl": nl, "en": en}
