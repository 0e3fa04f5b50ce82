"""Who wrote: X puts people beside the posts, at times wrapped in ``data``, at times not at all."""

from typing import Any

from chalicelib.channels.taming import dict_of, id_of, items_of, name_of, value_of

Names = dict[str, str | None]


def names_in(holder: Any) -> Names:
    """The names by user id, from ``includes.users`` (a list) and ``users`` (an object)."""
    beside = value_of(holder, "users")
    listed = beside.values() if isinstance(beside, dict) else items_of(beside)
    people = [*items_of(holder, "includes", "users"), *listed]
    unwrapped = [dict_of(person, "data") or dict_of(person) for person in people]
    return {
        id: name_of(person, "name")
        for person in reversed(unwrapped)
        if (id := id_of(person, "id") or id_of(person, "id_str"))
    }
