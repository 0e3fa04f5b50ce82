"""ClamAV on this machine, when its daemon runs; nothing is sent anywhere else.

The daemon's own protocol over its socket: INSTREAM, lengths and bytes, and one line back.
"""

import socket
import struct
from pathlib import Path

from chalicelib.domain.media import Scan
from chalicelib.flows.services import NoScanner, Scanner
from chalicelib.log import logger
from chalicelib.store.bucket import Bucket

SOCKETS = (Path("/run/clamav/clamd.ctl"), Path("/var/run/clamav/clamd.ctl"))
PATIENCE = 20.0
CHUNK = 64 * 1024


class ClamScanner:
    """Asks the daemon behind this socket."""

    def __init__(self, bucket: Bucket, path: Path) -> None:
        self._bucket = bucket
        self._path = path

    def scan(self, place: str) -> Scan:
        try:
            answer = self._ask(self._bucket.get(place))
        except OSError as error:
            logger.warning("ClamAV did not answer", why=type(error).__name__)
            return "pending"
        if answer.endswith("FOUND"):
            return "infected"
        return "clean" if answer.endswith("OK") else "not_scanned"

    def _ask(self, body: bytes) -> str:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(PATIENCE)
            line.connect(str(self._path))
            line.sendall(b"zINSTREAM\0")
            for start in range(0, len(body), CHUNK):
                part = body[start : start + CHUNK]
                line.sendall(struct.pack(">I", len(part)) + part)
            line.sendall(struct.pack(">I", 0))
            return line.makefile("rb").read(1000).rstrip(b"\0\n").decode(errors="replace")


def scanner(bucket: Bucket) -> Scanner:
    """ClamAV when it is there; otherwise nothing scans, which each file then says."""
    found = next((path for path in SOCKETS if path.is_socket()), None)
    return ClamScanner(bucket, found) if found else NoScanner()
