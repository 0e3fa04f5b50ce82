"""Who wrote: the business-scoped id when there is one, else the number (channels.md 4.2)."""

from dataclasses import dataclass
from typing import Any

from chalicelib.channels.taming import dict_of, id_of, items_of, name_of, text_of

Contact = dict[str, Any]


@dataclass(frozen=True, slots=True)
class People:
    """The contacts beside the messages of one value, found by id and never by their place."""

    by_user: dict[str, Contact]
    by_number: dict[str, Contact]
    only_one: Contact
    own_number: str

    def writer_of(self, element: Any) -> tuple[str | None, str | None]:
        """The most stable id of the writer and their name, each None when nothing tells."""
        ids = self._ids_of(element)
        return next(iter(ids), None), name_of(self._contact_of(element), "profile", "name")

    def aliases_of(self, element: Any) -> tuple[str, ...]:
        """The writer's other ids: the number beside the id, or the one that it became."""
        return self._ids_of(element)[1:]

    def _ids_of(self, element: Any) -> tuple[str, ...]:
        """Each once, the most stable first."""
        contact = self._contact_of(element)
        ids = (
            id_of(element, "from_user_id"),
            id_of(contact, "user_id"),
            id_of(element, "from"),
            id_of(contact, "wa_id"),
            id_of(element, "system", "user_id"),
            id_of(element, "system", "wa_id"),
        )
        return tuple(dict.fromkeys(found for found in ids if found))

    def wrote_ourselves(self, element: Any) -> bool:
        """Whether it came from the very number that it was sent to."""
        return bool(self.own_number) and _digits(text_of(element, "from")) == self.own_number

    def _contact_of(self, element: Any) -> Contact:
        user_id, number = id_of(element, "from_user_id"), id_of(element, "from")
        if user_id is None and number is None:
            return self.only_one
        return self.by_user.get(user_id or "") or self.by_number.get(number or "") or {}


def people_of(value: Any) -> People:
    """The people of one value; the first contact with an id wins."""
    contacts = [dict_of(contact) for contact in items_of(value, "contacts")]
    return People(
        by_user=_by("user_id", contacts),
        by_number=_by("wa_id", contacts),
        only_one=contacts[0] if len(contacts) == 1 else {},
        own_number=_digits(text_of(value, "metadata", "display_phone_number")),
    )


def _by(name: str, contacts: list[Contact]) -> dict[str, Contact]:
    return {id: contact for contact in reversed(contacts) if (id := id_of(contact, name))}


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())
