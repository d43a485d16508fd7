"""The local AWS refuses what AWS's own models refuse, also of the services that are ministack's, and of workflows."""

import json
import time
from typing import Any

import pytest
from botocore.exceptions import ClientError

from local.aws.accounts import HUB
from local.aws.local_aws import LocalAws

ROLE = f"arn:aws:iam::{HUB}:role/any"


def machine_of(aws: LocalAws, name: str, resource: str, parameters: dict[str, Any]) -> str:
    definition = {
        "StartAt": "Call",
        "States": {"Call": {"Type": "Task", "Resource": resource, "Parameters": parameters, "End": True}},
    }
    arn: str = aws.client("stepfunctions").create_state_machine(
        name=name, roleArn=ROLE, definition=json.dumps(definition)
    )["stateMachineArn"]
    return arn


def ended(aws: LocalAws, machine: str) -> dict[str, Any]:
    states = aws.client("stepfunctions")
    arn = states.start_execution(stateMachineArn=machine, input="{}")["executionArn"]
    until = time.monotonic() + 90
    while (execution := states.describe_execution(executionArn=arn))[
        "status"
    ] == "RUNNING" and time.monotonic() < until:
        time.sleep(0.02)
    return dict(execution)


@pytest.mark.parametrize("name", ["pcx-$(reboot)", "two words", "x" * 81])
def test_an_execution_name_that_step_functions_does_not_take(aws: LocalAws, name: str) -> None:
    machine = machine_of(aws, "names", "arn:aws:states:::sns:publish", {})
    with pytest.raises(ClientError, match=r"StartExecution\.name") as refused:
        aws.client("stepfunctions").start_execution(stateMachineArn=machine, name=name)
    assert refused.value.response["Error"]["Code"] == "ValidationException"


def test_a_subject_of_two_lines(aws: LocalAws) -> None:
    topic = aws.client("sns").create_topic(Name="subjects")["TopicArn"]
    with pytest.raises(ClientError, match=r"Publish\.Subject") as refused:
        aws.client("sns").publish(TopicArn=topic, Message="m", Subject="two\nlines")
    assert refused.value.response["Error"]["Code"] == "InvalidParameter"
    assert aws.client("sns").publish(TopicArn=topic, Message="two\nlines", Subject="one line")["MessageId"]


def test_a_workflow_that_publishes_what_sns_does_not_take_fails(aws: LocalAws) -> None:
    topic = aws.client("sns").create_topic(Name="letters")["TopicArn"]
    bad = ended(
        aws,
        machine_of(
            aws,
            "bad-letters",
            "arn:aws:states:::sns:publish",
            {"TopicArn": topic, "Message": "m", "Subject": "x" * 101},
        ),
    )
    assert (bad["status"], bad["error"]) == ("FAILED", "SNS.AmazonSNSException")
    assert "Publish.Subject" in bad["cause"]
    good = machine_of(
        aws,
        "good-letters",
        "arn:aws:states:::sns:publish",
        {"TopicArn": topic, "Message": {"any": "JSON"}, "Subject": "x" * 100},
    )
    assert ended(aws, good)["status"] == "SUCCEEDED"


def test_a_workflow_that_starts_another_under_a_bad_name_fails(aws: LocalAws) -> None:
    topic = aws.client("sns").create_topic(Name="inner")["TopicArn"]
    inner = machine_of(aws, "inner", "arn:aws:states:::sns:publish", {"TopicArn": topic, "Message": "m"})
    bad = ended(
        aws,
        machine_of(
            aws,
            "outer",
            "arn:aws:states:::states:startExecution",
            {"StateMachineArn": inner, "Name": "a b", "Input": {}},
        ),
    )
    assert (bad["status"], bad["error"]) == ("FAILED", "StepFunctions.AWSStepFunctionsException")
    assert "StartExecution.name" in bad["cause"]
