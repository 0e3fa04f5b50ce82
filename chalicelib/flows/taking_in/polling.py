"""Reading what platforms do not deliver: one page at a time, never asleep, never a page skipped.

    poll   lease → fetch a page → keep it as an envelope → move the cursor → nudge on

The cursor moves only after the page is safe, and only if it still is where it was read. Dying in
between reads the page again, and its messages are unique by their references: at least once from
the platform, exactly once on the screen.
"""

from dataclasses import replace
from datetime import timedelta

from chalicelib.channels.contract import Secrets
from chalicelib.channels.offers import PolledPage, Polls, Searches, Stream
from chalicelib.domain.account import Account
from chalicelib.domain.listening import line_of
from chalicelib.domain.pacing import pace
from chalicelib.domain.polling import Source, leased, moved, spent, stopped
from chalicelib.errors import (
    ChannelAccessLost,
    ChannelError,
    ChannelNotApproved,
    ChannelRefused,
    ChannelThrottled,
    Misconfigured,
    NotFound,
)
from chalicelib.flows import nudges
from chalicelib.flows.alarming import clear_alarm, raise_alarm
from chalicelib.flows.listening.lawful_search import must_be_about_no_person
from chalicelib.flows.services import Services
from chalicelib.flows.taking_in.keeping import keep_page
from chalicelib.flows.taking_in.receiving import known_account
from chalicelib.flows.taking_in.sources import budget_left, ration_left, settings_of, stream_named
from chalicelib.flows.taking_in.unlocking import with_either_key
from chalicelib.jobs.jobs import JUST_AFTER, LONGEST_DELAY, back_off
from chalicelib.log import logger
from chalicelib.store import cursors, signals
from chalicelib.store.table import ConditionFailed, Key

TRY_ACCESS_AGAIN = timedelta(seconds=60)
"""Reading goes on soon after the repair, from where it stopped."""

A_DAY = timedelta(days=1)
RATION_AGAIN = timedelta(minutes=5)
"""With the day's ration spent: a spike may begin meanwhile, and then there is more."""


LOOK_AGAIN = timedelta(hours=1)
"""With the budget spent or the approval ended: somebody may have changed that meanwhile."""


def poll(services: Services, key: Key) -> Source | None:
    """Read one page of a source, when it is due. Safe to run any number of times at once."""
    now = services.now()
    source = cursors.find(services.table, key, now)
    if source is None or source.next_at > now:
        return source
    mine = leased(source, now)
    try:
        services.table.write(cursors.saved(source, mine, now))
        return read_page(services, mine)
    except ConditionFailed:
        return None  # another worker reads it


def read_page(services: Services, source: Source) -> Source | None:
    """One page, and what came of it. Raises ``ConditionFailed`` when the lease was lost."""
    try:
        account = known_account(services, source.channel, source.account)
        account.must_be_approved_for(source.use, services.now())
        stream = stream_named(services, account, source.stream)
        must_be_about_no_person(account, stream)
        rising = is_rising(services, source)
        if stream.priced and nothing_left(services, account, source, rising=rising):
            return out_of_budget(services, account, source)
        page = fetch(services, account, source, stream.query)
    except ChannelError as error:
        return refused(services, source, error)
    except Misconfigured as error:
        return without_access(services, source, error.message)
    except NotFound as error:
        return gone(services, source, error)
    except ChannelNotApproved as error:
        return come_back(services, source, LOOK_AGAIN, f"niet gelezen: {error.message}")
    paced = replace(stream, every=pace(stream.every, rising=rising))
    return taken(services, account, source, paced, page)


def gone(services: Services, source: Source, error: NotFound) -> Source | None:
    """Nobody set it any more. A search that ended is forgotten once its month was paid."""
    if not search_of(source):
        return come_back(services, source, LOOK_AGAIN, f"niet gelezen: {error.message}")
    if spent(source, services.now()):
        return come_back(services, source, A_DAY, "de zoekopdracht is afgelopen")
    services.table.write(cursors.forgotten(source))
    return None


def fetch(services: Services, account: Account, source: Source, query: str = "") -> PolledPage:
    """One request to the platform. Raises the ``ChannelError`` family."""
    channel = services.channel(source.channel)
    if not isinstance(channel, Polls):
        raise NotFound(f"{source.channel} is not read but delivers", channel=source.channel)
    settings = settings_of(account)

    def ask(secrets: Secrets) -> PolledPage:
        if query and isinstance(channel, Searches):
            return channel.search(query, source.cursor, settings, secrets, services.http)
        return channel.fetch(source.stream, source.cursor, settings, secrets, services.http)

    return with_either_key(services, source.channel, source.account, ask)


