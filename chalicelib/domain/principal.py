"""Who acts: every read and write of citizens' data is done by a principal and logged as theirs."""

from dataclasses import dataclass
from typing import Literal

from chalicelib.errors import NotAllowed

Role = Literal[
    "agent", "coordinator", "manager", "privacy_officer", "operator", "officer", "system"
]

Act = Literal[
    "read_queue", "read_conversation", "answer", "read_ledger", "operate", "approve", "read_use",
    "read_figures", "erase", "write_texts", "manage_people", "coordinate",
    "search", "listen", "approve_search", "oversee_searches", "read_cards",
]  # fmt: skip

MAY: dict[Role, frozenset[Act]] = {
    "agent": frozenset({"read_queue", "read_conversation", "answer", "erase", "search", "listen"}),
    "coordinator": frozenset(
        {
            "read_queue",
            "read_conversation",
            "answer",
            "read_ledger",
            "read_figures",
            "erase",
            "write_texts",
            "coordinate",
            "search",
            "listen",
            "approve_search",
            "oversee_searches",
        }
    ),
    "manager": frozenset(
        {
            "read_queue",
            "read_conversation",
            "read_ledger",
            "approve",
            "read_figures",
            "erase",
            "write_texts",
            "manage_people",
            "coordinate",
            "listen",
            "approve_search",
            "oversee_searches",
        }
    ),
    "privacy_officer": frozenset({"read_use", "oversee_searches"}),
    "operator": frozenset({"read_ledger", "operate", "approve"}),
    "officer": frozenset({"read_cards"}),
    "system": frozenset(),
}
"""Least privilege, in one table: an operator keeps the service running and reads no conversation;
a privacy officer reads who read what, and none of it themselves; an officer on the street reads the
cards of their own unit, and nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """A person or process that acts. ``team`` is empty for those who belong to none.

    Of an officer on the street it is the unit that cards go to.
    """

    id: str
    name: str
    role: Role
    team: str = ""

    def must_be_allowed_to(self, act: Act) -> None:
        """Raises ``NotAllowed`` unless the role may."""
        if act not in MAY[self.role]:
            raise NotAllowed(f"a {self.role} may not {act}", role=self.role, act=act)

    def may(self, act: Act) -> bool:
        """Whether the role may."""
        return act in MAY[self.role]


SYSTEM = Principal(id="system", name="Nabij", role="system")
"""The service itself, where no person acts."""
