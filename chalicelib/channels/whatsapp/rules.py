"""What WhatsApp allows, known before sending (channels.md 4.5)."""

from datetime import timedelta

from chalicelib.channels.limits import ChoiceRules, FileRules, Rules

NAME = "whatsapp"
API_VERSION = "v26.0"

_MB = 1024 * 1024
_OFFICE = "application/vnd.openxmlformats-officedocument."

FILES = FileRules(
    largest={
        "image/jpeg": 5 * _MB,
        "image/png": 5 * _MB,
        "video/mp4": 16 * _MB,
        "application/pdf": 100 * _MB,
        f"{_OFFICE}wordprocessingml.document": 100 * _MB,
        f"{_OFFICE}spreadsheetml.sheet": 100 * _MB,
    },
    longest_caption=1024,
)
"""One file a message (channels.md 4.6). No sound: it carries no text, so no 112 either."""

CHOICES = ChoiceRules(most=10, longest_choice=20, longest_text=1024)
"""Up to three are buttons, more are rows of a list; a row could be 24 long, a button is 20."""

RULES = Rules(
    longest_text=4096,
    window=timedelta(hours=24),
    most_parts=4,
    between_parts=timedelta(seconds=6),  # WhatsApp takes one each six seconds for one person
    files=FILES,
    choices=CHOICES,
)
