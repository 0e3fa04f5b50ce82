"""Which keys the platforms know, when they end, and to whom they deliver; good until told."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Access:
    """``keys`` holds, where it was told, the only key that a platform takes."""

    keys: dict[str, str] = field(default_factory=dict)
    ends: dict[str, int] = field(default_factory=dict)
    lapsed: set[str] = field(default_factory=set)
    webhooks: dict[str, str] = field(default_factory=dict)
    events: list[dict[str, object]] = field(default_factory=list)
    replayed: list[dict[str, object]] = field(default_factory=list)

    def change(
        self,
        channel: str,
        *,
        key: str | None = None,
        ends_at: int | None = None,
        subscribed: bool = True,
    ) -> None:
        """What is told of a platform; what is not told stays."""
        if key is not None:
            self.keys[channel] = key
        if ends_at is not None:
            self.ends[channel] = ends_at
        if not subscribed:
            self.lapsed.add(channel)
            self.webhooks = {name: url for name, url in self.webhooks.items() if name != channel}

    def is_known(self, channel: str, key: str) -> bool:
        return self.keys.get(channel, key) == key
