"""What the template adds to each function of Chalice's: surroundings, a role, a log of its own."""

from chalicelib.jobs.jobs import LANES, Lane
from infra.template import signing_in
from infra.template.permissions import permissions
from infra.template.words import (
    FUNCTIONS,
    LANE_FUNCTIONS,
    NOTICES,
    NOTICES_QUEUE,
    Described,
    arn,
    dead_queue,
    log_group,
    queue,
    ref,
    role,
    sub,
)

DAYS_OF_LOGS = 90

AT_MOST: dict[Lane, int] = {"listening": 5, "deliver": 10, "poll": 2, "media": 5}
"""How many batches of a lane are worked on at once; ``direct`` has no bound of its own."""


def functions() -> Described:
    """Additions by function, with the roles and log groups that they refer to."""
    made: Described = {}
    for name in FUNCTIONS:
        made[name] = {"Properties": properties(name)}
        made[role(name)] = function_role(name)
        made[log_group(name)] = function_log(name)
    return made


def properties(name: str) -> Described:
    added: Described = {
        "Role": arn(role(name)),
        "Environment": {"Variables": environment()},
        "LoggingConfig": {"LogGroup": ref(log_group(name))},
    }
    if name in LANE_FUNCTIONS:
        added["Events"] = {f"{name}SqsEventSource": event_source(LANE_FUNCTIONS[name])}
    if name == NOTICES:
        added["Events"] = {f"{name}SqsEventSource": {"Properties": worked_off(NOTICES_QUEUE)}}
    return added


def environment() -> Described:
    """The settings, as ``chalicelib/settings.py`` names them."""
    sockets = "https://${WebsocketAPI}.execute-api.${AWS::Region}.${AWS::URLSuffix}/v1"
    return {
        "NABIJ_ENGINE": "aws",
        "NABIJ_PUBLIC_URL": ref("PublicUrl"),
        "NABIJ_PLATFORM_URLS": ref("PlatformUrls"),
        "NABIJ_TABLE": ref("Table"),
        "NABIJ_SEARCH_TABLE": ref("SearchTable"),
        "NABIJ_BUCKET": ref("Bucket"),
        "NABIJ_ALERT_TOPIC": ref("AlertTopic"),
        "NABIJ_CARD_BUS": ref("CardBus"),
        "NABIJ_CARD_SENDER": ref("CardSender"),
        "NABIJ_SECRETS": ref("SecretsPrefix"),
        "NABIJ_SOCKETS_ENDPOINT": sub(sockets),
        "NABIJ_DETECTION": ref("Detection"),
        "NABIJ_ENCODER": {"Fn::If": ["WithEncoder", sub("function:${Encoder}"), ""]},
        **signing_in.settings(),
        **{f"NABIJ_QUEUE_{lane.upper()}": ref(queue(lane)) for lane in LANES},
        **{f"NABIJ_DEAD_{lane.upper()}": ref(dead_queue(lane)) for lane in LANES},
    }


def event_source(lane: Lane) -> Described:
    """The lane itself instead of the placeholder in app.py; one failed job fails alone."""
    properties = worked_off(queue(lane))
    if lane in AT_MOST:
        properties["ScalingConfig"] = {"MaximumConcurrency": AT_MOST[lane]}
    return {"Properties": properties}


def worked_off(queue_name: str) -> Described:
    return {"Queue": arn(queue_name), "FunctionResponseTypes": ["ReportBatchItemFailures"]}


def function_role(name: str) -> Described:
    assumed = {
        "Effect": "Allow",
        "Principal": {"Service": "lambda.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }
    policy = {"Version": "2012-10-17", "Statement": permissions(name)}
    return {
        "Type": "AWS::IAM::Role",
        "Properties": {
            "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [assumed]},
            "Policies": [{"PolicyName": "own", "PolicyDocument": policy}],
        },
    }


def function_log(name: str) -> Described:
    return {
        "Type": "AWS::Logs::LogGroup",
        "Properties": {
            "LogGroupName": sub(f"/${{AWS::StackName}}/{name}"),
            "RetentionInDays": DAYS_OF_LOGS,
        },
    }
