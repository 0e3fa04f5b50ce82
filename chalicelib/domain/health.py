"""Is a channel well? One state per account, computed from what was recorded and nothing else.

    not_approved   no use of it is approved (any more)
    access_lost    the platform does not know or trust our key
    silent         it looks open, and nothing comes through: our canary, or citizens
    degraded       it works for a part, or not for long any more
    healthy        as far as we know, all is well

The first that holds is the state; what else is wrong is told with it.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from chalicelib.domain.account import Account
from chalicelib.domain.moments import Moment, later
from chalicelib.domain.polling import Source

State = Literal["healthy", "degraded", "access_lost", "not_approved", "silent"]

Because = Literal[
    "never_approved", "approval_ended", "key_refused", "sending_refused", "key_ended",
    "nothing_readable", "canary_lost", "nothing_came", "unsubscribed", "unreachable", "trouble",
    "source_closed", "source_failing", "source_overdue", "key_ends", "quota_low", "no_budget",
]  # fmt: skip

STATE_OF: dict[Because, State] = {
    "never_approved": "not_approved",
    "approval_ended": "not_approved",
    "key_refused": "access_lost",
    "sending_refused": "access_lost",
    "key_ended": "access_lost",
    "nothing_readable": "access_lost",
    "canary_lost": "silent",
    "nothing_came": "silent",
}
"""What each reason amounts to; all others are ``degraded``."""

WORST_FIRST: tuple[State, ...] = ("not_approved", "access_lost", "silent", "degraded", "healthy")

REFUSED_FOR = timedelta(minutes=5)
"""How long a refused answer counts, once the platform says that our key is good: a waiting answer
is tried every minute, so that a refusal that lasts is always fresher."""

CANARY_WITHIN = timedelta(minutes=2)
"""A canary takes seconds; one that is still away by then is lost."""

OVERDUE = timedelta(minutes=5)
"""A source that is due this long was forgotten by us."""

KEY_ENDS_WITHIN = timedelta(days=14)
QUOTA_LOW = 90
"""Percent used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """All that was recorded about one account, and the state that followed from it.

    ``reached_at`` is the last time that its platform said our key is good, ``refused_at`` the last
    time that it refused an answer of ours for want of access. ``lost_at`` and ``failing_since`` say
    since when probing is refused or unanswered. ``readable_at`` is the last time that we knew that
    everything could come in. ``canary`` is the token of the canary on its way, or of the last one.
    ``warned`` holds which ends of approvals were told.
    """

    channel: str
    account: str
    checked_at: Moment | None = None
    reached_at: Moment | None = None
    lost_at: Moment | None = None
    lost_because: str | None = None
    failing_since: Moment | None = None
    trouble: str | None = None
    refused_at: Moment | None = None
    refused_because: str | None = None
    token_until: Moment | None = None
    subscribed: bool | None = None
    readable_at: Moment | None = None
    inbound_at: Moment | None = None
    used_percent: int | None = None
    canary: str | None = None
    canary_sent_at: Moment | None = None
    canary_seen_at: Moment | None = None
    warned: tuple[str, ...] = ()
    state: State = "healthy"
    because: tuple[Because, ...] = ()
    since: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """The state, and every reason, the gravest first."""

    state: State
    because: tuple[Because, ...]


def judge(
    watch: Watch,
    account: Account,
    sources: tuple[Source, ...],
    now: Moment,
    budget_left: int | None = None,
) -> Health:
    """PURE. The state of an account; ``budget_left`` is None where reading is free."""
    closed = of_approval(account, now)
    found = closed or (
        *of_access(watch, now),
        *of_silence(watch, account, now),
        *of_delivering(watch),
        *of_reading(sources, now),
        *of_limits(watch, now, budget_left),
    )
    gravest_first = sorted(found, key=lambda one: WORST_FIRST.index(state_of(one)))
    state = state_of(gravest_first[0]) if gravest_first else "healthy"
    return Health(state=state, because=tuple(gravest_first))


def state_of(because: Because) -> State:
    return STATE_OF.get(because, "degraded")


