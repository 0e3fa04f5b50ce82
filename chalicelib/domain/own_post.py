"""What we publish ourselves, for everybody: proposed by one colleague, approved by another.

proposed ──another colleague──▶ approved ──its moment comes──▶ out
   │ └────its author────▶ stopped ◀──anybody────┘
"""

from dataclasses import dataclass
from typing import Literal

from chalicelib.domain.moments import Moment
from chalicelib.domain.principal import Principal
from chalicelib.errors import NotAllowed

PostState = Literal["proposed", "approved", "out", "stopped"]

OWN = "own"
"""In the place of a public thread: a post of ours begins one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPost:
    """One text, on one or more of our accounts (``channel/account``).

    ``planned_at`` is when it is to leave, None for as soon as it is approved. ``by`` proposed it,
    ``approved_by`` saw it with other eyes, ``stopped_by`` kept it from leaving. ``due_at`` is set
    while it is approved and waits, ``out_at`` once it went.
    """

    id: str
    team: str
    text: str
    accounts: tuple[str, ...]
    by: str
    name: str
    at: Moment
    state: PostState = "proposed"
    planned_at: Moment | None = None
    approved_by: str | None = None
    approved_name: str | None = None
    stopped_by: str | None = None
    stopped_name: str | None = None
    due_at: Moment | None = None
    out_at: Moment | None = None

    @property
    def subject(self) -> str:
        """Where its texts stand, one for each account, as answers do in a conversation."""
        return f"own-{self.id}"


def must_be_other_eyes(by: str, principal: Principal) -> None:
    """Raises ``NotAllowed``: nobody approves what they wrote (``by``) themselves."""
    if by == principal.id:
        raise NotAllowed("a colleague must approve what you wrote")
