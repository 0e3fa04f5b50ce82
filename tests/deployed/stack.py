"""The package, deployed by CloudFormation into the emulator as a process of its own.

The emulator runs Lambda functions with the very Python that it runs on itself, so it gets an
environment of the Python that the package was made for. It holds every call of a function against
the function's own role (``AUTH``). Three things of the template are put otherwise: the emulator has
no deployments of WebSocket APIs (the stage deploys itself) and wants a permission of its own for
a batch of SQS; and the code comes from a bucket, as ``aws cloudformation package`` puts it.
"""

import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import urllib3

from chalicelib.aws.clients import client
from chalicelib.store.dynamo import DynamoTable
from infra.package import BUILD
from infra.ports import free_port
from infra.pythons import environment, pin
from tests.emulator import REGION

READY_WITHIN = 20.0
RULES_OF_SES = ("MailRules", "MailRule")
"""Not known to the emulator; the template makes them only where mail is received."""

NAME = "nabij"


@dataclass
class Stack:
    """The deployed service."""

    url: str
    session: boto3.Session
    outputs: dict[str, str]
    log: Path
    pool: urllib3.PoolManager

    def client(self, service: str) -> Any:
        return client(service, self.session, tries=1, endpoint_url=self.url)

    def table(self) -> DynamoTable:
        return DynamoTable(self.client("dynamodb"), self.outputs["TableName"])

    def request(
        self, method: str, path: str, headers: dict[str, str], body: bytes | None = None
    ) -> tuple[int, Any]:
        """Through API Gateway: status and JSON (None when it is none)."""
        address = f"{self.url}/_aws/execute-api/{self.outputs['RestAPIId']}/v1{path}"
        answer = self.pool.request(method, address, headers=headers, body=body)
        kind = answer.headers.get("content-type", "")
        return answer.status, json.loads(answer.data) if "json" in kind and answer.data else None


@contextmanager
def deployed(parameters: dict[str, str], log: Path) -> Iterator[Stack]:
    """Start the emulator, deploy, and stop it all at the end."""
    port = free_port()
    surroundings = {
        **os.environ,
        "GATEWAY_PORT": str(port),
        "BIND_HOST": "127.0.0.1",
        "MINISTACK_REGION": REGION,
        "AUTH": "true",
    }
    command = emulators_environment() / "bin" / "ministack"
    with (
        log.open("w") as file,
        subprocess.Popen(  # noqa: S603 the emulator
            [str(command)], env=surroundings, stdout=file, stderr=file, cwd=log.parent
        ) as process,
    ):
        try:
            stack = Stack(
                url=f"http://127.0.0.1:{port}",
                session=boto3.Session("test", "test", region_name=REGION),
                outputs={},
                log=log,
                pool=urllib3.PoolManager(timeout=30.0, retries=False),
            )
            wait_until_ready(stack)
            create(stack, parameters)
            yield stack
        finally:
            process.terminate()


def emulators_environment() -> Path:
    pins = [pin(name) for name in ("ministack", "boto3", "aws-sam-translator")]
    return environment(BUILD, "emulator", *pins)


def create(stack: Stack, parameters: dict[str, str]) -> None:
    """Upload the code and the template, and have CloudFormation make everything."""
    s3, formation = stack.client("s3"), stack.client("cloudformation")
    s3.create_bucket(Bucket="deploy", CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.put_object(Bucket="deploy", Key="code.zip", Body=(BUILD / "deployment.zip").read_bytes())
    s3.put_object(Bucket="deploy", Key="template.json", Body=json.dumps(template()).encode())
    formation.create_stack(
        StackName=NAME,
        TemplateURL=f"{stack.url}/deploy/template.json",
        Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
        Parameters=[
            {"ParameterKey": name, "ParameterValue": value} for name, value in parameters.items()
        ],
    )
    made = wait_until_made(formation)
    stack.outputs.update((one["OutputKey"], one["OutputValue"]) for one in made["Outputs"])


def template() -> dict[str, Any]:
    """Chalice's merged template, with what the emulator lacks put otherwise."""
    found: dict[str, Any] = json.loads((BUILD / "sam.json").read_text())
    resources = found["Resources"]
    for unknown in ("WebsocketAPIDeployment", *RULES_OF_SES):
        del resources[unknown]
    stage = resources["WebsocketAPIStage"]["Properties"]
    del stage["DeploymentId"]
    stage["AutoDeploy"] = True
    for resource in resources.values():
        if resource["Type"] == "AWS::IAM::Role":
            name_batches(resource["Properties"]["Policies"])
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = "s3://deploy/code.zip"
    return found


def name_batches(policies: list[dict[str, Any]]) -> None:
    """Beside each permission on a queue, the one that the emulator wants for a batch of it."""
    for policy in policies:
        for statement in policy["PolicyDocument"]["Statement"]:
            queues = [one for one in statement["Action"] if one.startswith("sqs:")]
            statement["Action"] += [f"{one}Batch" for one in queues]


def wait_until_ready(stack: Stack) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        try:
            if stack.pool.request("GET", f"{stack.url}/_ministack/ready").status == 200:
                return
        except urllib3.exceptions.HTTPError:
            time.sleep(0.05)
    raise AssertionError(stack.log.read_text()[-2000:])


def wait_until_made(formation: Any) -> dict[str, Any]:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        (made,) = formation.describe_stacks(StackName=NAME)["Stacks"]
        if made["StackStatus"] == "CREATE_COMPLETE":
            return dict(made)
        if not made["StackStatus"].endswith("IN_PROGRESS"):
            break
        time.sleep(0.1)
    events = formation.describe_stack_events(StackName=NAME)["StackEvents"]
    raise AssertionError([e for e in events if "FAILED" in e["ResourceStatus"]])
