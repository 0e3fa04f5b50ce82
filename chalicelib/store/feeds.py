"""What searches found: a line for each message, and sums by hour and day, always written whole."""

from collections.abc import Iterator

from chalicelib.domain.dutch_time import days_between
from chalicelib.domain.feed import FeedSum, Heard
from chalicelib.domain.moments import Moment
from chalicelib.domain.retention import expires_at
from chalicelib.store import keys
from chalicelib.store.codec import from_item, from_text, to_item, to_text
from chalicelib.store.reading import each
from chalicelib.store.table import Delete, Put, Table

Sums = dict[str, FeedSum]


def kept(heard: Heard) -> Put:
    """Again is the same."""
    key = keys.heard(heard.search, heard.at, heard.message)
    return Put(to_item(key, heard, expires_at=expires_at("heard", heard.at, heard.channel)))


def taken_back(search: str, at: Moment, message: str) -> Delete:
    """Its writer took the message back."""
    return Delete(keys.heard(search, at, message))


def of_hour(table: Table, search: str, hour: str, now: Moment) -> Iterator[Heard]:
    """Everything that came in an hour (``2026-11-22T20``)."""
    for number in range(keys.FEED_SHARDS):
        for item in each(table, keys.feed_partition(search, hour, number), now):
            yield from_item(Heard, item)


def sums(table: Table, grain: str, search: str, span: tuple[str, str], now: Moment) -> Sums:
    """Hours (``2026-11-22T20``) or (UTC) days from one up to and with another, by their start."""
    first, last = span
    hours = grain == "hour"
    periods = days_between(first[:10], last[:10]) if hours else months_of(first, last)
    return {
        item["sk"]: from_text(FeedSum, item["sums"])
        for period in periods
        for item in each(
            table, keys.feed_sums(grain, search, period), now, between=(first, f"{last}~")
        )
    }


def written(grain: str, search: str, start: str, sum_: FeedSum) -> Put:
    key = keys.feed_sum(grain, search, start)
    expiry = expires_at("heard", f"{start[:10]}T00:00:00.000Z")
    return Put({"pk": key.pk, "sk": key.sk, "sums": to_text(sum_), "expires_at": expiry})


def months_of(first: str, last: str) -> list[str]:
    """The months of days that lie no further apart than a month."""
    return sorted({first[:7], last[:7]})
