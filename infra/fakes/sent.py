"""What the fakes accepted. In a file it survives restarts and shows that nothing went out twice."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """One answer that a platform took from us, in the words of our own contract.

    ``file`` is the SHA-256 of the file that went along (of the first, where ``files`` are more),
    ``choices`` are the buttons below it.
    """

    channel: str
    account: str
    to: str
    text: str
    external_id: str
    reply_id: str | None = None
    in_reply_to: str | None = None
    kind: str = "text"
    file: str | None = None
    files: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


@dataclass(slots=True)
class SentLog:
    """Everything accepted, oldest first; read marks apart."""

    path: Path | None = None
    sent: list[dict[str, Any]] = field(default_factory=list)
    read: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.path and self.path.exists():
            self.sent = [json.loads(line) for line in self.path.read_text().splitlines()]

    def add(self, accepted: Accepted) -> None:
        """Remember it, in the file before anything else can happen."""
        fields = (name for name in Accepted.__dataclass_fields__)
        row = {**{name: getattr(accepted, name) for name in fields}, "at": _now()}
        self.sent.append(row)
        if self.path:
            with self.path.open("a") as file:
                file.write(json.dumps(row) + "\n")

    def add_read(self, channel: str, account: str, external_id: str) -> None:
        """Remember that a citizen's message was marked as read."""
        row = {"channel": channel, "account": account, "external_id": external_id, "at": _now()}
        self.read.append(row)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
