"""The parts of the house that live on AWS, each with its client."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import boto3

from chalicelib.aws.clients import client
from chalicelib.aws.drafting import BedrockDrafter
from chalicelib.aws.encoding import EncoderFunction
from chalicelib.aws.hints import GatewayHints
from chalicelib.aws.pager import SnsPager
from chalicelib.aws.receivers import BusAndMail
from chalicelib.aws.scanning import GuardDutyScanner
from chalicelib.aws.secrets import AwsSecrets
from chalicelib.aws.signing import AwsSigner
from chalicelib.aws.translating import AmazonTranslate
from chalicelib.errors import Misconfigured
from chalicelib.jobs.sqs import Queue, SqsJobs
from chalicelib.settings import Deployed
from chalicelib.store.dynamo import DynamoTable
from chalicelib.store.s3 import S3Bucket

TRIES = 3
"""Attempts that boto3 makes where twice is harmless: nudges, bytes under their key, secrets."""


MODEL_THINKS = 20.0
"""Seconds that a language model may take: within the 29 of API Gateway."""

SIGNED = {"email": "ses", "sms": "sms-voice", "objects": "s3"}
"""Platforms that are AWS's own, by the name that a signature there is made for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AwsParts:
    """What ``wiring`` puts into the services."""

    table: DynamoTable
    index: DynamoTable
    bucket: S3Bucket
    scanner: GuardDutyScanner
    jobs: SqsJobs
    secrets: AwsSecrets
    pager: SnsPager
    hints: GatewayHints
    receivers: BusAndMail
    encoder: EncoderFunction | None
    translator: AmazonTranslate | None
    drafter: BedrockDrafter | None
    signers: dict[str, AwsSigner]


def aws_parts(
    where: Deployed,
    public_url: str,
    clock: Callable[[], datetime],
    session: boto3.Session | None = None,
    *,
    encoder: str = "",
    translate: bool = False,
    model: str = "",
) -> AwsParts:
    """Made once in the life of a Lambda, at its first request. No call leaves yet."""
    session = session or boto3.Session()
    queues = {lane: Queue(url, where.dead_queues[lane]) for lane, url in where.queues.items()}
    sockets = client(
        "apigatewaymanagementapi", session, tries=1, endpoint_url=where.sockets_endpoint
    )
    s3 = client("s3", session, tries=TRIES)
    return AwsParts(
        table=DynamoTable(client("dynamodb", session, tries=1), where.table),
        index=DynamoTable(client("dynamodb", session, tries=1), where.search_table),
        bucket=S3Bucket(s3, where.bucket),
        scanner=GuardDutyScanner(s3, where.bucket),
        jobs=SqsJobs(client("sqs", session, tries=TRIES), queues, clock),
        secrets=AwsSecrets(client("secretsmanager", session, tries=TRIES), where.secrets_prefix),
        pager=SnsPager(client("sns", session, tries=TRIES), where.alert_topic, public_url),
        hints=GatewayHints(sockets),
        receivers=BusAndMail(
            client("events", session, tries=TRIES),
            where.card_bus,
            client("sesv2", session, tries=TRIES),
            where.card_sender,
        ),
        encoder=encoder_function(encoder, session),
        translator=AmazonTranslate(client("translate", session, tries=1)) if translate else None,
        drafter=drafter(model, session),
        signers={name: AwsSigner(session, service) for name, service in SIGNED.items()},
    )


def drafter(model: str, session: boto3.Session) -> BedrockDrafter | None:
    """The approved language model; none where none was named."""
    if not model:
        return None
    runtime = client("bedrock-runtime", session, tries=1, read=MODEL_THINKS)
    return BedrockDrafter(runtime, model)


def encoder_function(named: str, session: boto3.Session) -> EncoderFunction | None:
    """The encoder's function, named ``function:<name>`` in the settings.

    Raises ``Misconfigured`` for a name of another kind: here no folder holds an encoder.
    """
    kind, _, name = named.partition(":")
    if not named:
        return None
    if kind != "function" or not name:
        raise Misconfigured(
            f"setting NABIJ_ENCODER must be function:<name>, not {named!r}",
            setting="NABIJ_ENCODER",
        )
    return EncoderFunction(client("lambda", session, tries=1), name)
