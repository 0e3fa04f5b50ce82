"""One public post, as the current API writes it (webhook and poll) and as the older one does."""

from typing import Any

from chalicelib.channels.moments import epoch_of, iso_of, long_form_of
from chalicelib.channels.taming import dict_of, id_of, items_of, list_of, name_of, text_of
from chalicelib.channels.x.files import Described, keys_of, media_of, older_media_of
from chalicelib.channels.x.people import Names
from chalicelib.domain.message import Message, MessageKind


def post_of(
    element: Any, kind: MessageKind, names: Names, described: Described, account: str | None
) -> Message | None:
    """A post of the current API; None when it has no id. An edited one changes its first id."""
    id = id_of(element, "id")
    if id is None:
        return None
    first = _first_version(element)
    author = id_of(element, "author_id")
    return Message(
        external_id=first or id,
        author_id=author,
        author_name=names.get(author or ""),
        text=text_of(element, "note_tweet", "text") or text_of(element, "text"),
        kind="edited" if first else kind,
        timestamp=iso_of(element, "created_at"),
        media_count=len(keys_of(element)),
        media=media_of(element, described),
        reply_to=_answered(element, quoted_first=kind == "quote"),
        account=account,
        thread=id_of(element, "conversation_id") or id,
    )


def _first_version(element: Any) -> str | None:
    """The id under which an edited post was first written; None when it never changed."""
    history = [found for one in list_of(element, "edit_history_tweet_ids") if (found := id_of(one))]
    return history[0] if len(history) > 1 else None


def referenced(element: Any, how: str) -> str | None:
    """The post that this one refers to in this way: ``replied_to``, ``quoted``, ``retweeted``."""
    found = (one for one in items_of(element, "referenced_tweets") if text_of(one, "type") == how)
    return next((id for one in found if (id := id_of(one, "id"))), None)


def _answered(element: Any, *, quoted_first: bool) -> str | None:
    answered = id_of(element, "in_reply_to_tweet_id") or referenced(element, "replied_to")
    quoted = id_of(element, "quoted_tweet_id") or referenced(element, "quoted")
    return (quoted or answered) if quoted_first else (answered or quoted)


def older_post_of(element: Any, own: frozenset[str], account: str | None) -> Message | None:
    """A post of the older API, where everything stands in the post itself; None without an id."""
    id = id_of(element, "id_str") or id_of(element, "id")
    if id is None:
        return None
    addressed = id_of(element, "in_reply_to_user_id_str") or id_of(element, "in_reply_to_user_id")
    answered = id_of(element, "in_reply_to_status_id_str")
    answered = answered or id_of(element, "in_reply_to_status_id")
    files, first = _older_files(element), _first_version(element)
    return Message(
        external_id=first or id,
        author_id=id_of(element, "user", "id_str") or id_of(element, "user", "id"),
        author_name=name_of(element, "user", "name"),
        text=_older_text(element),
        kind="edited" if first else "reply" if addressed in own else "mention",
        timestamp=long_form_of(element, "created_at") or epoch_of(element, "timestamp_ms"),
        media_count=len(files),
        media=older_media_of(files, id),
        reply_to=answered or id_of(element, "quoted_status_id_str"),
        account=account,
        thread=answered or id,
    )


def _older_text(element: Any) -> str:
    whole = text_of(element, "extended_tweet", "full_text") or text_of(element, "full_text")
    return whole or text_of(element, "text")


def _older_files(element: Any) -> list[Any]:
    holders = (dict_of(element, "extended_tweet"), dict_of(element))
    places = (("extended_entities", "media"), ("entities", "media"))
    return max((list_of(holder, *place) for holder in holders for place in places), key=len)
