"""PURE: Telegram's bytes to messages (channels.md 13). One update in each delivery.

{"update_id", "message": {…}}     the name of the second field says what happened
"""

from collections.abc import Callable
from typing import Any

from chalicelib.channels.contract import AccountSettings, Raw
from chalicelib.channels.gathering import Gathering
from chalicelib.channels.taming import dict_of, id_of, items_of, read_object, text_of
from chalicelib.channels.telegram.content import full_name, is_service
from chalicelib.channels.telegram.message import group_of, is_ours, message_id, to_message
from chalicelib.domain.message import Message, Parsed
from chalicelib.errors import BadPayload


def parse(raw: Raw, settings: AccountSettings) -> Parsed:
    """Everything in these bytes. Raises ``BadPayload`` when they are no JSON object."""
    body = read_object(raw.body)
    found = Gathering()
    for update in _updates(body, raw):
        _gather(dict_of(update), settings.account, found)
    return found.parsed()


def _updates(body: dict[str, Any], raw: Raw) -> list[Any]:
    if raw.transport != "poll":
        return [body]
    if raw.response_status != 200 or body.get("ok") is not True:  # noqa: PLR2004 OK
        raise BadPayload("the platform refused", status=raw.response_status)
    return items_of(body, "result")


def _gather(update: dict[str, Any], own: str, found: Gathering) -> None:
    name = next((name for name in _READERS if name in update), None)
    if name is None:
        kinds = sorted(update.keys() - {"update_id"})
        found.ignore(f"update {', '.join(kinds)[:60]!r}")
    elif not isinstance(update[name], dict):
        found.ignore(f"{name} is no object")
    else:
        _READERS[name](update[name], own, found)


def _message(element: dict[str, Any], own: str, found: Gathering) -> None:
    _keep(element, own, found, edited=False)


def _edited(element: dict[str, Any], own: str, found: Gathering) -> None:
    _keep(element, own, found, edited=True)


def _business(element: dict[str, Any], own: str, found: Gathering) -> None:
    _keep(element, own, found, edited=False, for_business=True)


def _edited_business(element: dict[str, Any], own: str, found: Gathering) -> None:
    _keep(element, own, found, edited=True, for_business=True)


def _keep(
    element: dict[str, Any],
    own: str,
    found: Gathering,
    *,
    edited: bool,
    for_business: bool = False,
) -> None:
    id = message_id(element)
    if id is None:
        found.ignore("message without chat or id")
    elif is_ours(element, own, for_business=for_business):
        found.ignore("our own message")
    elif is_service(element):
        found.ignore("service message")
    else:
        found.add(to_message(id, element, edited=edited))


def _button(element: dict[str, Any], own: str, found: Gathering) -> None:
    del own  # a bot presses no buttons
    id = id_of(element, "id")
    if id is None:
        found.ignore("button without an id")
        return
    carrier = dict_of(element, "message")
    found.add(
        Message(
            external_id=f"cq:{id}",
            author_id=id_of(element, "from", "id"),
            author_name=full_name(dict_of(element, "from")),
            text=text_of(element, "data"),
            kind="interactive",
            timestamp=None,
            reply_to=message_id(carrier),
            thread=group_of(carrier),
        )
    )


def _deletions(element: dict[str, Any], own: str, found: Gathering) -> None:
    del own  # the platform does not say who deleted
    chat = id_of(element, "chat", "id")
    numbers = items_of(element, "message_ids")
    if chat is None or not numbers:
        found.ignore("deletion of nothing")
        return
    for number in map(id_of, numbers):
        if number is None:
            found.ignore("deletion without an id")
        else:
            external_id = f"{chat}:{number}"
            found.add(
                Message(
                    external_id=external_id, author_id=None, text="", kind="deleted", timestamp=None
                )
            )


_READERS: dict[str, Callable[[dict[str, Any], str, Gathering], None]] = {
    "message": _message,
    "edited_message": _edited,
    "business_message": _business,
    "edited_business_message": _edited_business,
    "callback_query": _button,
    "deleted_business_messages": _deletions,
}
