"""The cursor of a page: the key of its last item (DynamoDB's LastEvaluatedKey) as opaque text."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64

import msgspec

from chalicelib.store.table import BadOperation

_decoder = msgspec.json.Decoder(dict[str, str])


def to_cursor(last: dict[str, str]) -> str:
    """The key of the last item, with its index key where an index was asked, as a cursor."""
    return urlsafe_b64encode(msgspec.json.encode(last)).decode()


def from_cursor(cursor: str, names: tuple[str, ...], pk: str) -> dict[str, str]:
    """The key again. ``names`` are its attributes, of which the first is the partition asked.

    Raises ``BadOperation`` when it does not come from this query: an invented cursor, or one
    of another partition.
    """
    try:
        last = _decoder.decode(urlsafe_b64decode(cursor))
    except (NotBase64, ValueError) as error:
        raise BadOperation("not a cursor") from error
    if last.keys() != set(names) or last[names[0]] != pk:
        raise BadOperation("a cursor of another query")
    return last
