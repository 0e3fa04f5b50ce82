"""The one table's indexes. The engines and the deployed template are both made from this."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Index:
    """A sparse index: holds the items that have both attributes.

    ``projected`` are the attributes that a list row shows, beside the keys; empty for keys only.
    """

    pk: str
    sk: str
    projected: tuple[str, ...] = ()


QUEUE_ROW = (
    "about", "team", "channel", "account", "author_name", "text", "urgency", "emergency",
    "because", "waiting_since", "claimed_by", "claimed_name", "claim_until", "due_at",
    "acknowledge_by", "paged_at", "snoozed_until", "lang", "answered", "expires_at",
)  # fmt: skip
"""Twenty, and DynamoDB allows an index no more. The subject is in the item's own key; ``about`` is
a map, so that what a row tells besides needs no place of its own."""

INDEXES: dict[str, Index] = {
    "by_list": Index("list_pk", "list_sk", QUEUE_ROW),
    "by_person": Index("person_pk", "person_sk", ("subject", "channel", "at", "expires_at")),
    "by_due": Index("due_pk", "due_sk"),
}

EXPIRY = "expires_at"
"""The TTL attribute, epoch seconds. It deletes late, so repositories compare it when reading."""
