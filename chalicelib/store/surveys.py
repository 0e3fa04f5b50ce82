"""What citizens said after closing, by team and month: who was asked, and who answered."""

from collections.abc import Iterator

from chalicelib.domain.moments import Moment
from chalicelib.domain.retention import expires_at
from chalicelib.domain.survey import Invited, Rated
from chalicelib.store import keys
from chalicelib.store.codec import from_item, to_item
from chalicelib.store.reading import each, get
from chalicelib.store.table import Absent, Change, Present, Put, Table


def asked(one: Invited, now: Moment) -> Put:
    """Asked once; again for the same case changes nothing that counts."""
    key = keys.survey_invited(one.team, one.at[:7], one.number)
    return Put(to_item(key, one, expires_at=expires_at("case", now)))


def first_rating(team: str, month: str, rated: Rated) -> Put:
    """Fails when this case was rated before."""
    key = keys.survey_rated(team, month, rated.number)
    return Put(to_item(key, rated, expires_at=expires_at("case", rated.at)), only_if=Absent("pk"))


def rating_of(table: Table, team: str, month: str, number: str, now: Moment) -> Rated | None:
    item = get(table, keys.survey_rated(team, month, number), now)
    return None if item is None else from_item(Rated, item)


def no_words(team: str, month: str, number: str) -> Change:
    """What somebody wrote is gone; the score counts on."""
    key = keys.survey_rated(team, month, number)
    return Change(key, set={"text": ""}, only_if=Present("pk"))


def invited_in(table: Table, team: str, month: str, now: Moment) -> Iterator[Invited]:
    found = each(table, keys.surveys(team, month), now, prefix=keys.INVITED)
    return (from_item(Invited, item) for item in found)


def rated_in(table: Table, team: str, month: str, now: Moment) -> Iterator[Rated]:
    found = each(table, keys.surveys(team, month), now, prefix=keys.RATED)
    return (from_item(Rated, item) for item in found)
