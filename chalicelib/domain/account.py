"""Our own identities on the platforms, and what each is approved for.

Most platforms restrict what the police may do with them, so every account is off until somebody
approved it: for one use at a time, on a stated ground, until a date.
"""

from dataclasses import dataclass, field
from typing import Literal

from chalicelib.domain.moments import Moment
from chalicelib.errors import ChannelNotApproved

Use = Literal["answer", "incident", "listen", "hand_over", "train", "publish", "appeal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """A use is allowed until ``until``, by whom and on what ground."""

    until: Moment
    by: str
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One of our accounts. ``settings`` are the platform's own, never secrets."""

    channel: str
    account: str
    name: str
    team: str
    approvals: dict[str, Approval] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)

    def approved_for(self, use: Use, now: Moment) -> bool:
        """Whether this use is approved at this moment."""
        approval = self.approvals.get(use)
        return approval is not None and now < approval.until

    def must_be_approved_for(self, use: Use, now: Moment) -> None:
        """Raises ``ChannelNotApproved`` with the reason."""
        if self.approved_for(use, now):
            return
        reason = "approval ended" if use in self.approvals else "never approved"
        raise ChannelNotApproved(
            f"{self.channel} {self.account} may not be used to {use}: {reason}",
            channel=self.channel,
            account=self.account,
            use=use,
            reason=reason,
        )
