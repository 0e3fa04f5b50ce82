"""Whether a picture carries a statement of where it comes from (C2PA, "content credentials").

Only that it is there. Checking its signatures takes a library, a list of who is trusted and the
whole file; none of that is here, and no screen says more than "not verified".

Where it lies: in a JPEG a JUMBF box in an APP11 segment (ISO 19566-5), in a PNG the chunk ``caBX``
(C2PA 2.1, appendix A.3).
"""

from collections.abc import Iterator

MARKER, APP11, START_OF_SCAN, END = 0xFF, 0xEB, 0xDA, 0xD9
HEAD = 64
"""Bytes of a segment within which a manifest store names itself."""

PNG = b"\x89PNG\r\n\x1a\n"
CHUNK = b"caBX"


def has_manifest(body: bytes) -> bool:
    """Never raises: what is no such picture has none."""
    if body.startswith(b"\xff\xd8"):
        return any(is_manifest(one) for one in segments(body))
    return body.startswith(PNG) and CHUNK in chunks(body)


def is_manifest(segment: bytes) -> bool:
    """Whether an APP11 segment begins the store of C2PA manifests."""
    return segment[:2] == b"JP" and b"jumb" in segment[:HEAD] and b"c2pa" in segment[:HEAD]


def segments(body: bytes) -> Iterator[bytes]:
    """The beginnings of the APP11 segments of a JPEG, up to its dots."""
    at = 2
    while at + 4 <= len(body) and body[at] == MARKER:
        code, length = body[at + 1], int.from_bytes(body[at + 2 : at + 4])
        if code in (START_OF_SCAN, END) or length < 2:  # noqa: PLR2004  its own two bytes
            return
        if code == APP11:
            yield body[at + 4 : at + 2 + length][:HEAD]
        at += 2 + length


def chunks(body: bytes) -> Iterator[bytes]:
    """The types of a PNG's chunks."""
    at = len(PNG)
    while at + 8 <= len(body):
        yield body[at + 4 : at + 8]
        at += 12 + int.from_bytes(body[at : at + 4])
