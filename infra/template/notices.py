"""Mail and text messages that come in, and receipts: bucket, topic, queue, and the rule of SES.

SES puts a mail into the bucket and tells the topic; a two-way number of End User Messaging tells
the same topic. The topic hands each notice to a queue, from which none is lost while we are away.
"""

from chalicelib.domain.retention import KEPT
from chalicelib.jobs.jobs import MAX_ATTEMPTS, VISIBILITY
from infra.template.stores import TWO_WEEKS, bucket_policy, private_bucket
from infra.template.words import (
    NOTICES_DEAD,
    NOTICES_QUEUE,
    NOTICES_TOPIC,
    Described,
    arn,
    ref,
    sub,
)

GETS_MAIL = "GetsMail"

PARAMETER: Described = {
    "Type": "CommaDelimitedList",
    "Default": "",
    "Description": "Mailboxes or domains that SES receives for us; empty when there is no mail",
}

EVENTS = ["send", "reject", "bounce", "complaint", "delivery", "deliveryDelay", "renderingFailure"]
"""What SES tells about our mails. Not whether citizens open them: that is none of our business."""


def conditions() -> Described:
    """Without recipients nothing of SES is made: its rules cost nobody anything then."""
    joined = {"Fn::Join": ["", ref("MailRecipients")]}
    return {GETS_MAIL: {"Fn::Not": [{"Fn::Equals": [joined, ""]}]}}


def notices() -> Described:
    """All of them, by logical name."""
    return {
        NOTICES_TOPIC: {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": "Nabij in"}},
        "NoticesTopicPolicy": topic_policy(),
        NOTICES_QUEUE: notices_queue(),
        NOTICES_DEAD: dead_letters(),
        "NoticesQueuePolicy": queue_policy(),
        "NoticesSubscription": subscription(),
        "MailBucket": mail_bucket(),
        "MailBucketPolicy": mail_bucket_policy(),
        "MailRules": only_with_mail("AWS::SES::ReceiptRuleSet", {}),
        "MailRule": {**receipt_rule(), "DependsOn": ["MailBucketPolicy", "NoticesTopicPolicy"]},
        "MailEvents": only_with_mail("AWS::SES::ConfigurationSet", {}),
        "MailEventsToTopic": only_with_mail(
            "AWS::SES::ConfigurationSetEventDestination", event_destination()
        ),
    }


def only_with_mail(kind: str, properties: Described) -> Described:
    """A resource that exists only where mail is received."""
    return {"Type": kind, "Condition": GETS_MAIL, "Properties": properties}


def topic_policy() -> Described:
    """SES and End User Messaging may tell us things, from our own account only."""
    told = {
        "Effect": "Allow",
        "Principal": {"Service": ["ses.amazonaws.com", "sms-voice.amazonaws.com"]},
        "Action": "sns:Publish",
        "Resource": ref(NOTICES_TOPIC),
        "Condition": own_account(),
    }
    return {
        "Type": "AWS::SNS::TopicPolicy",
        "Properties": {"Topics": [ref(NOTICES_TOPIC)], "PolicyDocument": document(told)},
    }


def notices_queue() -> Described:
    redrive = {"deadLetterTargetArn": arn(NOTICES_DEAD), "maxReceiveCount": MAX_ATTEMPTS}
    return {
        "Type": "AWS::SQS::Queue",
        "Properties": {
            "VisibilityTimeout": int(VISIBILITY.total_seconds()),
            "MessageRetentionPeriod": TWO_WEEKS,
            "RedrivePolicy": redrive,
            "SqsManagedSseEnabled": True,
        },
    }


def dead_letters() -> Described:
    return {
        "Type": "AWS::SQS::Queue",
        "Properties": {"MessageRetentionPeriod": TWO_WEEKS, "SqsManagedSseEnabled": True},
    }


def queue_policy() -> Described:
    """Only our own topic puts anything in: that is what makes a notice believed."""
    told = {
        "Effect": "Allow",
        "Principal": {"Service": "sns.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": arn(NOTICES_QUEUE),
        "Condition": {"ArnEquals": {"aws:SourceArn": ref(NOTICES_TOPIC)}},
    }
    return {
        "Type": "AWS::SQS::QueuePolicy",
        "Properties": {"Queues": [ref(NOTICES_QUEUE)], "PolicyDocument": document(told)},
    }


def subscription() -> Described:
    return {
        "Type": "AWS::SNS::Subscription",
        "Properties": {
            "Protocol": "sqs",
            "TopicArn": ref(NOTICES_TOPIC),
            "Endpoint": arn(NOTICES_QUEUE),
        },
    }


def mail_bucket() -> Described:
    """Whole mails as they came, for as long as envelopes are kept."""
    ended = {"Id": "mail", "Status": "Enabled", "ExpirationInDays": KEPT["envelope"].days}
    return private_bucket(ended)


def mail_bucket_policy() -> Described:
    """SES writes, for our own account only."""
    put = {
        "Effect": "Allow",
        "Principal": {"Service": "ses.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": sub("${MailBucket.Arn}/*"),
        "Condition": own_account(),
    }
    return bucket_policy("MailBucket", put)


def receipt_rule() -> Described:
    """Scan each mail, put it into the bucket, tell the topic."""
    stored = {"BucketName": ref("MailBucket"), "TopicArn": ref(NOTICES_TOPIC)}
    rule = {
        "Enabled": True,
        "ScanEnabled": True,
        "Recipients": ref("MailRecipients"),
        "Actions": [{"S3Action": stored}],
    }
    properties = {"RuleSetName": ref("MailRules"), "Rule": rule}
    return only_with_mail("AWS::SES::ReceiptRule", properties)


def event_destination() -> Described:
    destination = {
        "Enabled": True,
        "MatchingEventTypes": EVENTS,
        "SnsDestination": {"TopicARN": ref(NOTICES_TOPIC)},
    }
    return {"ConfigurationSetName": ref("MailEvents"), "EventDestination": destination}


def own_account() -> Described:
    return {"StringEquals": {"AWS:SourceAccount": ref("AWS::AccountId")}}


def document(*statements: Described) -> Described:
    return {"Version": "2012-10-17", "Statement": list(statements)}
