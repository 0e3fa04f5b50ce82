"""The encoder as a function of its own: its zip is four times the service's, its role writes logs.

It gets as much memory as brings one whole CPU, for that is what it waits for (Lambda developer
guide, "Configure Lambda function memory": 1,769 MB equals one vCPU). The parameter ``Detection``
leaves it away.
"""

from infra.template.functions import DAYS_OF_LOGS
from infra.template.permissions import logs
from infra.template.words import Described, arn, log_group, ref, role, sub

NAME = "Encoder"
ZIP = "./encoder.zip"
CONDITION = "WithEncoder"
ONE_CPU = 1769
SECONDS = 15
"""The first message waits for the files; a later one takes a hundredth of a second."""

PARAMETER = {
    "Type": "String",
    "Default": "full",
    "AllowedValues": ["full", "model", "rules"],
    "Description": "full: with the encoder; model: its first tier; rules: readable rules only",
}


def conditions() -> Described:
    return {CONDITION: {"Fn::Equals": [ref("Detection"), "full"]}}


def encoder(runtime: str) -> Described:
    """The function, its role and its log."""
    assumed = {
        "Effect": "Allow",
        "Principal": {"Service": "lambda.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }
    policy = {"Version": "2012-10-17", "Statement": [logs(NAME)]}
    return {
        NAME: {
            "Type": "AWS::Serverless::Function",
            "Condition": CONDITION,
            "Properties": {
                "Runtime": runtime,
                "Handler": "chalicelib.aws.encoder_function.handler",
                "CodeUri": ZIP,
                "MemorySize": ONE_CPU,
                "Timeout": SECONDS,
                "Role": arn(role(NAME)),
                "LoggingConfig": {"LogGroup": ref(log_group(NAME))},
            },
        },
        role(NAME): {
            "Type": "AWS::IAM::Role",
            "Condition": CONDITION,
            "Properties": {
                "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [assumed]},
                "Policies": [{"PolicyName": "own", "PolicyDocument": policy}],
            },
        },
        log_group(NAME): {
            "Type": "AWS::Logs::LogGroup",
            "Condition": CONDITION,
            "Properties": {
                "LogGroupName": sub(f"/${{AWS::StackName}}/{NAME}"),
                "RetentionInDays": DAYS_OF_LOGS,
            },
        },
    }
