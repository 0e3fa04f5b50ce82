"""The feed of a search: how much, by how many, in what words; never by whom.

Everything is read from kept sums. The newest messages are shown without their writers; who opens
one, opens its conversation, and that is logged as any other.
"""

from dataclasses import dataclass
from datetime import timedelta

from chalicelib.domain.dutch_time import days_later
from chalicelib.domain.feed import FeedSum, Heard, Rising, added, cut, rising
from chalicelib.domain.listening import Search
from chalicelib.domain.moments import Moment, later
from chalicelib.domain.principal import Principal
from chalicelib.domain.queue_item import excerpt
from chalicelib.domain.sketch import estimated
from chalicelib.flows.listening.search_register import known
from chalicelib.flows.services import Services
from chalicelib.store import access_log, feeds, kept_messages, keys
from chalicelib.store.table import Key

HOURS = (1, 6, 24, 168)
"""How far back a reader can look: an hour to a week."""

BEFORE = 7
"""Days that rising words are compared with."""

NEWEST, MOST_RISING = 12, 15
DAY = 24


@dataclass(frozen=True, slots=True)
class Shown:
    """One message, without its writer."""

    subject: str
    at: Moment
    channel: str
    text: str
    urgency: str
    media: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedView:
    """``stretches`` are the volumes of hours, or of days, oldest first, each with its start."""

    search: Search
    hours: int
    sum: FeedSum
    writers: int
    stretches: list[tuple[str, int]]
    rising: list[Rising]
    compared: int
    newest: list[Shown]

    def by(self, name: str) -> dict[str, int]:
        """One dimension, the most first."""
        return cut(self.sum.counts, name)

    @property
    def volume(self) -> int:
        return self.sum.counts.get("volume", 0)


def view_feed(services: Services, principal: Principal, id_: str, hours: int = DAY) -> FeedView:
    """What came in the last hours. Raises ``NotFound``."""
    principal.must_be_allowed_to("listen")
    search = known(services, id_)
    now = services.now()
    services.table.write(access_log.read(principal, "read_feed", id_, now, search.purpose))
    asked = hours if hours in HOURS else DAY
    whole, stretches = stretched(services, id_, asked)
    before = earlier(services, id_)
    return FeedView(
        search=search,
        hours=asked,
        sum=whole,
        writers=estimated(whole.sketch),
        stretches=stretches,
        rising=rising(whole, added(before.values()))[:MOST_RISING] if asked <= DAY else [],
        compared=len(before),
        newest=newest(services, id_, asked),
    )


def stretched(services: Services, id_: str, hours: int) -> tuple[FeedSum, list[tuple[str, int]]]:
    """The sum of the last hours, and the volume of each; of a week by day."""
    now = services.now()
    grain = "hour" if hours <= DAY else "day"
    size = 13 if grain == "hour" else 10
    step = timedelta(hours=1 if grain == "hour" else DAY)
    count = hours if grain == "hour" else hours // DAY
    starts = [later(now, -step * number)[:size] for number in reversed(range(count))]
    found = feeds.sums(services.table, grain, id_, (starts[0], starts[-1]), now)
    volumes = [(at, found[at].counts.get("volume", 0) if at in found else 0) for at in starts]
    return added(found.values()), volumes


def earlier(services: Services, id_: str) -> dict[str, FeedSum]:
    """The days before, that something is compared with; not the last one, nor today."""
    today = services.now()[:10]
    first, last = days_later(today, -BEFORE - 1), days_later(today, -2)
    return feeds.sums(services.table, "day", id_, (first, last), services.now())


def newest(services: Services, id_: str, hours: int) -> list[Shown]:
    """The last messages, newest first; what was taken back is not among them."""
    now = services.now()
    found: list[Shown] = []
    for number in range(min(hours, DAY)):
        hour = later(now, -timedelta(hours=number))[:13]
        lines = sorted(feeds.of_hour(services.table, id_, hour, now), key=lambda one: one.at)
        for line in reversed(lines):
            message = kept_messages.find(services.table, place_of(line), now)
            if message and message.text and not message.deleted_at:
                found.append(
                    Shown(line.subject, line.at, line.channel, excerpt(message.text),
                          line.urgency, message.media_count)
                )  # fmt: skip
            if len(found) == NEWEST:
                return found
    return found


def place_of(line: Heard) -> Key:
    return Key(keys.conversation_partition(line.subject), line.message_sk)
