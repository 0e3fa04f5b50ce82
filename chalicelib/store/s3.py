"""The deployed engine: the Bucket contract on S3. The bucket itself encrypts what it keeps."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.errors import NotFound, StoreUnavailable
from chalicelib.store.bucket import disposition

if TYPE_CHECKING:
    from botocore.client import BaseClient


class S3Bucket:
    """A bucket in S3. ``client`` is boto3's for ``s3``."""

    def __init__(self, client: "BaseClient", name: str) -> None:
        self._client = client
        self._name = name

    def put(self, key: str, body: bytes) -> None:
        with answering():
            self._client.put_object(Bucket=self._name, Key=written(key), Body=body)

    def get(self, key: str) -> bytes:
        with answering():
            answer = self._client.get_object(Bucket=self._name, Key=written(key))
            body: bytes = answer["Body"].read()
        return body

    def delete(self, key: str) -> None:
        with answering():
            self._client.delete_object(Bucket=self._name, Key=written(key))

    @property
    def origin(self) -> str:
        address = urlsplit(self._presigned("-", 1))
        return f"{address.scheme}://{address.netloc}"

    def link(self, key: str, seconds: int, mime: str, name: str, *, inline: bool) -> str | None:
        return self._presigned(
            written(key),
            seconds,
            ResponseContentType=mime,
            ResponseContentDisposition=disposition(name, inline=inline),
            ResponseCacheControl="private, no-store",
        )

    def _presigned(self, key: str, seconds: int, **more: str) -> str:
        asked = {"Bucket": self._name, "Key": key, **more}
        address: str = self._client.generate_presigned_url(
            "get_object", Params=asked, ExpiresIn=seconds
        )
        return address


def written(key: str) -> str:
    """The key in characters that no proxy, console or path rule reads as something else."""
    return quote(key, safe="")


@contextmanager
def answering() -> Iterator[None]:
    """No such key is ``NotFound``; anything else that goes wrong is S3 not answering."""
    try:
        yield
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "unknown")
        if code == "NoSuchKey":
            raise NotFound("no such object") from error
        raise StoreUnavailable("the bucket did not do it", code=code) from error
    except BotoCoreError as error:
        raise StoreUnavailable("the bucket did not answer", code=type(error).__name__) from error
