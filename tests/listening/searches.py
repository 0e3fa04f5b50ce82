"""Searches for tests: asked and approved as in the register, without its pages."""

from chalicelib.domain.listening import Approver, Search, Step
from chalicelib.store import searches
from tests.conftest import MARIJKE, SANNE, Town, X


def listening_for(town: Town, query: str, *accounts: str, name: str = "s1") -> Search:
    """A search that runs, for a month."""
    now = town.services.now()
    search = Search(
        id=name,
        name=query,
        query=query,
        accounts=accounts or (f"x#{X}",),
        purpose="order",
        ground="politiewet_3",
        because="proef",
        author=SANNE.id,
        author_name=SANNE.name,
        until="2026-12-21T23:00:00.000Z",
        state="active",
        approvers=(Approver(by=MARIJKE.id, name=MARIJKE.name, at=now),),
    )
    step = Step(what="approved", by=MARIJKE.id, name=MARIJKE.name, at=now, search=search)
    town.services.table.write(*searches.taken(None, step))
    return search
