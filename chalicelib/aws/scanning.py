"""What GuardDuty found in a file: it tags each new object in the bucket within seconds.

Without a plan on the bucket no tag ever comes; the file then ends up as not scanned.
"""

from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.domain.media import Scan
from chalicelib.log import logger
from chalicelib.store.s3 import written

if TYPE_CHECKING:
    from botocore.client import BaseClient

TAG = "GuardDutyMalwareScanStatus"

FOUND: dict[str, Scan] = {
    "NO_THREATS_FOUND": "clean",
    "THREATS_FOUND": "infected",
    "UNSUPPORTED": "not_scanned",
    "ACCESS_DENIED": "not_scanned",
    "FAILED": "not_scanned",
}


class GuardDutyScanner:
    """``client`` is boto3's for ``s3``. An answer that does not come is one to wait for."""

    def __init__(self, client: "BaseClient", bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def scan(self, place: str) -> Scan:
        try:
            answer = self._client.get_object_tagging(Bucket=self._bucket, Key=written(place))
        except (ClientError, BotoCoreError) as error:
            logger.warning("no word of the scan", why=type(error).__name__)
            return "pending"
        tags = {tag["Key"]: tag["Value"] for tag in answer["TagSet"]}
        return FOUND.get(tags.get(TAG, ""), "pending")
