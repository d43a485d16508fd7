"""Peerway's three stacks in a real organisation, by the commands of docs/deploy.md."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError, WaiterError

from prove.made.kinds import TAG, code
from prove.made.maker import Maker
from prove.target import HUB, Who

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / ".aws-sam" / "build" / "template.yaml"
MANAGEMENT_STACK = ROOT / "stacks" / "management-account.yaml"
SERVICE_STACK = ROOT / "stacks" / "service-account.yaml"

Runs = Callable[[list[str]], None]
"""Runs a command to its end."""


class NotDeployed(RuntimeError):
    pass


def run(argv: list[str]) -> None:
    """In a session of its own, so that Ctrl-C reaches us and not sam: when we are interrupted, we end it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_ENDPOINT_URL")}
    child = subprocess.Popen(
        argv, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )
    try:
        said, _ = child.communicate()
    except BaseException:
        child.terminate()
        child.wait()
        raise
    if child.returncode != 0:
        raise NotDeployed(f"{' '.join(argv[:2])} failed: {said.strip()[-1500:]}")


class HubStack:
    def __init__(self, make: Maker, profile: str, runs: Runs) -> None:
        self._make, self._profile, self._runs = make, profile, runs
        self._parameters: dict[str, str] = {}
        self._bucket = ""

    def deploy(self, parameters: dict[str, str]) -> dict[str, str]:
        """`sam deploy` of the built template, its packages in a bucket of this run; the stack's outputs."""
        if not BUILT.exists():
            raise NotDeployed(f"{BUILT} is not there: run `make build` first")
        target, journal = self._make.target, self._make.journal
        self._parameters |= parameters
        if not self._bucket:
            self._bucket = self._made_bucket()
            with journal.making("stack", HUB, target.region, target.run) as made:
                made.id = target.run
                self._sam()
        else:
            self._sam()
        (stack,) = target.client(HUB, "cloudformation").describe_stacks(StackName=target.run)["Stacks"]
        return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}

    def _made_bucket(self) -> str:
        target = self._make.target
        name = f"{target.run}-{target.account(HUB)}"
        where = (
            {} if target.region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": target.region}}
        )
        with self._make.journal.making("bucket", HUB, target.region, name) as made:
            made.id = name
            target.client(HUB, "s3").create_bucket(Bucket=name, **where)
        return name

    def _sam(self) -> None:
        """`--config-env`: nothing of samconfig.toml's defaults, which are for the installation itself."""
        target = self._make.target
        self._runs(
            [
                "sam",
                "deploy",
                "--template-file",
                str(BUILT),
                "--config-env",
                "prove",
                "--stack-name",
                target.run,
                "--s3-bucket",
                self._bucket,
                "--profile",
                self._profile,
                "--region",
                target.region,
                "--capabilities",
                "CAPABILITY_IAM",
                "CAPABILITY_AUTO_EXPAND",
                "--no-confirm-changeset",
                "--no-fail-on-empty-changeset",
                "--no-progressbar",
                "--tags",
                f"{TAG}={target.run}",
                "--parameter-overrides",
                *(f'{key}="{value}"' for key, value in self._parameters.items()),
            ]
        )


def create(make: Maker, who: Who, region: str, name: str, **stack: Any) -> None:
    """A plain stack, awaited."""
    cloudformation = make.target.client(who, "cloudformation", region)
    with make.journal.making("stack", who, region, name) as made:
        made.id = name
        cloudformation.create_stack(StackName=name, OnFailure="DO_NOTHING", Tags=make.tags(), **stack)
    try:
        cloudformation.get_waiter("stack_create_complete").wait(
            StackName=name, WaiterConfig={"Delay": 5, "MaxAttempts": 120}
        )
    except WaiterError:
        raise NotDeployed(f"stack {name} of the {who} account in {region}: {_why(cloudformation, name)}") from None


def _why(cloudformation: Any, name: str) -> str:
    try:
        events = cloudformation.describe_stack_events(StackName=name)["StackEvents"]
    except ClientError as e:
        return code(e)
    failed = [event for event in events if event["ResourceStatus"].endswith("_FAILED")]
    return (
        "; ".join(f"{event['LogicalResourceId']}: {event.get('ResourceStatusReason')}" for event in failed)
        or "it was not made in time"
    )


def parameters(**values: str) -> list[dict[str, str]]:
    return [{"ParameterKey": key, "ParameterValue": value} for key, value in values.items()]
