"""A search that is about a person is not read: the source then says why, where operators look.

The query of a search stands in its account's settings, whose use ``listen`` somebody approved. That
approval says that we may listen; this says that we may not listen for somebody.
"""

from chalicelib.channels.contract import Stream
from chalicelib.detection.searching import Kind, judge
from chalicelib.domain.account import Account
from chalicelib.errors import ChannelNotApproved

SEARCH = "search"
"""What channels call the stream, and accounts the setting with its query."""

SAID: dict[Kind, str] = {
    "handle": "volgt een account",
    "closed_group": "kijkt in een besloten groep",
    "contact": "zoekt een telefoonnummer of e-mailadres",
    "number_of_person": "zoekt een kenteken of een ander nummer van een persoon",
    "home": "zoekt een woonadres",
    "name": "noemt een persoon",
    "relation": "zoekt iemand via een naaste",
    "people_by_trait": "zoekt mensen naar afkomst, geloof, overtuiging of gezondheid",
    "participants": "zoekt wie ergens aan meedoet",
    "recognising": "wil iemand herkennen",
    "description": "beschrijft een persoon",
    "post": "zoekt iemand naar functie of beroep",
}


def must_be_about_no_person(account: Account, stream: Stream) -> None:
    """Raises ``ChannelNotApproved`` with what was found in the query, and why that is refused."""
    if stream.name != SEARCH:
        return
    own = frozenset(account.settings.get("handle", "").casefold().split())
    found = judge(account.settings.get(SEARCH, ""), own).refused
    if found:
        first = found[0]
        said = f"de zoekopdracht {SAID[first.kind]} ({first.found})"
        raise ChannelNotApproved(said, channel=account.channel, reason=said)
