"""What is approved is looked for on every platform that can be searched, and comes in once."""

import pytest

from chalicelib.channels.offers import Searches
from chalicelib.channels.registry import CHANNELS
from chalicelib.flows.running.accounting import balance
from tests.conftest import MARIJKE, Town
from tests.flows.test_polling import open_account
from tests.listening.searches import listening_for
from tests.listening.test_feeds import feed

AUTHOR = {
    "x": "661", "mastodon": "77", "bluesky": "did:plc:iemand", "reddit": "t2_iemand", "news": "-",
}  # fmt: skip
WHERE = {"reddit": "submissions"}


def test_these_can_be_searched() -> None:
    assert {name for name, one in CHANNELS.items() if isinstance(one, Searches)} == set(AUTHOR)


@pytest.mark.parametrize("channel", sorted(AUTHOR))
def test_a_search_reads_the_platform_and_counts_once(town: Town, channel: str) -> None:
    open_account(town, channel, "90", poll_seconds="30", euros_per_month="100")
    listening_for(town, "kermis zutphen", f"{channel}#90")
    at = town.clock.at.timestamp()
    for text in ("De kermis in Zutphen is open", "De markt in Zutphen is open"):
        where = WHERE.get(channel, "search")
        town.fakes.post(channel, account="", author=AUTHOR[channel], text=text, where=where, at=at)
    for _ in range(3):
        town.sweep()
        town.clock.forward(seconds=61)
    view = feed(town)
    assert (view.volume, view.writers) == (1, 1)
    assert [one.text for one in view.newest] == ["De kermis in Zutphen is open"]


def test_a_feed_that_did_not_change_is_not_kept_again(town: Town) -> None:
    open_account(town, "news", "stentor", poll_seconds="30", feed="rss")
    listening_for(town, "kermis", "news#stentor")
    town.fakes.post("news", account="", author="-", text="De kermis is open", where="feed")
    for _ in range(4):
        town.sweep()
        town.clock.forward(seconds=61)
    assert balance(town.services, MARIJKE).total.received == 1
