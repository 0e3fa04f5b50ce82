"""A delivery of X's older Account Activity API: one account, and a list for each sort of event."""

from typing import Any

from chalicelib.channels.gathering import Gathering
from chalicelib.channels.moments import epoch_of
from chalicelib.channels.taming import dict_of, id_of, items_of
from chalicelib.channels.x.activity import gather_dm, gather_reads, keep
from chalicelib.channels.x.people import names_in
from chalicelib.channels.x.posts import older_post_of
from chalicelib.domain.message import Message

_ABOUT_THE_DELIVERY = frozenset({"for_user_id", "user_has_blocked", "users", "apps"})


def gather_older(body: dict[str, Any], own: str, found: Gathering) -> None:
    """Every element of every list; one that we do not read is ignored, each by itself."""
    account = id_of(body, "for_user_id")
    lists = [name for name in body if _holds_elements(name, body)]
    if not lists:
        found.ignore("nothing in it")
    for name in lists:
        for element in items_of(body, name):
            _gather(name, element, body, own or account or "", found)


def _holds_elements(name: str, body: dict[str, Any]) -> bool:
    """A list of events, also one that should have been a list; no fact about the delivery."""
    if name in _ABOUT_THE_DELIVERY or not items_of(body, name):
        return False
    return isinstance(body[name], list | dict) or name.endswith("_events")


def _gather(name: str, element: Any, body: dict[str, Any], own: str, found: Gathering) -> None:
    account = id_of(body, "for_user_id")
    account = None if account == own else account
    match name:
        case "tweet_create_events" if dict_of(element, "retweeted_status"):
            found.ignore("repost")
        case "tweet_create_events":
            ours = frozenset(id for id in (own, account) if id)
            keep(older_post_of(element, ours, account), own, found)
        case "direct_message_events":
            gather_dm(element, names_in(body), own, account, found)
        case "direct_message_mark_read_events":
            gather_reads([element], own, found)
        case "tweet_delete_events":
            keep(_deletion(element, account), own, found)
        case _:
            found.ignore(f"list {name[:40]!r}")


def _deletion(element: Any, account: str | None) -> Message | None:
    id = id_of(element, "status", "id")
    if id is None:
        return None
    return Message(
        external_id=id,
        author_id=id_of(element, "status", "user_id"),
        text="",
        kind="deleted",
        timestamp=epoch_of(element, "timestamp_ms"),
        account=account,
    )
