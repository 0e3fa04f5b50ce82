"""Meta's rules for quick replies below a private message (Messenger Platform, quick replies)."""

from typing import Any

MOST, LONGEST_TITLE, LONGEST_PAYLOAD = 13, 20, 1000


def quick_replies_of(message: dict[str, Any]) -> list[dict[str, Any]]:
    """What the citizen can choose from."""
    found = message.get("quick_replies", [])
    return [one if isinstance(one, dict) else {} for one in found]


def problem_with_choices(message: dict[str, Any]) -> str | None:
    """What is wrong with them, None when Graph would take them."""
    if "quick_replies" not in message:
        return None
    replies = quick_replies_of(message)
    if not 1 <= len(replies) <= MOST:
        return f"(#100) quick_replies must have 1 to {MOST} elements"
    if not message.get("text") and not message.get("attachment"):
        return "(#100) quick_replies go with a text or an attachment"
    return next((words for one in replies if (words := _problem_with(one))), None)


def _problem_with(reply: dict[str, Any]) -> str | None:
    if reply.get("content_type") != "text":
        return "(#100) content_type must be text here"
    title, payload = str(reply.get("title", "")), str(reply.get("payload", ""))
    if not 1 <= len(title) <= LONGEST_TITLE:
        return f"(#100) title must have 1 to {LONGEST_TITLE} characters"
    fits = 1 <= len(payload) <= LONGEST_PAYLOAD
    return None if fits else f"(#100) payload must have 1 to {LONGEST_PAYLOAD} characters"
