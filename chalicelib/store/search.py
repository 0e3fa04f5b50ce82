"""The search index: for each word and month the messages in which it stands. A table of its own.

Apart from the table of the work, so that no search and no filling of the index takes its capacity.
It holds words and places, no sentences: what a hit says is read from the message itself, so that
what was taken back or has ended is never shown from here.
"""

import re
import unicodedata
from collections.abc import Callable

from chalicelib.domain.moments import Moment
from chalicelib.domain.retention import expires_at
from chalicelib.domain.search import MOST_ASKED, Hit, Hits, worth_finding
from chalicelib.store import keys
from chalicelib.store.reading import each
from chalicelib.store.table import Put, Table

WORDS = re.compile(r"\w+")
NUMBERS = re.compile(r"\+?\d(?:[\s.()-]?\d){5,}")
"""A telephone number, an account, a case number: found however it is written."""

MOST_MONTHS = 12


def words_in(text: str) -> list[str]:
    """The words by which a text is found: small letters without accents, numbers whole as well."""
    shown = plain(text)
    return worth_finding([*numbers_in(shown), *WORDS.findall(shown)])


def asked_in(text: str) -> list[str]:
    """The words of a question; of a number only the whole of it."""
    shown = plain(text)
    return worth_finding([*numbers_in(shown), *WORDS.findall(NUMBERS.sub(" ", shown))])


def numbers_in(text: str) -> list[str]:
    return [re.sub(r"\D", "", found) for found in NUMBERS.findall(text)]


def plain(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def indexed(table: Table, hit: Hit, text: str, channel: str) -> None:
    """Make a message findable by its words; again changes nothing."""
    expiry = expires_at("message", hit.at, channel)
    puts = [
        Put({"pk": key.pk, "sk": key.sk, "expires_at": expiry})
        for key in (keys.posting(word, hit.at, hit.subject, hit.message) for word in words_in(text))
    ]
    if puts:
        table.write(*puts)


def found(
    table: Table,
    words: list[str],
    now: Moment,
    *,
    months: int,
    limit: int,
    in_time: Callable[[], bool],
) -> Hits:
    """Messages in which all the words stand, newest first, month by month while there is time."""
    hits: list[Hit] = []
    for month in months_back(now, min(months, MOST_MONTHS)):
        if not in_time():
            return Hits(hits=tuple(hits[:limit]), until=month)
        hits += in_month(table, words[:MOST_ASKED], month, now)
        if len(hits) >= limit:
            break
    return Hits(hits=tuple(hits[:limit]))


def in_month(table: Table, words: list[str], month: str, now: Moment) -> list[Hit]:
    """The longest word first: it stands in the fewest messages."""
    places: set[str] | None = None
    for word in sorted(words, key=len, reverse=True):
        held = {item["sk"] for item in each(table, keys.postings(word, month), now)}
        places = held if places is None else places & held
        if not places:
            return []
    return [place_of(sk) for sk in sorted(places or (), reverse=True)]


def place_of(sort_key: str) -> Hit:
    at, subject, message = sort_key.split("#", 2)
    return Hit(at=at, subject=subject, message=message)


def months_back(now: Moment, count: int) -> list[str]:
    """``2026-11``, ``2026-10``, and so on."""
    year, month = int(now[:4]), int(now[5:7])
    every = [year * 12 + month - 1 - back for back in range(count)]
    return [f"{one // 12}-{one % 12 + 1:02}" for one in every]
