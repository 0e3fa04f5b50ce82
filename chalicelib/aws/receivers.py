"""Cards to units and the centre: an event on a bus of their own, and mail where they want it.

Systems over there take the event by a rule on the bus (EventBridge also reaches other accounts and
HTTP addresses); people read the mail. Both carry the link by which they say that they have it.
"""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.domain.cap import as_cap
from chalicelib.domain.card import Card, Receiver, as_text
from chalicelib.errors import ReceiverAway

if TYPE_CHECKING:
    from botocore.client import BaseClient

SOURCE, KIND = "nabij", "card"


class BusAndMail:
    """``bus`` is the name of the event bus; ``sender`` a verified address, empty for no mail."""

    def __init__(self, events: "BaseClient", bus: str, mail: "BaseClient", sender: str) -> None:
        self._events = events
        self._bus = bus
        self._mail = mail
        self._sender = sender

    def send(self, to: Receiver, card: Card, link: str) -> None:
        """Both ways, so that a fault of one leaves the other. Raises ``ReceiverAway``."""
        try:
            self._put(to, card, link)
            if to.mail and self._sender:
                self._write(to, card, link)
        except (ClientError, BotoCoreError) as error:
            raise ReceiverAway("the card was not taken", code=type(error).__name__) from None

    def _put(self, to: Receiver, card: Card, link: str) -> None:
        detail: dict[str, Any] = {
            "id": card.id,
            "receiver": to.id,
            "kind": to.kind,
            "by": card.name,
        }
        detail |= {"at": card.at, "told": asdict(card.told), "receipt": link}
        detail["cap"] = as_cap(card, link)
        entry: dict[str, Any] = {"EventBusName": self._bus, "Source": SOURCE, "DetailType": KIND}
        told = self._events.put_events(Entries=[entry | {"Detail": json.dumps(detail)}])
        if told["FailedEntryCount"]:
            code = told["Entries"][0].get("ErrorCode", "")
            raise ReceiverAway("the bus did not take the card", code=code)

    def _write(self, to: Receiver, card: Card, link: str) -> None:
        subject = {"Data": f"Overdracht van webcare: {card.receiver_name}"}
        text = {"Text": {"Data": as_text(card, link)}}
        self._mail.send_email(
            FromEmailAddress=self._sender,
            Destination={"ToAddresses": [to.mail]},
            Content={"Simple": {"Subject": subject, "Body": text}},
        )
