"""Untrusted JSON, used safely: ask for a type along a path, get that type or its empty value.

    text_of(contact, "profile", "name")     "" when anything on the way is missing or junk

Nothing here raises, except ``read_json``, ``read_object`` and ``text_within``: ``BadPayload`` for
the whole.
"""

import json
import math
import re
from typing import Any

from chalicelib.domain.message import Location
from chalicelib.errors import BadPayload

LARGEST_BODY = 6_000_000
"""Bytes: what the gateway lets through in one request."""

DEEPEST_LEVEL = 64
"""No platform comes near; a bound of our own does not depend on the caller's stack."""

_LONGEST_WHOLE_NUMBER = 40
_HALF_PAIR = re.compile("[\ud800-\udfff]")


def read_json(body: bytes) -> Any:
    """The JSON value in these bytes. Raises ``BadPayload``."""
    if len(body) > LARGEST_BODY:
        raise BadPayload("body too large", bytes=len(body))
    try:
        value = json.loads(body, parse_int=_whole_number)
    except (ValueError, RecursionError) as error:
        raise BadPayload("body is not JSON", reason=type(error).__name__) from error
    if _is_too_deep(value):
        raise BadPayload("body is nested too deep", deepest=DEEPEST_LEVEL)
    return value


def read_object(body: bytes) -> dict[str, Any]:
    """The JSON object in these bytes. Raises ``BadPayload``, also for any other JSON."""
    value = read_json(body)
    if not isinstance(value, dict):
        raise BadPayload("body is not a JSON object", found=type(value).__name__)
    return value


def value_of(value: Any, *path: str) -> Any:
    """Whatever stands at the end of the path, None when nothing does."""
    for name in path:
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return value


def dict_of(value: Any, *path: str) -> dict[str, Any]:
    """The object there, else an empty one."""
    found = value_of(value, *path)
    return found if isinstance(found, dict) else {}


def list_of(value: Any, *path: str) -> list[Any]:
    """The list there, else an empty one."""
    found = value_of(value, *path)
    return found if isinstance(found, list) else []


def items_of(value: Any, *path: str) -> list[Any]:
    """The elements there. What should have been a list is one element, so that it is counted."""
    found = value_of(value, *path)
    if found is None:
        return []
    return found if isinstance(found, list) else [found]


def text_of(value: Any, *path: str) -> str:
    """The text there, unchanged but for half surrogate pairs, which no store can keep."""
    found = value_of(value, *path)
    return _HALF_PAIR.sub("\N{REPLACEMENT CHARACTER}", found) if isinstance(found, str) else ""


def text_within(value: Any, name: str, longest: int) -> str:
    """The text there. Raises ``BadPayload`` when it is blank, or longer than so many characters."""
    text = text_of(value, name)
    if not text.strip():
        raise BadPayload("no text", field=name)
    if len(text) > longest:
        raise BadPayload("too long a text", field=name, characters=len(text), longest=longest)
    return text


def name_of(value: Any, *path: str) -> str | None:
    """The text there, None when it is empty or blank."""
    found = text_of(value, *path)
    return found if found.strip() else None


def id_of(value: Any, *path: str) -> str | None:
    """The identifier there: a text, or a whole number as platforms sometimes send."""
    found = value_of(value, *path)
    if isinstance(found, int) and not isinstance(found, bool):
        return str(found)
    return name_of(found)


def number_of(value: Any, *path: str) -> float | None:
    """The finite number there, also when it is written as text."""
    found = value_of(value, *path)
    if isinstance(found, bool) or not isinstance(found, int | float | str):
        return None
    try:
        number = float(found)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def location_of(
    value: Any, lat: str, lon: str, *, name: str | None = "name", address: str | None = "address"
) -> Location | None:
    """The point under these names, None unless both degrees exist on this globe."""
    north, east = number_of(value, lat), number_of(value, lon)
    if north is None or east is None or abs(north) > 90 or abs(east) > 180:  # noqa: PLR2004
        return None
    return Location(
        lat=north,
        lon=east,
        name=name_of(value, name) if name else None,
        address=name_of(value, address) if address else None,
    )


def _whole_number(digits: str) -> int | float:
    """Python refuses to read endless whole numbers; one of those must not spoil a batch."""
    return int(digits) if len(digits) <= _LONGEST_WHOLE_NUMBER else float(digits)


def _is_too_deep(value: Any) -> bool:
    level = _containers_in([value])
    for _ in range(DEEPEST_LEVEL):
        level = [child for parent in level for child in _containers_in(parent)]
        if not level:
            return False
    return True


def _containers_in(parent: Any) -> list[Any]:
    children = parent.values() if isinstance(parent, dict) else parent
    return [child for child in children if isinstance(child, dict | list)]
