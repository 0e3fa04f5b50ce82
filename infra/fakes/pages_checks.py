"""What Graph refuses of a page or Instagram account: the platform's own rules, none of ours.

The reply window is counted from what the citizen wrote to the fake (``POST /_posts``); of whom it
knows nothing it believes that they wrote just now.
"""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from infra.fakes.files import StoredFile
from infra.fakes.pages_choices import problem_with_choices
from infra.fakes.posts import Post

DAY = 86_400
LONGEST = {"messenger": 2000, "facebook": 2000, "instagram": 1000}
LONGEST_COMMENT = {"messenger": 8000, "facebook": 8000, "instagram": 2200}
LONGEST_METADATA = 1000
COMMENT_EDGES = {
    "messenger": {"comments"},
    "facebook": {"comments", "replies", "feed"},
    "instagram": {"replies", "mentions"},
}
ATTACHMENTS = ("image", "video", "audio", "file")
LARGEST_FILE = 25 * 1024 * 1024
LARGEST_PICTURE = {"instagram": 8 * 1024 * 1024}
ACTIONS = ("typing_on", "typing_off", "mark_seen")
OUTSIDE_WINDOW = {"messenger": 2018278, "facebook": 2018278, "instagram": 2534022}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request: on which edge of which node."""

    channel: str
    node: str
    edge: str
    body: dict[str, Any] = field(default_factory=dict)

    @property
    def recipient(self) -> dict[str, str]:
        found = self.body.get("recipient")
        return found if isinstance(found, dict) else {}

    @property
    def message(self) -> dict[str, Any]:
        found = self.body.get("message")
        return found if isinstance(found, dict) else {}

    @property
    def attachment_id(self) -> str | None:
        payload = (self.message.get("attachment") or {}).get("payload") or {}
        return payload.get("attachment_id")


@dataclass(frozen=True, slots=True)
class Problem:
    """Graph's code, words and subcode."""

    code: int
    words: str
    subcode: int | None = None


NO_FILE = Problem(100, "Upload attachment failure", 2018008)


def problem_with(
    asked: Asked, posts: Sequence[Post], sent: Sequence[dict[str, Any]]
) -> Problem | None:
    """What is wrong with this request, None when Graph would take it."""
    if asked.edge != "messages":
        return _problem_with_comment(asked)
    if "sender_action" in asked.body:
        return _problem_with_action(asked)
    checks: tuple[Callable[[], Problem | None], ...] = (
        lambda: _problem_with_recipient(asked),
        lambda: _problem_with_text(asked),
        lambda: _problem_with_choices(asked),
        lambda: _problem_with_purpose(asked),
        lambda: _problem_with_moment(asked, posts),
        lambda: _problem_with_second(asked, sent),
    )
    return next((problem for check in checks if (problem := check())), None)


def _problem_with_comment(asked: Asked) -> Problem | None:
    text = asked.body.get("message")
    if asked.edge not in COMMENT_EDGES[asked.channel]:
        return Problem(100, f"Tried accessing nonexisting field ({asked.edge})")
    if not _is_filled(text):
        return Problem(100, "The parameter message is required")
    if len(str(text)) > LONGEST_COMMENT[asked.channel]:
        return Problem(100, "The parameter message is too long")
    if asked.edge == "mentions" and not _is_filled(asked.body.get("media_id")):
        return Problem(100, "The parameter media_id is required")
    return None


def _problem_with_action(asked: Asked) -> Problem | None:
    if asked.body["sender_action"] not in ACTIONS:
        return Problem(100, "Param sender_action must be one of {TYPING_ON, ...}")
    if "message" in asked.body:
        return Problem(100, "A sender action goes without a message")
    return _problem_with_recipient(asked)


def _problem_with_recipient(asked: Asked) -> Problem | None:
    named = [name for name in ("id", "comment_id", "post_id") if name in asked.recipient]
    if len(named) != 1 or not _is_filled(asked.recipient[named[0]]):
        return Problem(100, "The parameter recipient is required")
    is_citizen = named == ["id"]
    unknown = is_citizen and not asked.recipient["id"].isdigit()
    return Problem(100, "No matching user found", 2018001) if unknown else None


def _problem_with_text(asked: Asked) -> Problem | None:
    said = asked.message.get("text")
    if asked.attachment_id:
        both = Problem(100, "Only one of text and attachment can be set")
        return both if said is not None else None
    if not isinstance(said, str) or not said.strip():
        return Problem(100, "Message cannot be empty, must provide valid attachment or text")
    size = len(said.encode()) if asked.channel == "instagram" else len(said)
    if size > LONGEST[asked.channel]:
        return Problem(100, f"Length of param message[text] must be <= {LONGEST[asked.channel]}")
    if len(str(asked.message.get("metadata", ""))) > LONGEST_METADATA:
        return Problem(100, "Length of param message[metadata] must be <= 1000")
    return None


def _problem_with_choices(asked: Asked) -> Problem | None:
    words = problem_with_choices(asked.message)
    return Problem(100, words) if words else None


def problem_with_file(file: StoredFile | None, message: str) -> Problem | None:
    """What is wrong with a file that is brought."""
    try:
        kind = json.loads(message)["attachment"]["type"]
    except (ValueError, KeyError, TypeError):
        return Problem(100, "The parameter message is required")
    if file is None or not file.body:
        return NO_FILE
    belongs = file.mime.startswith(f"{kind}/") if kind in ("image", "video", "audio") else True
    if kind not in ATTACHMENTS or not belongs:
        return Problem(100, "Upload attachment failure: the type does not match", 2018047)
    largest = LARGEST_PICTURE.get(file.channel, LARGEST_FILE) if kind == "image" else LARGEST_FILE
    return Problem(100, "The file is too large") if len(file.body) > largest else None


def _problem_with_purpose(asked: Asked) -> Problem | None:
    kind, tag = asked.body.get("messaging_type"), asked.body.get("tag")
    if "id" not in asked.recipient:
        return None
    if kind == "MESSAGE_TAG":
        known = tag == "HUMAN_AGENT"
        return None if known else Problem(100, "Param tag must be one of {HUMAN_AGENT}")
    wrong = kind != "RESPONSE" or tag is not None
    return Problem(100, "The parameter messaging_type is required") if wrong else None


def _problem_with_moment(asked: Asked, posts: Sequence[Post]) -> Problem | None:
    """A day after the citizen wrote; a week with the tag, or in private to something public."""
    citizen, answered = asked.recipient.get("id"), _answered(asked)
    wrote = [
        post.at
        for post in posts
        if post.channel == asked.channel and (post.author == citizen or post.id == answered)
    ]
    days = 1 if asked.body.get("messaging_type") == "RESPONSE" else 7
    if not wrote or time.time() - max(wrote) <= days * DAY:
        return None
    words = "This message is sent outside of allowed window."
    return Problem(10, words, OUTSIDE_WINDOW[asked.channel])


def _problem_with_second(asked: Asked, sent: Sequence[dict[str, Any]]) -> Problem | None:
    answered = _answered(asked)
    again = answered and any(
        (one["channel"], one["kind"], one["in_reply_to"])
        == (asked.channel, "private_reply", answered)
        for one in sent
    )
    return Problem(10900, "Activity already replied to") if again else None


def _answered(asked: Asked) -> str | None:
    return asked.recipient.get("comment_id") or asked.recipient.get("post_id")


def _is_filled(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())
