"""How long each thing is kept: the one table that every write takes its expiry from.

A year of free use is Wpg article 8; the log of use follows article 32a and is kept for the audits
every four years. Envelopes are kept for twice the platforms' longest retry (WhatsApp: 7 days). What
a person said of a message is kept as long as that message.
"""

from datetime import timedelta
from typing import Literal

from chalicelib.domain.moments import Moment, later, seconds

Kind = Literal[
    "envelope", "reference", "thread", "conversation", "message", "event", "queue_item",
    "delivery", "access", "change", "socket", "session", "refusal", "cursor", "sample",
    "watch", "gap", "approval", "handle", "case", "guard",
    "figure", "card", "draft", "incident", "slot", "presence", "practice", "search", "heard",
    "crisis", "figures_mail", "own_post", "signal", "call", "volunteer", "circle",
]  # fmt: skip

KEPT: dict[Kind, timedelta] = {
    "envelope": timedelta(days=14),
    "reference": timedelta(days=366),
    "thread": timedelta(days=366),
    "conversation": timedelta(days=366),
    "message": timedelta(days=366),
    "event": timedelta(days=366),
    "queue_item": timedelta(days=366),
    "delivery": timedelta(days=366),
    "access": timedelta(days=4 * 366),
    "change": timedelta(hours=1),
    "socket": timedelta(hours=3),
    "session": timedelta(hours=12),
    "refusal": timedelta(days=90),
    "cursor": timedelta(days=366),
    "sample": timedelta(days=366),
    "watch": timedelta(days=366),
    "gap": timedelta(days=366),
    "approval": timedelta(days=4 * 366),
    "handle": timedelta(days=366),
    "figure": timedelta(days=3 * 366),
    "card": timedelta(days=366),
    "draft": timedelta(days=14),
    "incident": timedelta(days=366),
    "slot": timedelta(days=2),
    "presence": timedelta(minutes=2),
    "case": timedelta(days=366),
    "guard": timedelta(hours=2),
    "practice": timedelta(days=30),
    "search": timedelta(days=4 * 366),
    "heard": timedelta(days=92),
    "crisis": timedelta(days=366),
    "figures_mail": timedelta(days=366),
    "own_post": timedelta(days=4 * 366),
    "signal": timedelta(days=366),
    "call": timedelta(days=30),
    "volunteer": timedelta(days=366),
    "circle": timedelta(days=7),
}


NO_LONGER: dict[str, timedelta] = {"youtube": timedelta(days=29)}
"""What a platform's terms leave us of its users' words, where that is less. YouTube wants them
refreshed or deleted within 30 days; what was refreshed is deleted as well, which is simpler."""


def expires_at(kind: Kind, since: Moment, channel: str = "") -> int:
    """When something written at ``since`` is to be destroyed, in epoch seconds.

    ``channel`` is where its words come from, when it holds words of a citizen.
    """
    return seconds(later(since, min(KEPT[kind], NO_LONGER.get(channel, KEPT[kind]))))
