"""A name that is used ("StartExecution", AWS Step Functions API Reference)."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from local.aws.accounts import HUB
from local.aws.local_aws import LocalAws
from local.aws.tests.conftest import refused

ROLE = f"arn:aws:iam::{HUB}:role/any"


@pytest.fixture
def states(aws: LocalAws) -> Any:
    return aws.client("stepfunctions")


@pytest.fixture
def waiting(states: Any) -> Iterator[str]:
    """A machine whose executions run until they are stopped."""
    definition = {"StartAt": "Wait", "States": {"Wait": {"Type": "Wait", "Seconds": 600, "End": True}}}
    machine = states.create_state_machine(name="waiting", definition=json.dumps(definition), roleArn=ROLE)[
        "stateMachineArn"
    ]
    yield machine
    for execution in states.list_executions(stateMachineArn=machine, statusFilter="RUNNING")["executions"]:
        states.stop_execution(executionArn=execution["executionArn"])
    states.delete_state_machine(stateMachineArn=machine)


def test_the_same_again_is_the_same_execution_while_it_runs(states: Any, waiting: str) -> None:
    first = states.start_execution(stateMachineArn=waiting, name="same", input='{"a": 1}')
    assert (
        states.start_execution(stateMachineArn=waiting, name="same", input='{"a":1}')["executionArn"]
        == first["executionArn"]
    )
    with refused("ExecutionAlreadyExists"):
        states.start_execution(stateMachineArn=waiting, name="same", input='{"a": 2}')
    states.stop_execution(executionArn=first["executionArn"])
    with refused("ExecutionAlreadyExists"):
        states.start_execution(stateMachineArn=waiting, name="same", input='{"a": 1}')


def test_a_workflow_sees_the_error_with_its_service(states: Any, waiting: str) -> None:
    states.start_execution(stateMachineArn=waiting, name="taken", input="{}")
    start = {
        "Type": "Task",
        "Resource": "arn:aws:states:::states:startExecution",
        "End": True,
        "Parameters": {"StateMachineArn": waiting, "Name": "taken", "Input": {"other": True}},
    }
    machine = states.create_state_machine(
        name="starting", roleArn=ROLE, definition=json.dumps({"StartAt": "Start", "States": {"Start": start}})
    )["stateMachineArn"]
    execution = states.start_execution(stateMachineArn=machine)["executionArn"]
    while (ended := states.describe_execution(executionArn=execution))["status"] == "RUNNING":
        pass
    states.delete_state_machine(stateMachineArn=machine)
    assert (ended["status"], ended["error"]) == ("FAILED", "StepFunctions.ExecutionAlreadyExistsException")
