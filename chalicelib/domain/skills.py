"""What a colleague can do: languages and topics, as a help to choose, never as a fence."""

from dataclasses import dataclass

from chalicelib.domain.queue_item import QueueRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Skills:
    """Empty is anything."""

    langs: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        """Whether anything was written down."""
        return bool(self.langs or self.topics)

    def fit(self, row: QueueRow) -> bool:
        """Whether this colleague can take it; a language not recognised is no reason not to."""
        speaks = not self.langs or row.lang in (*self.langs, "und")
        return speaks and (not self.topics or row.about.topic in self.topics)
