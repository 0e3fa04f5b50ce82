"""The package holds what the service needs and nothing around it; the template is sound."""

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from chalicelib.jobs.jobs import LANES
from chalicelib.settings import Settings
from infra.pythons import runtime_pins
from infra.template.words import FUNCTIONS

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

SMALL_ENOUGH = 120_000_000
"""Bytes unzipped; Lambda allows 250 MB, and every byte is read at a cold start."""

Resource = dict[str, Any]


@pytest.fixture(scope="module")
def names(build: Path) -> set[str]:
    with zipfile.ZipFile(build / "deployment.zip") as zipped:
        return set(zipped.namelist())


@pytest.fixture(scope="module")
def resources(build: Path) -> dict[str, Resource]:
    found: dict[str, Resource] = json.loads((build / "sam.json").read_text())["Resources"]
    return found


def of_type(resources: dict[str, Resource], kind: str) -> dict[str, Resource]:
    return {name: one["Properties"] for name, one in resources.items() if one["Type"] == kind}


# --- the zip -----------------------------------------------------------------------------------


@pytest.mark.parametrize("pin", runtime_pins())
def test_every_requirement_is_in_the_zip(names: set[str], pin: str) -> None:
    name, _, version = pin.partition("==")
    folder = f"{re.sub('[-_.]+', '_', name)}-{version}.dist-info/".lower()
    assert any(one.lower().startswith(folder) for one in names), pin


def test_our_own_code_is_in_the_zip_with_its_texts_and_screens(names: set[str]) -> None:
    assert {"app.py", "chalicelib/wiring.py", "chalicelib/store/dynamo.py"} <= names
    assert any(one.startswith("chalicelib/web/templates/") for one in names)
    assert any(one.startswith("chalicelib/web/static/vendor/") for one in names)


def test_no_cold_start_compiles_what_is_ours(build: Path, names: set[str]) -> None:
    ours = {name for name in names if name.startswith("chalicelib/") and name.endswith(".py")}
    ready = {name for name in names if name.endswith(".pyc")}
    folders = {(str(Path(name).parent), Path(name).name.split(".")[0]) for name in ready}
    assert {(f"{Path(name).parent}/__pycache__", Path(name).stem) for name in ours} <= folders
    with zipfile.ZipFile(build / "deployment.zip") as zipped:
        flags = {zipped.read(name)[4] for name in ready}
    assert flags == {0b01}, "by hash, unchecked: PEP 552"


def test_nothing_around_the_service_is_in_the_zip(names: set[str]) -> None:
    tops = {one.partition("/")[0] for one in names}
    assert tops.isdisjoint({"infra", "tests", "docs", "boto3", "botocore", "ministack", "moto"})


def test_compiled_parts_fit_lambda(names: set[str]) -> None:
    compiled = [one for one in names if one.endswith(".so")]
    assert compiled
    assert all("x86_64-linux-gnu" in one or "abi3" in one for one in compiled)


def test_the_package_is_small(build: Path) -> None:
    with zipfile.ZipFile(build / "deployment.zip") as zipped:
        assert sum(one.file_size for one in zipped.infolist()) < SMALL_ENOUGH


# --- the template ------------------------------------------------------------------------------


def test_cfn_lint_finds_nothing(build: Path) -> None:
    lint = [str(Path(sys.executable).with_name("cfn-lint")), str(build / "sam.json")]
    done = subprocess.run(lint, capture_output=True, text=True, check=False)  # noqa: S603 ours
    assert done.returncode == 0, done.stdout


def test_pages_go_out_compressed(resources: dict[str, Resource]) -> None:
    [api] = of_type(resources, "AWS::Serverless::Api").values()
    assert api["MinimumCompressionSize"] == 1024


