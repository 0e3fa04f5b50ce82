"""GuardDuty looks for malware in every file that comes into the bucket, and tags what it found.

As AWS documents it (Malware Protection for S3, prerequisites): a plan, and the role that it takes.
It costs by the gigabyte; a parameter leaves it out, and files are then shown as not scanned.
"""

from chalicelib.store.s3 import written
from infra.template.words import Described, arn, ref, sub

CONDITION = "Scans"

PARAMETER: Described = {
    "Type": "String",
    "Default": "yes",
    "AllowedValues": ["yes", "no"],
    "Description": "Whether GuardDuty scans the files that citizens and agents send",
}

RULE = "DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3*"
RULES = f"arn:${{AWS::Partition}}:events:${{AWS::Region}}:${{AWS::AccountId}}:rule/{RULE}"
MANAGED_BY = "malware-protection-plan.guardduty.amazonaws.com"


def scanning() -> Described:
    """The plan and its role."""
    return {
        "ScanPlan": {
            "Type": "AWS::GuardDuty::MalwareProtectionPlan",
            "Condition": CONDITION,
            "Properties": {
                "Role": arn("ScanRole"),
                "ProtectedResource": {
                    "S3Bucket": {"BucketName": ref("Bucket"), "ObjectPrefixes": [written("media/")]}
                },
                "Actions": {"Tagging": {"Status": "ENABLED"}},
            },
        },
        "ScanRole": {
            "Type": "AWS::IAM::Role",
            "Condition": CONDITION,
            "Properties": {
                "AssumeRolePolicyDocument": policy(assumed()),
                "Policies": [{"PolicyName": "scan", "PolicyDocument": policy(*statements())}],
            },
        },
    }


def conditions() -> Described:
    return {CONDITION: {"Fn::Equals": [ref("ScanFiles"), "yes"]}}


def policy(*statements: Described) -> Described:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def assumed() -> Described:
    return {
        "Effect": "Allow",
        "Principal": {"Service": MANAGED_BY},
        "Action": "sts:AssumeRole",
    }


def statements() -> list[Described]:
    """Hear of new objects, read and tag them, and show that the bucket is really its own."""
    objects = [sub("${Bucket.Arn}/*")]
    proof = [sub("${Bucket.Arn}/malware-protection-resource-validation-object")]
    read = ["GetObject", "GetObjectVersion"]
    tag = [
        "GetObjectTagging", "GetObjectVersionTagging", "PutObjectTagging",
        "PutObjectVersionTagging",
    ]  # fmt: skip
    bucket = ["PutBucketNotification", "GetBucketNotification", "ListBucket"]
    rules = ["PutRule", "DeleteRule", "PutTargets", "RemoveTargets"]
    managed = {"StringLike": {"events:ManagedBy": MANAGED_BY}}
    return [
        {**allowed("events", rules, [sub(RULES)]), "Condition": managed},
        allowed("events", ["DescribeRule", "ListTargetsByRule"], [sub(RULES)]),
        allowed("s3", [*read, *tag], objects),
        allowed("s3", bucket, [arn("Bucket")]),
        allowed("s3", ["PutObject"], proof),
    ]


def allowed(service: str, actions: list[str], things: list[Described]) -> Described:
    named = [f"{service}:{action}" for action in actions]
    return {"Effect": "Allow", "Action": named, "Resource": things}