def taken(
    services: Services, account: Account, source: Source, stream: Stream, page: PolledPage
) -> Source:
    """Keep the page, then move the cursor; an empty page moves it only."""
    if page.items:
        keep_page(
            services, account, page, listened=source.use == "listen", search=search_of(source)
        )
    wait = page.pause if page.more else max(stream.every, page.pause)
    after = moved(
        source, services.now(), cursor=page.cursor, after=wait, microeuros=page.microeuros
    )
    services.table.write(cursors.saved(source, after, services.now()))
    if source.error:
        clear_alarm(services, alarm_about(source))
        clear_alarm(services, lost_about(source))
    return call_again(services, after, wait)


def is_rising(services: Services, source: Source) -> bool:
    """Whether what this source listens for comes more than usual."""
    search = search_of(source)
    found = signals.find(services.table, f"search/{search}", services.now()) if search else None
    return found is not None


def search_of(source: Source) -> str:
    """The id of the search that a source reads for; empty when it reads for none."""
    read = line_of(source.stream)
    return read[0] if read else ""


def refused(services: Services, source: Source, error: ChannelError) -> Source:
    """The platform said no, or nothing: come back when that makes sense. Nothing is skipped."""
    if isinstance(error, ChannelThrottled):
        return come_back(services, source, error.retry_after, error.reason)
    if isinstance(error, ChannelAccessLost):
        return without_access(services, source, error.reason)
    if isinstance(error, ChannelRefused):
        warn(services, source, f"{name_of(source)} laat zich niet lezen: {error.reason}.")
    return come_back(services, source, back_off(source.failures + 1), error.reason)


def without_access(services: Services, source: Source, reason: str) -> Source:
    """Somebody has to repair it; until then everything waits on the platform."""
    text = f"Geen toegang tot {name_of(source)}: er wordt niets gelezen."
    raise_alarm(services, about=lost_about(source), text=text)
    return come_back(services, source, TRY_ACCESS_AGAIN, f"geen toegang: {reason}", lost=True)


def nothing_left(services: Services, account: Account, source: Source, *, rising: bool) -> bool:
    """Whether the month's budget is spent or, of listening, the day's ration."""
    if source.use == "listen":
        return ration_left(services, account, rising=rising) <= 0
    return budget_left(services, account) <= 0


def out_of_budget(services: Services, account: Account, source: Source) -> Source:
    """Say so, and stop until there is more: another day or month, a spike, or a larger budget."""
    if budget_left(services, account) > 0:
        return come_back(services, source, RATION_AGAIN, "het rantsoen van vandaag is op")
    warn(services, source, f"Het maandbudget van {name_of(source)} is op: er wordt niets gelezen.")
    return come_back(services, source, LOOK_AGAIN, "het maandbudget is op")


def come_back(
    services: Services, source: Source, wait: timedelta, error: str, *, lost: bool = False
) -> Source:
    """Write down why not, and look again after ``wait``; the cursor stays."""
    after = stopped(source, services.now(), error=error, after=wait, lost=lost)
    services.table.write(cursors.saved(source, after, services.now()))
    logger.warning("source not read", channel=source.channel, stream=source.stream, why=error)
    return call_again(services, after, wait)


def call_again(services: Services, source: Source, wait: timedelta) -> Source:
    """A job that comes when the source is due; the sweeper finds a lost or a late one."""
    if wait <= LONGEST_DELAY:
        delay = min(wait + JUST_AFTER, LONGEST_DELAY) if wait else wait
        services.jobs.send("poll", nudges.poll(cursors.key_of(source)), delay=delay)
    return source


def warn(services: Services, source: Source, text: str) -> None:
    raise_alarm(services, about=alarm_about(source), text=text)


def alarm_about(source: Source) -> str:
    """What an alarm about a source is called."""
    return f"source#{source.channel}#{source.account}#{source.stream}"


def lost_about(source: Source) -> str:
    """One alarm for an account, however many of its sources find the key refused."""
    return f"source#{source.channel}#{source.account}"


def name_of(source: Source) -> str:
    return f"{source.channel} {source.account} ({source.stream})"
