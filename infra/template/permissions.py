"""What each function may do: its own lane, the table, and no more than its flows need.

Stars stand only where AWS knows no narrower word, or makes up the rest of a name itself: objects in
our bucket, streams in the function's own log group, sockets of our own API, the tail of a secret's
ARN, and the encoder's function, which may be left away.
"""

from collections.abc import Sequence

from chalicelib.jobs.jobs import LANES, Lane
from chalicelib.store.s3 import written
from chalicelib.store.schema import INDEXES
from infra.template.words import (
    LANE_FUNCTIONS,
    NOTICES,
    NOTICES_QUEUE,
    Described,
    arn,
    dead_queue,
    log_group,
    queue,
    sub,
)

Statements = list[Described]

HERE = "${AWS::Partition}:%s:${AWS::Region}:${AWS::AccountId}"
SECRETS = sub(f"arn:{HERE % 'secretsmanager'}:secret:${{SecretsPrefix}}/*")
LENT = [
    sub(f"arn:{HERE % 'secretsmanager'}:secret:${{SecretsPrefix}}/{channel}/*")
    for channel in ("x", "instagram")
]
"""The keys of X end after two hours, those of Instagram after 60 days; who reads renews them."""
SOCKETS = sub(f"arn:{HERE % 'execute-api'}:${{WebsocketAPI}}/v1/POST/@connections/*")
INDEX_ARNS = [sub(f"${{Table.Arn}}/index/{name}") for name in INDEXES]

ENCODER = sub(f"arn:{HERE % 'lambda'}:function:${{AWS::StackName}}-Encoder-*")
ASSESSES = ("APIHandler", "OnDirect", "OnListening")
"""These ask the encoder what a message means; the first for suggestions to an agent."""

SPEAKS_TO_PLATFORMS = ("APIHandler", "OnDeliver", "OnPoll", "OnMedia")
"""These need the accounts' secrets: to verify what comes in, to send, to read, to fetch files."""

READS_MAIL = ("OnDirect", "OnMedia")
"""These fetch mails, and the files in them, from where SES puts them."""

MAILBOXES = sub(f"arn:{HERE % 'ses'}:identity/*")
MAIL_EVENTS = sub(f"arn:{HERE % 'ses'}:configuration-set/*")
EVERYTHING = sub("*")
"""For the one call that AWS gives no resource: whether SES lets this account send."""
NUMBERS = sub(f"arn:{HERE % 'sms-voice'}:phone-number/*")
NUMBER_EVENTS = sub(f"arn:{HERE % 'sms-voice'}:configuration-set/*")

KEEPS_FILES = ("APIHandler", "OnDeliver", "OnMedia")
"""These see what scanning found, and destroy files."""


def permissions(function: str) -> Statements:
    """The statements of a function's policy."""
    if function == "WebsocketConnect":
        return [logs(function), *table()]
    return [
        logs(function),
        *table(),
        allowed(["s3:GetObject", "s3:PutObject"], [sub("${Bucket.Arn}/*")]),
        allowed(["execute-api:ManageConnections"], [SOCKETS]),
        allowed(["sns:Publish"], [{"Ref": "AlertTopic"}]),
        allowed(["sqs:SendMessage"], [arn(queue(lane)) for lane in LANES]),
        *files(function),
        *mail(function),
        *secrets(function),
        *([allowed(["lambda:InvokeFunction"], [ENCODER])] if function in ASSESSES else []),
        *(asked_by_agents() if function == "APIHandler" else []),
        *lanes(function),
    ]


def asked_by_agents() -> Statements:
    """What is only used where the organisation approved it in the settings."""
    models = [sub("arn:${AWS::Partition}:bedrock:${AWS::Region}::foundation-model/*")]
    return [
        allowed(["translate:TranslateText"], [EVERYTHING]),
        allowed(["bedrock:InvokeModel"], models),
    ]


def logs(function: str) -> Described:
    return allowed(["logs:CreateLogStream", "logs:PutLogEvents"], [arn(log_group(function))])


def table() -> Statements:
    """Transactions need the permissions of their parts."""
    items = ["GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem"]
    return [
        allowed([f"dynamodb:{item}" for item in items], [arn("Table"), arn("SearchTable")]),
        allowed(["dynamodb:Query"], INDEX_ARNS),
    ]


def files(function: str) -> Statements:
    if function not in KEEPS_FILES:
        return []
    place = sub("${Bucket.Arn}/" + written("media/") + "*")
    parts = ["s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"]
    return [allowed(["s3:DeleteObject", "s3:GetObjectTagging", *parts], [place])]


def mail(function: str) -> Statements:
    """Mail that came in, and mail and text messages that go out."""
    if function in READS_MAIL:
        return [allowed(["s3:GetObject"], [sub("${MailBucket.Arn}/*")])]
    if function == "OnPoll":
        return [
            allowed(["ses:GetAccount"], [EVERYTHING]),
            allowed(["ses:SendEmail"], [MAILBOXES]),  # canaries
            allowed(["sms-voice:DescribePhoneNumbers"], [NUMBERS]),
        ]
    if function != "OnDeliver":
        return []
    return [
        allowed(["events:PutEvents"], [arn("CardBus")]),
        allowed(["ses:SendEmail", "ses:SendRawEmail"], [MAILBOXES, MAIL_EVENTS]),
        allowed(["sms-voice:SendTextMessage"], [NUMBERS, NUMBER_EVENTS]),
    ]


def secrets(function: str) -> Statements:
    if function not in SPEAKS_TO_PLATFORMS:
        return []
    read = allowed(["secretsmanager:GetSecretValue"], [SECRETS])
    return (
        [read, allowed(["secretsmanager:PutSecretValue"], LENT)] if function == "OnPoll" else [read]
    )


def lanes(function: str) -> Statements:
    """A lane's function works off its lane; the operator's page looks at them all."""
    if function in LANE_FUNCTIONS:
        lane = LANE_FUNCTIONS[function]
        return [
            worked_off([queue(lane)]),
            allowed(["sqs:SendMessage"], [arn(dead_queue(lane))]),
        ]
    if function == NOTICES:
        return [worked_off([NOTICES_QUEUE])]
    return operators_view(LANES) if function == "APIHandler" else []


def operators_view(all_lanes: Sequence[Lane]) -> Statements:
    """How much waits, and the dead letters, to be listed and put back."""
    return [
        allowed(["sqs:GetQueueAttributes"], [arn(queue(lane)) for lane in all_lanes]),
        worked_off([dead_queue(lane) for lane in all_lanes]),
    ]


def worked_off(queues: list[str]) -> Described:
    actions = ["ReceiveMessage", "DeleteMessage", "ChangeMessageVisibility", "GetQueueAttributes"]
    return allowed([f"sqs:{action}" for action in actions], [arn(name) for name in queues])


def allowed(actions: list[str], things: list[Described]) -> Described:
    return {"Effect": "Allow", "Action": actions, "Resource": things}
