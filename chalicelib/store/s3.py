"""The deployed engine: the Bucket contract on S3. The bucket itself encrypts what it keeps."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.errors import NotFound, StoreUnavailable
from chalicelib.store.bucket import disposition
from chalicelib.store.parted import InParts

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

    def head(self, key: str, size: int) -> bytes:
        with answering():
            asked = f"bytes=0-{size - 1}"
            answer = self._client.get_object(Bucket=self._name, Key=written(key), Range=asked)
            body: bytes = answer["Body"].read()
        return body

    def delete(self, key: str) -> None:
        with answering():
            self._client.delete_object(Bucket=self._name, Key=written(key))

    @property
    def in_parts(self) -> InParts:
        return S3Parts(self._client, self._name)

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


class S3Parts:
    """Parts that browsers send to S3 themselves, by addresses that we signed."""

    def __init__(self, client: "BaseClient", name: str) -> None:
        self._client = client
        self._name = name

    def begin(self, key: str) -> str:
        with answering():
            made = self._client.create_multipart_upload(Bucket=self._name, Key=written(key))
        return str(made["UploadId"])

    def link(self, key: str, upload: str, number: int, size: int, seconds: int) -> str | None:
        # The length is signed too: nobody fills our bucket by a link for five megabytes.
        asked = {**self._of(key, upload), "PartNumber": number, "ContentLength": size}
        address: str = self._client.generate_presigned_url(
            "upload_part", Params=asked, ExpiresIn=seconds
        )
        return address

    def put(self, key: str, upload: str, number: int, body: bytes) -> None:
        with answering():
            self._client.upload_part(**self._of(key, upload), PartNumber=number, Body=body)

    def there(self, key: str, upload: str) -> dict[int, int]:
        return {one["PartNumber"]: one["Size"] for one in self._listed(key, upload)}

    def finish(self, key: str, upload: str) -> None:
        listed = self._listed(key, upload)
        if not listed:
            return
        parts = [{"PartNumber": one["PartNumber"], "ETag": one["ETag"]} for one in listed]
        with answering():
            self._client.complete_multipart_upload(
                **self._of(key, upload), MultipartUpload={"Parts": parts}
            )

    def abandon(self, key: str, upload: str) -> None:
        with suppress(NotFound), answering():
            self._client.abort_multipart_upload(**self._of(key, upload))

    def _listed(self, key: str, upload: str) -> list[dict[str, Any]]:
        """In their order. One page holds a thousand, forty times what we take."""
        try:
            with answering():
                told = self._client.list_parts(**self._of(key, upload))
        except NotFound:
            return []
        return list(told.get("Parts", []))

    def _of(self, key: str, upload: str) -> dict[str, str]:
        return {"Bucket": self._name, "Key": written(key), "UploadId": upload}


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
        if code in ("NoSuchKey", "NoSuchUpload"):
            raise NotFound("no such object") from error
        raise StoreUnavailable("the bucket did not do it", code=code) from error
    except BotoCoreError as error:
        raise StoreUnavailable("the bucket did not answer", code=type(error).__name__) from error