def of_approval(account: Account, now: Moment) -> tuple[Because, ...]:
    """Closed only when nothing is approved: each use has an end of its own."""
    if any(now < approval.until for approval in account.approvals.values()):
        return ()
    return ("approval_ended",) if account.approvals else ("never_approved",)


def of_access(watch: Watch, now: Moment) -> tuple[Because, ...]:
    """Whether the platform takes our key."""
    if watch.lost_at:
        return ("key_refused",)
    if watch.token_until and watch.token_until <= now:
        return ("key_ended",)
    refused = watch.refused_at and now < later(watch.refused_at, REFUSED_FOR)
    return ("sending_refused",) if refused else ()


def of_silence(watch: Watch, account: Account, now: Moment) -> tuple[Because, ...]:
    """Whether what is written to us arrives."""
    if canary_lost(watch, now):
        return ("canary_lost",)
    hours = account.settings.get("quiet_hours", "")
    if not (hours.isascii() and hours.isdigit() and watch.inbound_at):
        return ()
    quiet = later(watch.inbound_at, timedelta(hours=int(hours))) <= now
    return ("nothing_came",) if quiet else ()


def canary_lost(watch: Watch, now: Moment) -> bool:
    """Whether the last canary should have been back by now."""
    sent, seen = watch.canary_sent_at, watch.canary_seen_at
    return bool(sent and (seen or "") < sent and later(sent, CANARY_WITHIN) <= now)


def of_delivering(watch: Watch) -> tuple[Because, ...]:
    """Whether the platform delivers to us, and answers us."""
    found: list[Because] = []
    if watch.subscribed is False and not watch.lost_at:  # without a key we cannot even ask
        found.append("unsubscribed")
    if watch.failing_since:
        found.append("unreachable")
    elif watch.trouble:
        found.append("trouble")
    return tuple(found)


def of_reading(sources: tuple[Source, ...], now: Moment) -> tuple[Because, ...]:
    """Whether what we read ourselves comes in."""
    if sources and all(source.lost for source in sources):
        return ("nothing_readable",)
    found: list[Because] = []
    if any(source.lost for source in sources):
        found.append("source_closed")
    if any(source.error and not source.lost for source in sources):
        found.append("source_failing")
    if any(later(source.next_at, OVERDUE) <= now for source in sources):
        found.append("source_overdue")
    return tuple(found)


def of_limits(watch: Watch, now: Moment, budget_left: int | None) -> tuple[Because, ...]:
    """What ends soon."""
    found: list[Because] = []
    if watch.token_until and now < watch.token_until <= later(now, KEY_ENDS_WITHIN):
        found.append("key_ends")
    if watch.used_percent is not None and watch.used_percent >= QUOTA_LOW:
        found.append("quota_low")
    if budget_left is not None and budget_left <= 0:
        found.append("no_budget")
    return tuple(found)


UNREADABLE: frozenset[Because] = frozenset(
    {"key_refused", "key_ended", "nothing_readable", "canary_lost", "unsubscribed", "unreachable"}
)
"""With one of these we do not know that what citizens write reaches us."""


def readable(health: Health) -> bool:
    """Whether, as far as we know, everything that citizens write reaches us."""
    return not UNREADABLE.intersection(health.because)


Recovery = Literal["read_on", "read_back", "delivered_again", "came_in", "lost"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A time in which we do not know that everything reached us.

    ``since`` is the last moment at which all was known to be well, ``until`` the first one again
    (None while it lasts). ``recovery`` is what became of what was written meanwhile: read on from
    where we were, read afterwards, delivered again by the platform, come in after all, or ``lost``:
    to be looked up by a person on the platform itself.
    """

    channel: str
    account: str
    since: Moment
    because: Because
    until: Moment | None = None
    recovery: Recovery | None = None


def recovery_of(
    gap: Gap, until: Moment, *, read: bool, keeps: timedelta | None, inbound_at: Moment | None
) -> Recovery:
    """What becomes of what was written during a gap that ends now. Says ``lost`` when in doubt."""
    if read:
        return "read_on"
    if keeps and until <= later(gap.since, keeps):
        return "delivered_again"
    return "came_in" if gap.because != "unsubscribed" and (inbound_at or "") > gap.since else "lost"
