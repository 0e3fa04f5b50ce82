"""Hints to open pages, through API Gateway, which holds their sockets."""

from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.log import logger

if TYPE_CHECKING:
    from botocore.client import BaseClient


class GatewayHints:
    """``client`` is boto3's for ``apigatewaymanagementapi`` at the sockets' endpoint.

    Only a socket that is gone for certain counts as gone; any other failure loses one hint, and
    the page polls.
    """

    def __init__(self, client: "BaseClient") -> None:
        self._client = client

    def send(self, connection: str, text: str) -> bool:
        try:
            self._client.post_to_connection(ConnectionId=connection, Data=text.encode())
        except ClientError as error:
            return self._lost(str(error.response.get("Error", {}).get("Code")))
        except BotoCoreError as error:
            return self._lost(type(error).__name__)
        return True

    @staticmethod
    def _lost(code: str) -> bool:
        """Whether the socket may still be there."""
        if code in ("GoneException", "410"):
            return False
        logger.warning("hint lost", code=code)
        return True
