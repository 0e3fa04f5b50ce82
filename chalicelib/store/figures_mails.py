"""Who gets the figures by mail: one wish a colleague, always due at its next mail."""

from chalicelib.domain.figures_mail import FiguresMail
from chalicelib.domain.moments import Moment
from chalicelib.domain.retention import expires_at
from chalicelib.store import keys
from chalicelib.store.codec import from_item, to_item
from chalicelib.store.reading import get
from chalicelib.store.table import Change, Delete, Is, Item, Key, Put, Table


def find(table: Table, key: Key, now: Moment) -> FiguresMail | None:
    item = get(table, key, now)
    return None if item is None else from_item(FiguresMail, item)


def of_agent(table: Table, agent: str, now: Moment) -> FiguresMail | None:
    return find(table, keys.figures_mail(agent), now)


def kept(wish: FiguresMail) -> Put:
    """What they asked for; whatever they asked before is gone."""
    key = keys.figures_mail(wish.agent)
    return Put(to_item(key, wish, **kept_until(wish.next_at), **due(key, wish.next_at)))


def moved(wish: FiguresMail, next_at: Moment) -> Change:
    """The next mail is at another moment, unless somebody else moved it first."""
    key = keys.figures_mail(wish.agent)
    told = {"next_at": next_at, **kept_until(next_at), **due(key, next_at)}
    return Change(key, set=told, only_if=Is("next_at", wish.next_at))


def stopped(agent: str) -> Delete:
    return Delete(keys.figures_mail(agent))


def due(key: Key, at: Moment) -> Item:
    return keys.due(keys.FIGURES_DUE, at, key)


def kept_until(next_at: Moment) -> Item:
    return {"expires_at": expires_at("figures_mail", next_at)}
