"""Large files come in parts: each may be sent again, and what is there stays when a line breaks.

    begin ──▶ part 1 … n, in any order, from the browser itself ──▶ finish: one object

A part is ``PART`` bytes, the last one what is left: the least that S3 takes (S3 user guide,
"Multipart upload limits").
"""

import hashlib
import secrets
import shutil
from pathlib import Path
from typing import Protocol

from chalicelib.errors import NotFound, StoreUnavailable

PART = 5 * 1024 * 1024


class InParts(Protocol):
    """Uploads in parts, each under its key and the id that ``begin`` gave."""

    def begin(self, key: str) -> str:
        """The id of a new upload."""
        ...

    def link(self, key: str, upload: str, number: int, size: int, seconds: int) -> str | None:
        """An address that takes this part, of exactly so many bytes, by PUT, for so many seconds.

        None when there is none: then whoever gave out the upload takes the bytes itself.
        """
        ...

    def put(self, key: str, upload: str, number: int, body: bytes) -> None:
        """Keep a part, counted from 1. Raises ``NotFound`` when the upload is over."""
        ...

    def there(self, key: str, upload: str) -> dict[int, int]:
        """How many bytes each part has that is here; none where the upload is over."""
        ...

    def finish(self, key: str, upload: str) -> None:
        """From now on the parts are one object. Again when it is over changes nothing."""
        ...

    def abandon(self, key: str, upload: str) -> None:
        """Nothing is left of the parts. Again, or when it is over, changes nothing."""
        ...


def sizes(size: int) -> dict[int, int]:
    """The parts that a file of so many bytes comes in, and how long each is."""
    whole, rest = divmod(size, PART)
    lengths = [PART] * whole + ([rest] if rest else [])
    return dict(enumerate(lengths, start=1))


class FolderParts:
    """Parts as files in a folder of their own; ``place`` says where the whole is to be."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _parts(self, key: str, upload: str) -> Path:
        return self._folder / "parts" / hashlib.sha256(f"{key}\x1f{upload}".encode()).hexdigest()

    def begin(self, key: str) -> str:
        upload = secrets.token_hex(16)
        self._parts(key, upload).mkdir(parents=True)
        return upload

    def link(self, key: str, upload: str, number: int, size: int, seconds: int) -> str | None:
        del key, upload, number, size, seconds
        return None

    def put(self, key: str, upload: str, number: int, body: bytes) -> None:
        folder = self._parts(key, upload)
        if not folder.is_dir():
            raise NotFound("no such upload")
        # Written aside and renamed: a part is there wholly or not at all.
        unfinished = folder / f"{number}.{secrets.token_hex(8)}"
        try:
            unfinished.write_bytes(body)
            unfinished.replace(folder / str(number))
        except OSError as error:
            raise StoreUnavailable("the bucket's folder cannot be written") from error

    def there(self, key: str, upload: str) -> dict[int, int]:
        folder = self._parts(key, upload)
        found = folder.iterdir() if folder.is_dir() else ()
        return {int(one.name): one.stat().st_size for one in found if one.name.isdecimal()}

    def finish(self, key: str, upload: str) -> None:
        folder = self._parts(key, upload)
        if not folder.is_dir():
            return
        whole = object_path(self._folder, key)
        whole.parent.mkdir(exist_ok=True)
        joined = whole.with_suffix(f".{secrets.token_hex(8)}")
        with joined.open("wb") as out:
            for number in sorted(self.there(key, upload)):
                with (folder / str(number)).open("rb") as part:
                    shutil.copyfileobj(part, out)
        joined.replace(whole)
        shutil.rmtree(folder)

    def abandon(self, key: str, upload: str) -> None:
        shutil.rmtree(self._parts(key, upload), ignore_errors=True)


def object_path(folder: Path, key: str) -> Path:
    """Where an object lies. A digest as its name makes it impossible for a key to get out."""
    digest = hashlib.sha256(key.encode()).hexdigest()
    return folder / digest[:2] / digest
