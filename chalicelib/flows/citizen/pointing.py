"""The assistant's signpost: our knowledge, where it is sure that another door owns the matter."""

from collections.abc import Callable, Sequence

from chalicelib.intake.state import Pointed
from chalicelib.knowledge.asking import Desk, consider
from chalicelib.knowledge.doors import doors

NO_OTHER_DOOR = frozenset({"politie", "0900-8844", "112", "overig", "offlimits"})
"""Doors that send nobody elsewhere: ours, the emergency that the assistant sees itself, none."""


def pointing(desk: Desk) -> Callable[[Sequence[str]], Pointed | None]:
    """From the whole conversation; where that is unsure, from its first message."""

    def point(texts: Sequence[str]) -> Pointed | None:
        for text in dict.fromkeys((". ".join(texts), texts[0])):
            post = consider(text, desk).post
            if post.is_sure and post.door not in NO_OTHER_DOOR:
                return Pointed(post.door, doors()[post.door].name)
        return None

    return point
