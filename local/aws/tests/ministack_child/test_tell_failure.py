"""What people read of a failure: plain text, whatever the cause holds."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from local.aws.accounts import HUB
from local.aws.local_aws import LocalAws
from local.rig.mailbox import Mailbox

WORKFLOW = Path(__file__).parents[4] / "workflows" / "tell-failure.asl.json"
EXECUTION = f"arn:aws:states:eu-west-1:{HUB}:execution:peerway-connect:pcx-0123456789abcdef0-1"
Told = Callable[[dict[str, Any]], tuple[str, str]]


@pytest.fixture
def told(aws: LocalAws) -> Iterator[Told]:
    """Subject and text of what the workflow tells of an event; below the text is the link to the documents."""
    sns, sqs, states = aws.client("sns"), aws.client("sqs"), aws.client("stepfunctions")
    topic = sns.create_topic(Name="told")["TopicArn"]
    mailbox = Mailbox(sns, sqs, topic)
    definition = WORKFLOW.read_text()
    for name, value in {
        "SnsPublish": "arn:aws:states:::sns:publish",
        "Notifications": topic,
        "PutEvents": "arn:aws:states:::events:putEvents",
        "DescribePeerings": "arn:aws:states:::aws-sdk:ec2:describeVpcPeeringConnections",
        "HubVpc": "vpc-0aaaaaaaaaaaaaaaa",
        "HubBus": "default",
        "Documentation": "docs",
    }.items():
        definition = definition.replace("${" + name + "}", value)
    machine = states.create_state_machine(
        name="tell-failure", roleArn=f"arn:aws:iam::{HUB}:role/any", definition=definition
    )["stateMachineArn"]

    def tell(event: dict[str, Any]) -> tuple[str, str]:
        arn = states.start_execution(stateMachineArn=machine, input=json.dumps(event))["executionArn"]
        until = time.monotonic() + 90
        while (execution := states.describe_execution(executionArn=arn))[
            "status"
        ] == "RUNNING" and time.monotonic() < until:
            time.sleep(0.02)
        assert execution["status"] == "SUCCEEDED", execution.get("cause")
        (letter,) = mailbox.letters()[-1:]
        text, _, about = letter["message"].rpartition("\n\n")
        assert about == "About this: docs/operate.md#when-something-failed"
        return letter["subject"], text

    yield tell
    states.delete_state_machine(stateMachineArn=machine)
    sns.delete_topic(TopicArn=topic)
    sqs.delete_queue(QueueUrl=mailbox.queue_url)


def event(arn: str = EXECUTION, **detail: Any) -> dict[str, Any]:
    """As Step Functions sends it ("Automating Step Functions event delivery with EventBridge", Developer Guide)."""
    return {
        "source": "aws.states",
        "region": "eu-west-1",
        "detail": {
            "executionArn": arn,
            "stateMachineArn": ":".join(arn.split(":")[:5]) + ":stateMachine:peerway-connect",
            "status": "FAILED",
            "input": '{"peeringId":"pcx-0123456789abcdef0"}',
            "output": None,
            "error": None,
            "cause": None,
        }
        | detail,
    }


def cause_of(message: str) -> str:
    """As Lambda gives the failure of a function."""
    return json.dumps(
        {
            "errorMessage": message,
            "errorType": "io.peerway.model.error.ForeignRoute",
            "stackTrace": ["io.peerway.X.y(X.java:1)"],
            "cause": {"errorMessage": "another"},
        }
    )


def test_a_failed_execution_is_told_with_error_cause_and_link(told: Told) -> None:
    subject, text = told(
        event(error="io.peerway.model.error.ForeignRoute", cause=cause_of("rtb-1: 10.110.0.0/16 leads to igw-1"))
    )
    assert subject == "Peerway: connect of pcx-0123456789abcdef0 failed"
    assert text == (
        "Peerway: connect of pcx-0123456789abcdef0 failed: ForeignRoute\n\n"
        "rtb-1: 10.110.0.0/16 leads to igw-1\n\n"
        "Mend the cause, then redrive the execution:\n\n"
        f"https://eu-west-1.console.aws.amazon.com/states/home?region=eu-west-1#/v2/executions/details/{EXECUTION}"
    )


@pytest.mark.parametrize(
    ("cause", "paragraph"),
    [
        (cause_of('the tag says "tcp/22" and C:\\x'), 'the tag says "tcp/22" and C:\\x'),
        (cause_of("one\nPeerway: connected\r\ttwo"), "one Peerway: connected  two"),
        (cause_of("mirrored \u202egnp"), "mirrored \\u202egnp"),
        (cause_of("a long story " * 60)[:300], ("a long story " * 60)[:282]),
        ('not JSON, "in quotes"\nand two lines', 'not JSON, "in quotes" and two lines'),
        ('{"errorMessage": null}', '{"errorMessage": null}'),
        ('{"broken', '{"broken'),
        ("x" * 5000, "x" * 2000),
        ("", "No cause was given."),
        (None, "No cause was given."),
    ],
    ids=lambda value: str(value)[:30].replace("\n", " "),
)
def test_the_cause_is_one_paragraph_whatever_it_holds(told: Told, cause: str | None, paragraph: str) -> None:
    _, text = told(event(error="X", cause=cause))
    assert text.split("\n\n")[1] == paragraph
    assert text.count("\n") == 6


@pytest.mark.parametrize(
    ("detail", "subject"),
    [
        ({"status": "TIMED_OUT", "error": "States.Timeout"}, "Peerway: connect of pcx-0123456789abcdef0 timed out"),
        (
            {
                "status": "ABORTED",
                "stateMachineArn": f"arn:aws:states:eu-west-1:{HUB}:stateMachine:peerway-look-at-account",
                "input": '{"accountId":"210987654321","changed":["vpc-0bbbbbbbbbbbbbbbb"],"throughout":true}',
            },
            "Peerway: look-at-account of account 210987654321 was stopped",
        ),
        ({"input": None}, "Peerway: connect failed"),
        ({"input": '{"peeringId": "$(reboot)\\nX"}'}, "Peerway: connect failed"),
        (
            {"stateMachineArn": f"arn:aws:states:eu-west-1:{HUB}:stateMachine:our-vpn-look-at-account"},
            "Peerway: look-at-account of pcx-0123456789abcdef0 failed",
        ),
    ],
    ids=lambda value: str(value)[:40],
)
def test_the_subject_says_what_of_whom_and_how(told: Told, detail: dict[str, Any], subject: str) -> None:
    assert told(event(**detail))[0] == subject


@pytest.mark.parametrize(
    ("partition", "domain"), [("aws-cn", "console.amazonaws.cn"), ("aws-us-gov", "console.amazonaws-us-gov.com")]
)
def test_the_link_leads_to_the_console_of_the_partition(told: Told, partition: str, domain: str) -> None:
    assert f"\nhttps://eu-west-1.{domain}/states/" in told(event(EXECUTION.replace("arn:aws:", f"arn:{partition}:")))[1]


def test_an_account_that_was_not_created_is_told_of(told: Told) -> None:
    assert told(
        {
            "source": "aws.organizations",
            "detail": {
                "serviceEventDetails": {"createAccountStatus": {"id": "car-1", "failureReason": "EMAIL_ALREADY_EXISTS"}}
            },
        }
    ) == (
        "Peerway: an account was not created",
        (
            "Peerway: Organizations has not created the account of request car-1: EMAIL_ALREADY_EXISTS. "
            "Nothing was connected; mend the cause and"
            " create it again."
        ),
    )
    assert told(
        {
            "source": "aws.controltower",
            "detail": {
                "serviceEventDetails": {
                    "createManagedAccountStatus": {
                        "account": {"accountName": 'the "new"\none'},
                        "message": "It is taken.",
                    }
                }
            },
        }
    )[1] == (
        'Peerway: Control Tower has not created the account the "new" one: It is taken. '
        "Nothing was connected; mend the cause and create it again."
    )
