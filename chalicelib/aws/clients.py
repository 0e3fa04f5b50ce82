"""boto3's clients, with time-outs that fit inside a webhook's patience.

boto3 asks for minutes by default: one lost packet would hold a platform that waits for its 200.
"""

import boto3
from botocore.client import BaseClient
from botocore.config import Config

CONNECT, READ = 1.0, 3.0
"""Seconds. DynamoDB and SQS answer in milliseconds; who is later than this is away."""

POOL = 16
"""Connections a client keeps; a Lambda uses one, the tests use threads."""


def client(
    service: str, session: boto3.Session, *, tries: int, read: float = READ, **more: str
) -> BaseClient:
    """A client of one service. ``tries`` of 1 leaves trying again to the adapter.

    ``read`` is how many seconds its answer may take.
    """
    retries = {"mode": "standard", "total_max_attempts": tries}
    config = Config(
        connect_timeout=CONNECT,
        read_timeout=read,
        retries=retries,
        max_pool_connections=POOL,
        # Else boto3 signs links to S3 the old way: at no region's address, and without lengths.
        signature_version="s3v4" if service == "s3" else None,
    )
    found: BaseClient = session.client(service, config=config, **more)
    return found
