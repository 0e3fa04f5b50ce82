"""The Bucket contract: large texts and all bytes, under keys that never hold personal data."""

import secrets
from pathlib import Path
from typing import Protocol

from chalicelib.errors import NotFound, StoreUnavailable
from chalicelib.store.parted import FolderParts, InParts, object_path


class Bucket(Protocol):
    """Put, get and delete bytes. Raises ``StoreUnavailable`` when it does not answer."""

    def put(self, key: str, body: bytes) -> None:
        """Keep the bytes; the same key twice keeps the last."""
        ...

    def get(self, key: str) -> bytes:
        """The bytes. Raises ``NotFound``."""
        ...

    def head(self, key: str, size: int) -> bytes:
        """The first so many bytes, or all when there are fewer. Raises ``NotFound``."""
        ...

    def delete(self, key: str) -> None:
        """Remove them; removing what is not there is fine."""
        ...

    @property
    def in_parts(self) -> InParts:
        """How large files come in."""
        ...

    @property
    def origin(self) -> str:
        """Where links lead to, as a browser's policy names it; empty when there are none."""
        ...

    def link(self, key: str, seconds: int, mime: str, name: str, *, inline: bool) -> str | None:
        """An address under which a browser gets the bytes, as ``mime``, for so many seconds.

        None when there is none: then whoever asked hands over the bytes.
        """
        ...


class FolderBucket:
    """A bucket in a folder: each object is one file, named by the digest of its key."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def _path(self, key: str) -> Path:
        return object_path(self._folder, key)

    def put(self, key: str, body: bytes) -> None:
        path = self._path(key)
        # Written aside and renamed, so that nobody ever reads half of it.
        unfinished = path.with_suffix(f".{secrets.token_hex(8)}")
        try:
            path.parent.mkdir(exist_ok=True)
            unfinished.write_bytes(body)
            unfinished.replace(path)
        except OSError as error:
            raise StoreUnavailable("the bucket's folder cannot be written") from error

    def get(self, key: str) -> bytes:
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError as error:
            raise NotFound("no such object") from error

    def head(self, key: str, size: int) -> bytes:
        try:
            with self._path(key).open("rb") as found:
                return found.read(size)
        except FileNotFoundError as error:
            raise NotFound("no such object") from error

    def delete(self, key: str) -> None:
        self._path(key).unlink(missing_ok=True)

    @property
    def in_parts(self) -> InParts:
        return FolderParts(self._folder)

    @property
    def origin(self) -> str:
        return ""

    def link(self, key: str, seconds: int, mime: str, name: str, *, inline: bool) -> str | None:
        del key, seconds, mime, name, inline
        return None


def disposition(name: str, *, inline: bool) -> str:
    """Whether a browser shows it or saves it, and under which name (ours: no quotes in it)."""
    return f'{"inline" if inline else "attachment"}; filename="{name}"'
