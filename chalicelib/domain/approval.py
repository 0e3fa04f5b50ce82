"""Approvals: who may decide what they are, when they end, and what was decided before.

An approval is a line of the register and a date on the account. The register only grows; the
account holds what counts now.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import get_args

from chalicelib.domain.account import Account, Approval, Use
from chalicelib.domain.moments import Moment, later

USES: tuple[Use, ...] = get_args(Use)

AHEAD = (timedelta(days=30), timedelta(days=7), timedelta(days=1))
"""How long before its end an approval is spoken of: first to ask for a new one, then to hurry."""

LONGEST = timedelta(days=3 * 366)
"""An approval is looked at again within three years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One line of the register. ``until`` None: the approval was withdrawn.

    ``by`` is who decided, ``recorded_by`` who wrote it down here; ``before`` is what held until
    then. ``number`` counts the decisions on an account from 1.
    """

    channel: str
    account: str
    number: int
    use: Use
    until: Moment | None = None
    by: str
    ground: str
    recorded_by: str
    recorded_at: Moment
    before: Moment | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """An approval that ends within ``ahead``, the shortest of ``AHEAD`` that holds."""

    use: Use
    until: Moment
    ahead: timedelta


def decided(account: Account, decision: Decision) -> Account:
    """The account as the decision leaves it; what it is not about stays."""
    others = {use: one for use, one in account.approvals.items() if use != decision.use}
    if decision.until is None:
        return replace(account, approvals=others)
    given = Approval(until=decision.until, by=decision.by, ground=decision.ground)
    return replace(account, approvals={**others, decision.use: given})


def ends_soon(account: Account, now: Moment) -> list[Ending]:
    """The approvals that end within thirty days, the first to end first."""
    found = [
        Ending(use, account.approvals[use].until, min(near))
        for use in USES
        if use in account.approvals and now < account.approvals[use].until
        if (near := [ahead for ahead in AHEAD if account.approvals[use].until <= later(now, ahead)])
    ]
    return sorted(found, key=lambda one: one.until)
