"""Where things are kept: the table, the bucket, the queues with their dead letters, the topic.

Cards to units and the centre go out on a bus of their own; who takes them adds a rule to it.
"""

from chalicelib.domain.retention import KEPT
from chalicelib.jobs.jobs import LANES, MAX_ATTEMPTS, VISIBILITY, Lane
from chalicelib.store.dynamo_schema import described_table
from chalicelib.store.media import TRACE
from chalicelib.store.s3 import written
from chalicelib.store.schema import EXPIRY
from infra.template.words import Described, arn, dead_queue, queue, ref, sub

TWO_WEEKS = 14 * 24 * 3600
KEPT_WHATEVER_HAPPENS = {"DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain"}


def stores() -> Described:
    """All of them, by logical name."""
    lanes = [made for lane in LANES for made in lane_queues(lane).items()]
    return {
        "Table": table(),
        "SearchTable": search_table(),
        "Bucket": bucket(),
        "BucketPolicy": bucket_policy(),
        "CardBus": {
            "Type": "AWS::Events::EventBus",
            "Properties": {"Name": sub("${AWS::StackName}-cards")},
        },
        "AlertTopic": {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": "Nabij"}},
        **dict(lanes),
    }


def table() -> Described:
    """The one table, from ``store/schema.py``; a mistake can be undone for 35 days."""
    properties = {
        **described_table(),
        "TimeToLiveSpecification": {"AttributeName": EXPIRY, "Enabled": True},
        "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
        "DeletionProtectionEnabled": True,
        "SSESpecification": {"SSEEnabled": True},
    }
    return {"Type": "AWS::DynamoDB::Table", **KEPT_WHATEVER_HAPPENS, "Properties": properties}


def search_table() -> Described:
    """The search index, apart from the work. It can be filled again from the table: not kept."""
    properties = {
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [
            {"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")
        ],
        "KeySchema": [
            {"AttributeName": "pk", "KeyType": "HASH"},
            {"AttributeName": "sk", "KeyType": "RANGE"},
        ],
        "TimeToLiveSpecification": {"AttributeName": EXPIRY, "Enabled": True},
        "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
        "SSESpecification": {"SSEEnabled": True},
    }
    return {
        "Type": "AWS::DynamoDB::Table",
        "DeletionPolicy": "Delete",
        "UpdateReplacePolicy": "Delete",
        "Properties": properties,
    }


def bucket() -> Described:
    """Encrypted, closed to the public; what an envelope left is destroyed with it.

    Files of messages are destroyed by ourselves, with their message; the rule is a second net.
    """
    envelopes = {
        "Id": "envelopes",
        "Status": "Enabled",
        "Prefix": written("envelopes/"),
        "ExpirationInDays": KEPT["envelope"].days,
    }
    files = {
        "Id": "media",
        "Status": "Enabled",
        "Prefix": written("media/"),
        "ExpirationInDays": (KEPT["message"] + TRACE).days,
        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 2},
    }
    made = private_bucket(envelopes, files)
    made["Properties"]["CorsConfiguration"] = {"CorsRules": [parts_from_our_pages()]}
    return made


def parts_from_our_pages() -> Described:
    """A citizen's browser brings parts of a large file to the bucket itself, by signed links."""
    return {
        "AllowedOrigins": [ref("PublicUrl")],
        "AllowedMethods": ["PUT"],
        "AllowedHeaders": ["content-type"],
        "MaxAge": 3600,
    }


def private_bucket(*rules: Described) -> Described:
    """A bucket for citizens' data; ``rules`` say when what is in it ends."""
    encryption = {"ServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
    closed = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")
    properties = {
        "BucketEncryption": {"ServerSideEncryptionConfiguration": [encryption]},
        "PublicAccessBlockConfiguration": dict.fromkeys(closed, True),
        "LifecycleConfiguration": {"Rules": list(rules)},
    }
    return {"Type": "AWS::S3::Bucket", **KEPT_WHATEVER_HAPPENS, "Properties": properties}


def bucket_policy(name: str = "Bucket", *allowed: Described) -> Described:
    """Nobody comes in without TLS."""
    refused = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [arn(name), sub(f"${{{name}.Arn}}/*")],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    policy = {"Version": "2012-10-17", "Statement": [refused, *allowed]}
    return {
        "Type": "AWS::S3::BucketPolicy",
        "Properties": {"Bucket": ref(name), "PolicyDocument": policy},
    }


def lane_queues(lane: Lane) -> Described:
    """A lane, and where its jobs go that failed too often. The name's last part is the lane's."""
    policy = {"deadLetterTargetArn": arn(dead_queue(lane)), "maxReceiveCount": MAX_ATTEMPTS}
    return {
        queue(lane): {
            "Type": "AWS::SQS::Queue",
            "Properties": {
                "QueueName": sub(f"${{AWS::StackName}}-{lane}"),
                "VisibilityTimeout": int(VISIBILITY.total_seconds()),
                "RedrivePolicy": policy,
                "SqsManagedSseEnabled": True,
            },
        },
        dead_queue(lane): {
            "Type": "AWS::SQS::Queue",
            "Properties": {
                "QueueName": sub(f"${{AWS::StackName}}-dead-{lane}"),
                "MessageRetentionPeriod": TWO_WEEKS,
                "SqsManagedSseEnabled": True,
            },
        },
    }