def test_the_table_has_its_indexes_and_its_safety_nets(resources: dict[str, Resource]) -> None:
    for one in of_type(resources, "AWS::DynamoDB::Table").values():
        assert one["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}
    table = resources["Table"]["Properties"]
    indexes = {one["IndexName"]: one for one in table["GlobalSecondaryIndexes"]}
    assert indexes.keys() == {"by_list", "by_person", "by_due"}
    assert all(len(one["Projection"].get("NonKeyAttributes", [])) <= 20 for one in indexes.values())
    assert table["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"]
    assert table["DeletionProtectionEnabled"]
    assert resources["Table"]["DeletionPolicy"] == "Retain"


def test_every_lane_has_a_function_and_dead_letters(resources: dict[str, Resource]) -> None:
    functions = of_type(resources, "AWS::Serverless::Function")
    assert functions.keys() == {*FUNCTIONS, "Encoder"}
    for lane in LANES:
        ((_, source),) = functions[f"On{lane.title()}"]["Events"].items()
        assert source["Properties"]["Queue"] == {"Fn::GetAtt": [f"{lane.title()}Queue", "Arn"]}
        assert source["Properties"]["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        queue = resources[f"{lane.title()}Queue"]["Properties"]
        dead = {"Fn::GetAtt": [f"{lane.title()}DeadLetters", "Arn"]}
        assert queue["RedrivePolicy"]["deadLetterTargetArn"] == dead
        assert queue["VisibilityTimeout"] >= functions[f"On{lane.title()}"]["Timeout"]


def test_every_function_has_a_role_of_its_own_without_wildcards(
    resources: dict[str, Resource],
) -> None:
    roles = of_type(resources, "AWS::IAM::Role")
    del roles["ScanRole"]  # GuardDuty's, as AWS prescribes it
    assert actions(roles.pop("EncoderRole")) == {"logs:CreateLogStream", "logs:PutLogEvents"}
    assert len(roles) == len(FUNCTIONS)
    for name in FUNCTIONS:
        assert resources[name]["Properties"]["Role"] == {"Fn::GetAtt": [f"{name}Role", "Arn"]}
    for policy in (policy for role in roles.values() for policy in role["Policies"]):
        for statement in policy["PolicyDocument"]["Statement"]:
            assert not [one for one in statement["Action"] if "*" in one], statement
            if statement["Action"] in (["ses:GetAccount"], ["translate:TranslateText"]):
                continue  # AWS knows no resource for these
            texts = [one.get("Fn::Sub", "") for one in statement["Resource"]]
            named = [text.removesuffix("/*").removesuffix("%2F*") for text in texts]
            named = [text.removesuffix("-Encoder-*") for text in named]
            assert all("*" not in text for text in named), statement


def actions(role: Resource) -> set[str]:
    """What a role allows."""
    statements = [
        one for policy in role["Policies"] for one in policy["PolicyDocument"]["Statement"]
    ]
    return {action for statement in statements for action in statement["Action"]}


def test_every_setting_is_given_to_every_function(resources: dict[str, Resource]) -> None:
    for name in FUNCTIONS:
        variables = resources[name]["Properties"]["Environment"]["Variables"]
        given = dict.fromkeys(variables, "https://example") | {"NABIJ_PLATFORM_URLS": "{}"}
        given |= {"NABIJ_DETECTION": "full", "NABIJ_ENCODER": "function:Encoder"}
        assert Settings.from_environment(given | {"NABIJ_ENGINE": "aws"}).deployed


def test_what_goes_wrong_rings(resources: dict[str, Resource]) -> None:
    alarms = of_type(resources, "AWS::CloudWatch::Alarm")
    assert all(alarm["AlarmActions"] == [{"Ref": "AlertTopic"}] for alarm in alarms.values())
    wanted = {f"{lane.title()}{what}Alarm" for lane in LANES for what in ("Queue", "DeadLetters")}
    wanted |= {f"{name}{what}Alarm" for name in FUNCTIONS for what in ("Errors", "Throttles")}
    assert alarms.keys() >= wanted | {"LifeAtRiskAlarm", "TableWriteThrottlesAlarm"}


def test_logs_end(resources: dict[str, Resource]) -> None:
    groups = of_type(resources, "AWS::Logs::LogGroup")
    assert len(groups) == len(FUNCTIONS) + 1, "and the encoder's"
    assert {group["RetentionInDays"] for group in groups.values()} == {90}
