"""What Graph refuses in a request to send: the platform's own rules, none of ours."""

import re
from typing import Any

from infra.fakes.whatsapp_choices import problem_with_choices

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
FILE_TYPES = frozenset({"image", "video", "audio", "document", "sticker"})
LONGEST_CALLBACK_DATA = 512
_NUMBER = re.compile(r"\+?[1-9]\d{6,14}")
_BUSINESS_SCOPED_ID = re.compile(r"[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}")


def problem_with(body: dict[str, Any]) -> str | None:
    """What is wrong with this request, None when Graph would take it."""
    if body.get("messaging_product") != "whatsapp":
        return "The parameter messaging_product is required"
    if "status" in body:
        return _problem_with_mark(body)
    checks = (_problem_with_address, _problem_with_content, _problem_with_extras)
    return next((problem for check in checks if (problem := check(body))), None)


def _problem_with_mark(body: dict[str, Any]) -> str | None:
    if body["status"] != "read":
        return "The only status to set is read"
    if body.get("typing_indicator", {"type": "text"}) != {"type": "text"}:
        return "The only typing_indicator is of type text"
    return None if _is_filled(body.get("message_id")) else "The parameter message_id is required"


def _problem_with_address(body: dict[str, Any]) -> str | None:
    if "to" in body:
        return None if _fits(_NUMBER, body["to"]) else "The parameter to is no phone number"
    if "recipient" in body:
        fits = _fits(_BUSINESS_SCOPED_ID, body["recipient"])
        return None if fits else "The parameter recipient is no user id"
    return "The parameter to or recipient is required"


def _problem_with_content(body: dict[str, Any]) -> str | None:
    kind = body.get("type")
    if kind == "text":
        return _problem_with_text(body)
    if kind == "interactive":
        return problem_with_choices(body)
    if kind == "template":
        fits = isinstance(body.get("template"), dict)
        return None if fits else "The parameter template is required"
    return _problem_with_file(body) if kind in FILE_TYPES else "The parameter type is unknown here"


def _problem_with_file(body: dict[str, Any]) -> str | None:
    file = body.get(body["type"])
    if not isinstance(file, dict) or not _is_filled(file.get("id")):
        return f"The parameter {body['type']}['id'] is required"
    if "caption" not in file:
        return None
    if body["type"] in ("audio", "sticker"):
        return f"{body['type']} has no caption"
    fits = _is_filled(file["caption"]) and len(file["caption"]) <= LONGEST_CAPTION
    return None if fits else "A caption has 1 to 1024 characters"


def _problem_with_text(body: dict[str, Any]) -> str | None:
    text = body.get("text")
    said = text.get("body") if isinstance(text, dict) else None
    if not _is_filled(said):
        return "The parameter text['body'] is required"
    return None if len(str(said)) <= LONGEST_TEXT else "text['body'] has at most 4096 characters"


def _problem_with_extras(body: dict[str, Any]) -> str | None:
    if body.get("recipient_type", "individual") not in ("individual", "group"):
        return "The parameter recipient_type is unknown"
    context = body.get("context", {"message_id": "-"})
    if not isinstance(context, dict) or not _is_filled(context.get("message_id")):
        return "The parameter context['message_id'] is required"
    echoed = body.get("biz_opaque_callback_data", "-")
    if not _is_filled(echoed) or len(echoed) > LONGEST_CALLBACK_DATA:
        return "biz_opaque_callback_data has 1 to 512 characters"
    return None


def _is_filled(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _fits(pattern: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and bool(pattern.fullmatch(value))
