"""What can be said of an answer before it goes: what should not be in it, how plain it is.

The channel's own count is ``previewing``'s. Nothing is stopped here: a page asks its writer once.
"""

from dataclasses import dataclass

from chalicelib.domain.principal import Principal
from chalicelib.flows.desk.queueing import found
from chalicelib.flows.incidents.stating import against
from chalicelib.flows.services import Services
from chalicelib.incidents.contradicting import Contradiction
from chalicelib.writing.leaks import Leak, leaks, mark_of
from chalicelib.writing.plain import PLAIN_ENOUGH, Hint, plainness

MOST_HINTS = 5
"""A writer reads a few; a longer list is skipped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What to look at once more.

    ``contradicts`` is where the board of its incident says otherwise. ``mark`` stands for exactly
    these leaks and contradictions, empty where there are none: who agreed to them agreed to no
    others.
    ``score`` is Flesch-Douma, None where it says nothing.
    """

    leaks: tuple[Leak, ...]
    contradicts: tuple[Contradiction, ...]
    mark: str
    score: int | None
    plain: bool
    hints: tuple[Hint, ...]


def proofread(services: Services, agent: Principal, subject: str, text: str) -> Proof:
    """Read it over. Raises ``NotFound``."""
    agent.must_be_allowed_to("answer")
    conversation = found(services, subject)
    contradicts = against(services, conversation.incident, text)
    return proof_of(text, [agent.name, conversation.author_name or ""], contradicts)


def proof_of(text: str, known: list[str], contradicts: tuple[Contradiction, ...]) -> Proof:
    """``known`` are names that the text may hold."""
    found_ = leaks(text, known)
    read = plainness(text)
    return Proof(
        leaks=found_,
        contradicts=contradicts,
        mark=mark_of(found_, [f"{one.kind}:{one.statement.id}" for one in contradicts]),
        score=read.score,
        plain=read.score is None or read.score >= PLAIN_ENOUGH,
        hints=read.hints[:MOST_HINTS],
    )
