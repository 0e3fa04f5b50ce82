"""How often something was tried within an hour."""

from chalicelib.domain.moments import Moment
from chalicelib.domain.retention import expires_at
from chalicelib.store import keys
from chalicelib.store.table import Absent, Below, Change, any_of


def counted(what: str, who: str, most: int, now: Moment) -> Change:
    """One more within this hour. Fails when there were ``most``."""
    return Change(
        keys.guard(what, who, now[:13]),
        set={"expires_at": expires_at("guard", now)},
        add={"count": 1},
        only_if=any_of(Absent("count"), Below("count", most)),
    )
