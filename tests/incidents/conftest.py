"""A town whose accounts may be used for incidents."""

from dataclasses import replace

import pytest

from chalicelib.store import directory
from tests.conftest import Town


@pytest.fixture
def city(town: Town) -> Town:
    """Every account is approved for the use ``incident``, like answering."""
    for account in directory.accounts(town.services.table):
        approvals = account.approvals | {"incident": account.approvals["answer"]}
        town.services.table.write(directory.kept_account(replace(account, approvals=approvals)))
    return town
