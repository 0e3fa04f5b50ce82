"""What an agent wrote and did not send yet: theirs alone, on the server, until it is sent."""

from dataclasses import dataclass

from chalicelib.domain.moments import Moment

LONGEST_DRAFT = 60_000
"""Characters, answer and note each; more than any channel takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An unsent answer and an unsaved note of one agent in one conversation.

    ``reply_id`` is the id under which the answer will go, so that a text that was sent already is
    never offered, or sent, again. ``choices`` are buttons, one a line; ``files`` are uploads, each
    as ``id:name``. ``privately``: the answer is meant for its reader alone.
    """

    subject: str
    agent: str
    reply_id: str
    saved_at: Moment
    text: str = ""
    note: str = ""
    choices: str = ""
    files: tuple[str, ...] = ()
    privately: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing worth keeping."""
        return not (self.text.strip() or self.note.strip() or self.files)
