"""What the tests of all channels share."""

from collections.abc import Iterator

import pytest

from infra.fakes.client import Fakes


@pytest.fixture
def fakes(fakes_server: Fakes) -> Iterator[Fakes]:
    """The fake platforms with nothing written, nothing to go wrong, and every key good."""
    fakes_server.clear_failures()
    fakes_server.clear_posts()
    fakes_server.clear_access()
    yield fakes_server
    fakes_server.clear_posts()
