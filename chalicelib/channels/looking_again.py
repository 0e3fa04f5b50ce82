"""What we know, asked for again: a platform that we read tells nobody what was taken back.

The cursor of a stream remembers the newest ids, and two moments by the platform's own clock:
``read`` (the last page) and ``looked`` (the last round). A round takes as many pages as it needs;
``again`` holds what is still to be asked.

    remembered   a page brought these ids
    is_time      a round should begin, or goes on
    batch        what to ask now
    looked       that was asked; what is gone need not be asked again
"""

from collections.abc import Iterable
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from chalicelib.channels.contract import AccountSettings, Raw
from chalicelib.channels.gathering import Gathering
from chalicelib.channels.http import Answer
from chalicelib.channels.taming import text_of
from chalicelib.domain.message import Message

ONCE_IN = 24
"""Hours, unless ``look_up_hours`` says otherwise."""

Place = dict[str, Any]


def remembered(place: Place, ids: Iterable[str], answer: Answer, most: int) -> Place:
    """What a page adds to the cursor: its ids before those that we knew."""
    recent = list(dict.fromkeys([*ids, *place.get("recent", [])]))[:most]
    at = read_at(answer)
    return {"recent": recent, "read": at, "looked": place.get("looked", at)}


def is_time(place: Place, settings: AccountSettings) -> bool:
    """Whether what we know should be asked for again before we read on."""
    if place.get("again"):
        return True
    said = settings.settings.get("look_up_hours", "")
    hours = int(said) if said.isascii() and said.isdigit() else ONCE_IN
    since = place.get("read", 0) - place.get("looked", 0)
    return bool(place.get("recent")) and since > hours * 3600


def still_to_ask(place: Place) -> list[str]:
    """Everything that this round still has to ask for."""
    return list(place.get("again") or place.get("recent", []))


def looked(place: Place, asked: Iterable[str], there: Iterable[str], answer: Answer) -> Place:
    """The cursor after this page of a round."""
    done = set(asked)
    gone = done.difference(there)
    left = [id for id in still_to_ask(place) if id not in done]
    at = read_at(answer)
    recent = [id for id in place.get("recent", []) if id not in gone]
    # Until the last page the round is under way, whatever the clock says.
    moment = place.get("looked", 0) if left else at
    return {**place, "recent": recent, "read": at, "looked": moment, "again": left}


def read_at(answer: Answer) -> int:
    """When the platform answered, in epoch seconds by its own clock; 0 when it does not say."""
    try:
        return int(parsedate_to_datetime(answer.headers.get("date", "")).timestamp())
    except ValueError:
        return 0


def asked_for(raw: Raw, path: str, name: str) -> tuple[str, ...]:
    """PURE. The ids that a page was asked for by; none when it was no page of a round."""
    _, _, address = text_of(dict(raw.request), "line").partition(" ")
    try:
        found = urlsplit(address)
        query = parse_qs(found.query)
    except ValueError:
        return ()
    if not found.path.endswith(path):
        return ()
    return tuple(id for said in query.get(name, []) for id in said.split(",") if id)


def gather_gone(asked: Iterable[str], there: Iterable[str], found: Gathering) -> None:
    """PURE. What was asked for and is not there: its writer took it back."""
    still = set(there)
    for id in asked:
        if id not in still:
            found.add(
                Message(external_id=id, author_id=None, text="", kind="deleted", timestamp=None)
            )
