"""Requests to AWS's own services, signed with what the function's role may do (SigV4)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest

from chalicelib.errors import Misconfigured

if TYPE_CHECKING:
    import boto3


class AwsSigner:
    """Signs for one service. ``session`` is boto3's; its keys are asked for at each request."""

    def __init__(self, session: "boto3.Session", service: str) -> None:
        self._session = session
        self._service = service
        self._auth = S3SigV4Auth if service == "s3" else SigV4Auth

    def __call__(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None
    ) -> Mapping[str, str]:
        """The headers, with the signature. Raises ``Misconfigured`` when we have no keys."""
        keys = self._session.get_credentials()
        if keys is None or self._session.region_name is None:
            raise Misconfigured("AWS gave this process no keys or no region to sign with")
        request = AWSRequest(method=method, url=url, headers=dict(headers), data=body or b"")
        signer = self._auth(keys.get_frozen_credentials(), self._service, self._session.region_name)
        signer.add_auth(request)
        return dict(request.headers.items())
