"""Views of the queue that an agent keeps, in the directory."""

from chalicelib.domain.queue_filter import SavedView
from chalicelib.store import keys
from chalicelib.store.codec import from_item, to_item
from chalicelib.store.table import Delete, Put, Table


def of_agent(table: Table, agent: str) -> list[SavedView]:
    found = table.query(keys.DIRECTORY, prefix=keys.views_of(agent))
    return [from_item(SavedView, item) for item in found.items]


def kept(view: SavedView) -> Put:
    return Put(to_item(keys.view(view.agent, view.name), view))


def gone(agent: str, name: str) -> Delete:
    return Delete(keys.view(agent, name))
