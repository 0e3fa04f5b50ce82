"""Graph's rules for buttons and lists (channels.md 4.5)."""

from typing import Any

LONGEST_BODY, LONGEST_TITLE, LONGEST_ROW, LONGEST_ID = 1024, 20, 24, 256
MOST_BUTTONS, MOST_ROWS = 3, 10


def choices_of(body: dict[str, Any]) -> list[str]:
    """What the citizen can choose from."""
    return [str(one.get("title", "")) for one in _replies(body.get("interactive", {}))]


def problem_with_choices(body: dict[str, Any]) -> str | None:
    """What is wrong with them, None when Graph would take them."""
    inside = body.get("interactive")
    if not isinstance(inside, dict) or inside.get("type") not in ("button", "list"):
        return "The parameter interactive['type'] must be button or list here"
    text = str((inside.get("body") or {}).get("text", ""))
    if not 1 <= len(text) <= LONGEST_BODY:
        return "interactive['body'] has 1 to 1024 characters"
    return _problem_with_replies(_replies(inside), is_list=inside["type"] == "list", inside=inside)


def _problem_with_replies(
    replies: list[dict[str, Any]], *, is_list: bool, inside: dict[str, Any]
) -> str | None:
    most, longest = (MOST_ROWS, LONGEST_ROW) if is_list else (MOST_BUTTONS, LONGEST_TITLE)
    if not 1 <= len(replies) <= most:
        return f"There are 1 to {most} choices"
    if is_list and not 1 <= len(inside["action"].get("button", "")) <= LONGEST_TITLE:
        return "action['button'] has 1 to 20 characters"
    titles, ids = [one.get("title", "") for one in replies], [one.get("id", "") for one in replies]
    if not all(1 <= len(title) <= longest for title in titles):
        return f"A title has 1 to {longest} characters"
    if not all(1 <= len(id) <= LONGEST_ID for id in ids) or len({*ids}) < len(ids):
        return "Each choice has an id of its own"
    return None if is_list or len({*titles}) == len(titles) else "Button titles must be unique"


def _replies(inside: dict[str, Any]) -> list[dict[str, Any]]:
    action = inside.get("action") or {}
    rows = [row for section in action.get("sections", []) for row in section.get("rows", [])]
    return [*(button.get("reply", {}) for button in action.get("buttons", [])), *rows]
