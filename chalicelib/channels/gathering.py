"""What a parser collects on its way through an envelope; doubles are counted, not kept."""

from dataclasses import dataclass, field

from chalicelib.domain.message import Message, Parsed, Receipt

_KEPT_APART: frozenset[str] = frozenset({"edited", "deleted", "reaction"})
"""Kinds that come back for one id: the moment tells them apart."""


@dataclass(slots=True)
class Gathering:
    """Messages and receipts in order of arrival; a double is ignored, never an error."""

    _messages: dict[tuple[object, ...], Message] = field(default_factory=dict)
    _statuses: dict[tuple[object, ...], Receipt] = field(default_factory=dict)
    _noted: list[Receipt] = field(default_factory=list)
    _oddities: list[str] = field(default_factory=list)

    def add(self, message: Message) -> None:
        """Keep this message, unless the batch already held it."""
        key = _message_key(message)
        if key in self._messages:
            self.ignore(f"double {message.kind}")
        else:
            self._messages[key] = message

    def add_status(self, receipt: Receipt) -> None:
        """Keep this receipt, unless the batch already held it."""
        key = _receipt_key(receipt)
        if key in self._statuses:
            self.ignore(f"double status {receipt.state}")
        else:
            self._statuses[key] = receipt

    def note(self, receipt: Receipt) -> None:
        """Keep what an element proves besides what it is counted as."""
        self._noted.append(receipt)

    def ignore(self, why: str) -> None:
        """Count one element that is not for an agent. ``why`` holds no citizens' data."""
        self._oddities.append(why)

    def parsed(self) -> Parsed:
        """All of it."""
        return Parsed(
            messages=tuple(self._messages.values()),
            statuses=tuple(self._statuses.values()),
            ignored=len(self._oddities),
            oddities=tuple(self._oddities),
            noted=tuple(self._noted),
        )


def _message_key(message: Message) -> tuple[object, ...]:
    if message.kind in _KEPT_APART:
        return message.account, message.external_id, message.kind, message.timestamp
    return message.account, message.external_id


def _receipt_key(receipt: Receipt) -> tuple[object, ...]:
    # States we do not know yet are told apart by the platform's own word, kept in ``code``.
    word = receipt.code if receipt.state == "unknown" else None
    return receipt.account, receipt.external_id, receipt.state, word
