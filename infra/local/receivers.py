"""The way to units and the centre here: to their stand-in, over HTTP."""

from dataclasses import asdict, dataclass, field

import urllib3

from chalicelib.domain.cap import as_cap
from chalicelib.domain.card import Card, Receiver
from chalicelib.errors import ReceiverAway

OK = 200


@dataclass(frozen=True, slots=True)
class HttpReceivers:
    """``url`` is that of the stand-ins."""

    url: str
    _pool: urllib3.PoolManager = field(
        default_factory=lambda: urllib3.PoolManager(timeout=2.0, retries=False), repr=False
    )

    def send(self, to: Receiver, card: Card, link: str) -> None:
        """Raises ``ReceiverAway``."""
        told = {"id": card.id, "receiver": to.id, "receiver_name": to.name, "receipt": link}
        body = told | {"told": asdict(card.told), "cap": as_cap(card, link)}
        try:
            answer = self._pool.request("POST", f"{self.url}/receiver", json=body)
        except urllib3.exceptions.HTTPError as error:
            raise ReceiverAway("nobody over there", reason=type(error).__name__) from None
        if answer.status != OK:
            raise ReceiverAway("not taken", status=answer.status)
