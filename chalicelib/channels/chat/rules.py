"""What our own chat allows (channels.md 15). Answers are shown on the citizen's own page."""

import re
from collections.abc import Mapping
from typing import Any

from chalicelib.channels.limits import Rules
from chalicelib.channels.own_pages import UPLOADS, too_many
from chalicelib.channels.taming import text_of
from chalicelib.errors import InvalidInput

NAME = "chat"

LONGEST_TEXT = 20_000

RULES = Rules(longest_text=LONGEST_TEXT, idempotent=True, on_our_page=True, uploads=UPLOADS)


Texts = dict[str, str]

_ID = re.compile(r"[A-Za-z0-9._-]{1,200}")


def check_chat(body: Mapping[str, Any]) -> None:
    """Raise ``InvalidInput`` naming what is wrong with a message, in both languages."""
    checks = {
        "message_id": _message_id(body),
        "text": _text(body),
        "attachments": _attachments(body),
    }
    wrong = {name: texts for name, texts in checks.items() if texts}
    if wrong:
        raise InvalidInput("not a chat message", fields=wrong)


def _message_id(body: Mapping[str, Any]) -> Texts | None:
    if _ID.fullmatch(text_of(body, "message_id")):
        return None
    return {"nl": "Het kenmerk van dit bericht ontbreekt.", "en": "The message id is missing."}


def _attachments(body: Mapping[str, Any]) -> Texts | None:
    if not too_many(body):
        return None
    most = UPLOADS.most
    return {"nl": f"Hoogstens {most} bestanden.", "en": f"At most {most} files."}


def _text(body: Mapping[str, Any]) -> Texts | None:
    text = text_of(body, "text")
    if body.get("type") != "message" or 0 < len(text.strip()) <= len(text) <= LONGEST_TEXT:
        return None
    return {
        "nl": f"Schrijf een bericht van hoogstens {LONGEST_TEXT} tekens.",
        "en": f"Write a message of at most {LONGEST_TEXT} characters.",
    }
