"""What our own web form asks for, and the check that tells a citizen what is wrong."""

import re
from collections.abc import Mapping
from typing import Any

from chalicelib.channels.limits import Rules
from chalicelib.channels.moments import iso_of
from chalicelib.channels.own_pages import UPLOADS, too_many
from chalicelib.channels.reachable import read_mailbox
from chalicelib.channels.taming import id_of, list_of, location_of, text_of, value_of
from chalicelib.errors import InvalidInput

NAME = "form"
LONGEST_TEXT = 20_000
LONGEST_FIELD = 500

RULES = Rules(
    longest_text=LONGEST_TEXT,
    idempotent=True,
    one_conversation_per="message",
    uploads=UPLOADS,
)

Texts = dict[str, str]

_SUBMISSION_ID = re.compile(r"[A-Za-z0-9._-]{1,200}")


def check_form(body: Mapping[str, Any]) -> None:
    """Raise ``InvalidInput`` naming every field that is missing or wrong, in both languages."""
    checks = {
        "submission_id": _submission_id(body),
        "message": _message(body),
        "email": _email(body),
        "name": _short_text(body, "name"),
        "phone": _short_text(body, "phone"),
        "subject": _short_text(body, "subject"),
        "submitted_at": _submitted_at(body),
        "location": _location(body),
        "attachments": _attachments(body),
        "consent": _consent(body),
    }
    wrong = {name: texts for name, texts in checks.items() if texts}
    if wrong:
        raise InvalidInput("form not filled in well", fields=wrong)


def _submission_id(body: Mapping[str, Any]) -> Texts | None:
    if _SUBMISSION_ID.fullmatch(text_of(body, "submission_id")):
        return None
    return _texts("Het kenmerk van deze inzending ontbreekt.", "The submission id is missing.")


def _message(body: Mapping[str, Any]) -> Texts | None:
    text = text_of(body, "message")
    if not text.strip():
        return _texts("Vul uw bericht in.", "Enter your message.")
    if len(text) > LONGEST_TEXT:
        return _texts(
            f"Uw bericht is te lang: gebruik hoogstens {LONGEST_TEXT} tekens.",
            f"Your message is too long: use at most {LONGEST_TEXT} characters.",
        )
    return None


def _email(body: Mapping[str, Any]) -> Texts | None:
    given = text_of(body, "email").strip()
    if _is_empty(body, "email") or (len(given) <= LONGEST_FIELD and read_mailbox(given)):
        return None
    return _texts(
        "Dit is geen e-mailadres. Voorbeeld: naam@voorbeeld.nl.",
        "This is not an e-mail address. Example: name@example.com.",
    )


def _short_text(body: Mapping[str, Any], field: str) -> Texts | None:
    if _is_empty(body, field) or 0 < len(text_of(body, field)) <= LONGEST_FIELD:
        return None
    return _texts(
        f"Gebruik hier hoogstens {LONGEST_FIELD} tekens.",
        f"Use at most {LONGEST_FIELD} characters here.",
    )


def _submitted_at(body: Mapping[str, Any]) -> Texts | None:
    if _is_empty(body, "submitted_at") or iso_of(body, "submitted_at"):
        return None
    return _texts("Dit is geen tijdstip.", "This is not a moment in time.")


def _location(body: Mapping[str, Any]) -> Texts | None:
    if _is_empty(body, "location") or location_of(value_of(body, "location"), "lat", "lon"):
        return None
    return _texts("Kies de plek opnieuw op de kaart.", "Choose the place on the map again.")


def _attachments(body: Mapping[str, Any]) -> Texts | None:
    files = list_of(body, "attachments")
    if too_many(body):
        most = UPLOADS.most
        return _texts(
            f"Hoogstens {most} bestanden kunnen mee.", f"At most {most} files can go along."
        )
    if _is_empty(body, "attachments") or (files and all(id_of(file, "key") for file in files)):
        return None
    return _texts("Voeg de bestanden opnieuw toe.", "Add the files again.")


def _consent(body: Mapping[str, Any]) -> Texts | None:
    if body.get("consent") is True:
        return None
    return _texts(
        "Geef toestemming om uw bericht te verwerken.",
        "Give permission to process your message.",
    )


def _is_empty(body: Mapping[str, Any], field: str) -> bool:
    return body.get(field) in (None, "", [])


def _texts(nl: str, en: str) -> Texts:
    return {"nl": nl, "en": en}
