"""A town whose accounts may be used for incidents, a fire in it, and who coordinates."""

from dataclasses import replace

import pytest

from chalicelib.store import directory
from tests.conftest import Town
from tests.incidents.test_in_the_service import FIRE, NADIA, SMOKE, open_ones, tell
from tests.web.visiting import Visitor, signed_in


@pytest.fixture
def city(town: Town) -> Town:
    """Every account is approved for the use ``incident``, like answering."""
    for account in directory.accounts(town.services.table):
        approvals = account.approvals | {"incident": account.approvals["answer"]}
        town.services.table.write(directory.kept_account(replace(account, approvals=approvals)))
    return town


@pytest.fixture
def nadia(city: Town) -> Visitor:
    """The coordinator."""
    city.services.table.write(directory.kept_agent(NADIA))
    return signed_in(city.services, NADIA)


@pytest.fixture
def fire(city: Town) -> str:
    """Two citizens tell of one fire; the incident that it is."""
    tell(city, FIRE, SMOKE)
    (incident,) = open_ones(city)
    return incident.subject
