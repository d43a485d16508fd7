"""So many invocations at once as an account may have; a workflow is told of the rest, and tries again."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from local.aws.accounts import HUB
from local.aws.local_aws import LocalAws
from local.aws.ministack_child.functions.concurrency import MOST


@pytest.fixture
def machine(aws: LocalAws, hub: dict[str, str]) -> Iterator[Any]:
    states = aws.client("stepfunctions")
    functions = aws.client("lambda").list_functions()["Functions"]
    probe = next(str(function["FunctionArn"]) for function in functions if "ProbeFunction" in function["FunctionName"])
    made: list[str] = []

    def make(name: str, **more: Any) -> str:
        branch = {
            "StartAt": "P",
            "States": {"P": {"Type": "Task", "Resource": probe, "Parameters": {"fail": "never"}, "End": True, **more}},
        }
        made.append(
            states.create_state_machine(
                name=name,
                roleArn=f"arn:aws:iam::{HUB}:role/any",
                definition=json.dumps(
                    {
                        "StartAt": "All",
                        "States": {"All": {"Type": "Parallel", "Branches": [branch] * (3 * MOST), "End": True}},
                    }
                ),
            )["stateMachineArn"]
        )
        return made[-1]

    yield make
    for arn in made:
        states.delete_state_machine(stateMachineArn=arn)


def ended(states: Any, machine: str) -> dict[str, Any]:
    arn = states.start_execution(stateMachineArn=machine, input="{}")["executionArn"]
    until = time.monotonic() + 90
    while (found := states.describe_execution(executionArn=arn))["status"] == "RUNNING":
        assert time.monotonic() < until
        time.sleep(0.05)
    return dict(found)


def test_beyond_the_limit_a_task_is_told_that_there_are_too_many(aws: LocalAws, machine: Any) -> None:
    execution = ended(aws.client("stepfunctions"), machine("too-many"))
    assert (execution["status"], execution["error"]) == ("FAILED", "Lambda.TooManyRequestsException")


def test_a_workflow_that_tries_again_comes_to_its_end(aws: LocalAws, machine: Any) -> None:
    retry = [
        {
            "ErrorEquals": ["Lambda.TooManyRequestsException"],
            "IntervalSeconds": 1,
            "MaxAttempts": 60,
            "MaxDelaySeconds": 2,
            "JitterStrategy": "FULL",
        }
    ]
    assert ended(aws.client("stepfunctions"), machine("again", Retry=retry))["status"] == "SUCCEEDED"
