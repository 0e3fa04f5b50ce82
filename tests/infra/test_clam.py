"""ClamAV's daemon, spoken to in its own protocol; a stand-in for it listens here."""

import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from chalicelib.flows.services import NoScanner
from chalicelib.store.bucket import FolderBucket
from infra.local import clam
from infra.local.clam import ClamScanner
from tests.pictures import EICAR, photo


def daemon(line: socket.socket) -> None:
    """Reads streams as clamd does, and knows one piece of malware."""
    while True:
        try:
            talk, _ = line.accept()
        except OSError:
            return
        with talk, talk.makefile("rb") as said:
            assert said.read(10) == b"zINSTREAM\0"
            body = b""
            while size := struct.unpack(">I", said.read(4))[0]:
                body += said.read(size)
            found = b"stream: Eicar-Signature FOUND\0" if EICAR in body else b"stream: OK\0"
            talk.sendall(found)


@pytest.fixture
def clamd(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "clamd.ctl"
    with socket.socket(socket.AF_UNIX) as line:
        line.bind(str(path))
        line.listen()
        thread = threading.Thread(target=daemon, args=(line,), daemon=True)
        thread.start()
        yield path
        line.shutdown(socket.SHUT_RDWR)
    thread.join(5)


def test_malware_is_told_from_a_photo(clamd: Path, tmp_path: Path) -> None:
    bucket = FolderBucket(tmp_path / "bucket")
    bucket.put("media/1", photo())
    bucket.put("media/2", EICAR)
    scanner = ClamScanner(bucket, clamd)
    assert (scanner.scan("media/1"), scanner.scan("media/2")) == ("clean", "infected")


def test_a_daemon_that_is_away_is_waited_for(tmp_path: Path) -> None:
    bucket = FolderBucket(tmp_path / "bucket")
    bucket.put("media/1", photo())
    assert ClamScanner(bucket, tmp_path / "nobody").scan("media/1") == "pending"


def test_without_a_daemon_nothing_is_scanned_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clam, "SOCKETS", (tmp_path / "nobody",))
    found = clam.scanner(FolderBucket(tmp_path / "bucket"))
    assert isinstance(found, NoScanner)
    assert found.scan("media/1") == "not_scanned"
