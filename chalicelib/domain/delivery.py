"""Getting an answer to the citizen: the states, and which change is allowed.

queued ──lease──▶ sending ──accepted──▶ sent ──receipt──▶ (delivered, read)
  │ ▲               │ ├──refused────▶ refused      the agent reads why
  │ └──try again────┤ └──no answer──▶ uncertain    a person decides; a receipt may settle it
  └──its writer────▶ taken_back                    while no platform was asked: it never went out
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from chalicelib.domain.message import ReceiptState
from chalicelib.domain.moments import Moment
from chalicelib.domain.template import FilledTemplate

Opens = Literal["link", "code", "helping"]

State = Literal["queued", "sending", "sent", "refused", "uncertain", "taken_back"]

ALLOWED: dict[State, frozenset[State]] = {
    "queued": frozenset({"sending", "refused", "taken_back"}),
    "sending": frozenset({"sent", "refused", "uncertain", "queued"}),
    "uncertain": frozenset({"sent", "refused"}),
    "sent": frozenset({"refused"}),
    "refused": frozenset(),
    "taken_back": frozenset(),
}
"""``sent`` can still become ``refused``: some platforms say no only in a later receipt."""

FINISHED: frozenset[State] = frozenset({"sent", "refused", "uncertain", "taken_back"})
"""Nothing is owed any more by the machine (an ``uncertain`` one needs a person)."""

REGRET = timedelta(seconds=5)
"""How long an answer written on our pages waits before it goes, so that it can be taken back."""

LEASE = timedelta(seconds=60)
"""Longer than the HTTP time-outs together, so that a lease ends only when its worker died."""

MAX_ATTEMPTS = 12

RECEIPT_ORDER: tuple[ReceiptState, ...] = ("unknown", "sent", "delivered", "read", "played")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a platform charged for one answer: millionths of a euro, and for how many parts."""

    microeuros: int
    parts: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Of an answer to everyone: about which incident, which answer, and for which reporter."""

    incident: str
    announcement: str
    reporter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One answer on its way to one citizen. ``due_at`` is the next attempt or the lease's end.

    ``then`` is the reply id of the part that follows, of an answer in several parts. Until this
    one is sent that part is owed to nobody: it is queued, and never due. ``by_hand``: a person
    wrote it for this citizen alone, who last wrote ``inbound_at``; an answer to many never is.
    ``privately``: only the citizen reads it, though it answers something public.
    ``opens`` asks for a link to, or a one-time code for, the dossier of ``case``, or for a link to
    what a volunteer chose: it is made when this leaves, so that its text never holds one.
    ``yields``: it stays here when a person takes the word before it left. ``post``: it is a post of
    our own, for everybody and to nobody. ``appeal``: it is for volunteers only.
    ``after_window`` is set for the attempt at which only that lets it through. ``files`` are the
    ids of the files that go along. ``place`` is where an answer to everyone reads what became of
    it; of several parts the first has it.
    """

    reply_id: str
    subject: str
    message_sk: str
    channel: str
    account: str
    to: str
    text: str
    agent: str
    state: State
    created_at: Moment
    due_at: Moment | None = None
    attempts: int = 0
    in_reply_to: str | None = None
    answer_with: str | None = None
    thread: str | None = None
    external_id: str | None = None
    receipt: ReceiptState | None = None
    reason: str | None = None
    sent_at: Moment | None = None
    cost: Cost | None = None
    then: str | None = None
    by_hand: bool = False
    inbound_at: Moment | None = None
    after_window: bool = False
    privately: bool = False
    choices: tuple[str, ...] = ()
    template: FilledTemplate | None = None
    files: tuple[str, ...] = ()
    opens: Opens | None = None
    case: str | None = None
    yields: bool = False
    post: bool = False
    place: Place | None = None
    appeal: bool = False


def is_newer_receipt(now: ReceiptState, before: ReceiptState | None) -> bool:
    """Receipts come in any order and one may be skipped; a state never goes back."""
    if before is None or now == "failed":
        return before != "failed"
    return before != "failed" and RECEIPT_ORDER.index(now) > RECEIPT_ORDER.index(before)
