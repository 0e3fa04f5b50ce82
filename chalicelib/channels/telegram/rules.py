"""What Telegram allows, known before sending (channels.md 13).

A bot answers in the chat that it was written to. In a group everybody reads along.
"""

from datetime import timedelta

from chalicelib.channels.limits import ChoiceRules, FileRules, Rules

NAME = "telegram"

A_SECOND = timedelta(seconds=1)
"""Telegram takes about one message a second for one chat."""

_MB = 1_000_000
_OFFICE = "application/vnd.openxmlformats-officedocument."

FILES = FileRules(
    largest={
        "image/jpeg": 10 * _MB,
        "image/png": 10 * _MB,
        "video/mp4": 50 * _MB,
        "application/pdf": 50 * _MB,
        f"{_OFFICE}wordprocessingml.document": 50 * _MB,
        f"{_OFFICE}spreadsheetml.sheet": 50 * _MB,
    },
    longest_caption=1024,
)
"""One file a message; an album would be several messages, each with an id of its own."""


def _bytes(text: str) -> int:
    return len(text.encode())


CHOICES = ChoiceRules(most=10, longest_choice=64, longest_text=4096, measure=_bytes)
"""A button carries its own words back to us, and Telegram lets it carry 64 bytes."""

RULES = Rules(
    longest_text=4096,
    public=True,
    quotes=True,
    one_conversation_per="author_and_root",
    most_parts=4,
    between_parts=A_SECOND,
    keeps=timedelta(hours=24),
    private=Rules(
        longest_text=4096,
        quotes=True,
        most_parts=4,
        between_parts=A_SECOND,
        files=FILES,
        choices=CHOICES,
        buttons_wait=True,
    ),
    files=FILES,
    choices=CHOICES,
    buttons_wait=True,
)
