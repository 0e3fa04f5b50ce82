"""A search that is about a person is not read: the source then says why, where operators look.

The register refuses it when it is asked (``search_register``). It is judged once more each time
before it is read: a fence that learned something stops what was let through before.
"""

from chalicelib.channels.offers import Stream
from chalicelib.detection.searching import Kind, judge
from chalicelib.domain.account import Account
from chalicelib.errors import ChannelNotApproved

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


def because_of(kind: Kind) -> str:
    """What such a search does, in Dutch."""
    return SAID[kind]


def must_be_about_no_person(account: Account, stream: Stream) -> None:
    """Raises ``ChannelNotApproved`` with what was found in the query, and why that is refused."""
    if not stream.query:
        return
    own = frozenset(account.settings.get("handle", "").casefold().split())
    found = judge(stream.query, own).refused
    if found:
        first = found[0]
        said = f"de zoekopdracht {because_of(first.kind)} ({first.found})"
        raise ChannelNotApproved(said, channel=account.channel, reason=said)
