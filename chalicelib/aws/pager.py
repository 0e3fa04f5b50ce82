"""Reaches a person who must act now, through SNS: to telephones, mail or a duty roster."""

from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.domain.queue_item import QueueItem
from chalicelib.log import logger

if TYPE_CHECKING:
    from botocore.client import BaseClient


class SnsPager:
    """Pages through a topic. A page that cannot be sent is logged as critical, which is an alarm.

    It never raises: the sweep that pages for one must go on to the next.
    """

    def __init__(self, client: "BaseClient", topic: str, public_url: str) -> None:
        self._client = client
        self._topic = topic
        self._public_url = public_url

    def page(self, item: QueueItem) -> None:
        self._publish(
            "Nabij: levensgevaar, niemand reageerde",
            f"Oproep {item.pages}: een bericht met levensgevaar wacht sinds {item.waiting_since}.\n"
            f"{self._public_url}/gesprek/{item.subject}",
        )

    def alarm(self, text: str) -> None:
        self._publish("Nabij: storing", f"{text}\n{self._public_url}/beheer")

    def warn(self, text: str) -> None:
        self._publish("Nabij: let op", f"{text}\n{self._public_url}/kanalen")

    def _publish(self, subject: str, text: str) -> None:
        try:
            self._client.publish(TopicArn=self._topic, Subject=subject, Message=text)
        except (ClientError, BotoCoreError) as error:
            logger.critical("page not sent", subject=subject, why=type(error).__name__)
