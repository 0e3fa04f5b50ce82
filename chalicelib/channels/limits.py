"""What a channel allows, known before anything is sent: lengths, windows, files, choices."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRules:
    """Which files an answer may carry.

    ``largest`` is in bytes by MIME type (what is not named is not taken), ``most`` is how many at
    once, and ``longest_caption`` bounds the text that goes with them, measured as any other text.
    """

    largest: Mapping[str, int]
    longest_caption: int
    most: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceRules:
    """Buttons below an answer: how many, how long each (``measure``), and how long the text."""

    most: int
    longest_choice: int
    longest_text: int
    measure: Callable[[str], int] = len


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What is known before sending.

    ``longest_text`` in characters as the platform counts them (``measure``); ``window`` after the
    citizen's last message, None when there is none; ``idempotent`` when a second send with the
    same ``reply_id`` is harmless. ``public`` when an answer can be read by everybody. ``quotes``
    when an answer names the message that it answers. ``only_if_addressed`` when the platform lets
    us answer those only who wrote to us, not whom we merely found.
    ``one_conversation_per`` says what belongs together: everything of one author; in public, that
    author's part of one thread; or, where anybody can claim to be anybody (a web form), each
    message by itself. ``private`` holds what differs for private messages on a public channel.
    ``most_parts`` is in how many messages one long answer may go out (``splitting.py``), each
    ``between_parts`` after the one before; with ``chains`` each answers the one before: a thread.
    ``on_our_page`` when the citizen reads answers on a page of ours, which is told of each.
    ``files`` is None where an answer carries none, ``uploads`` where citizens bring none to a page
    of ours before their message; ``choices`` where it has no buttons;
    ``buttons_wait`` when a pressed one waits until it is marked as read. ``keeps`` is how long the
    platform keeps what it could not deliver, and then delivers; None where that is lost to us.
    ``by_hand`` is how long after the citizen's last message a person may still answer this one
    citizen, beyond ``window``. ``privately`` is how long the writer of something public can be
    answered in private, once; None where they cannot. ``posts`` when we can publish a post there.
    """

    longest_text: int
    measure: Callable[[str], int] = len
    window: timedelta | None = None
    by_hand: timedelta | None = None
    privately: timedelta | None = None
    posts: bool = False
    idempotent: bool = False
    public: bool = False
    quotes: bool = False
    only_if_addressed: bool = False
    keeps: timedelta | None = None
    on_our_page: bool = False
    one_conversation_per: Literal["author", "author_and_root", "message"] = "author"
    most_parts: int = 1
    between_parts: timedelta = timedelta()
    chains: bool = False
    private: "Rules | None" = None
    files: FileRules | None = None
    uploads: FileRules | None = None
    choices: ChoiceRules | None = None
    buttons_wait: bool = False

    @property
    def longest_window(self) -> timedelta | None:
        """Until when a person may answer one citizen by hand; None where that never ends."""
        return self.by_hand or self.window

    def within(self, thread: str | None) -> "Rules":
        """The rules for a conversation in this public thread, or in private when it has none."""
        return self if thread or self.private is None else self.private
