"""What WhatsApp allows, known before sending (channels.md 4.5)."""

from datetime import timedelta

from chalicelib.channels.contract import Rules

NAME = "whatsapp"
API_VERSION = "v26.0"

RULES = Rules(longest_text=4096, window=timedelta(hours=24))
