"""What a partner body may read of a matter: just what it needs, for what, and until when."""

from dataclasses import dataclass

from chalicelib.domain.moments import Moment

DAYS = (1, 7, 30)
LONGEST = 2_000
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerShare:
    """One view for one partner. ``told`` is all that they read; ``purpose`` what it is for.

    ``digest`` is that of the link. ``received_by`` is who there said that they have it.
    """

    id: str
    subject: str
    partner: str
    purpose: str
    told: str
    until: Moment
    by: str
    name: str
    at: Moment
    digest: str
    received_by: str | None = None
    received_at: Moment | None = None
    ended_at: Moment | None = None

    def opens(self, now: Moment) -> bool:
        """Whether the partner may still read it."""
        return self.ended_at is None and now < self.until
