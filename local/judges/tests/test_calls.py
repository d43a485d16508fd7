"""The judge of calls knows what AWS's models say."""

from typing import Any

import pytest

from local.judges.calls import breaches

ROLE = {"RoleArn": "arn:aws:iam::123456789012:role/peerway-service", "RoleSessionName": "pcx-1"}


def test_what_the_model_allows_passes() -> None:
    assert breaches("sts", "AssumeRole", ROLE | {"DurationSeconds": 900, "ExternalId": "a-shared-word"}) == []
    assert breaches("sqs", "SendMessage", {"QueueUrl": "q", "MessageBody": "x", "DelaySeconds": 5}) == []


@pytest.mark.parametrize(
    ("service", "operation", "parameters", "breach"),
    [
        (
            "sts",
            "AssumeRole",
            ROLE | {"ExternalId": "x"},
            "AssumeRole.ExternalId: a length of 1, and at least 2 is needed",
        ),
        ("sts", "AssumeRole", ROLE | {"RoleSessionName": "a b"}, "AssumeRole.RoleSessionName: 'a b' does not match"),
        ("sts", "AssumeRole", ROLE | {"RoleSessionName": "x" * 65}, "a length of 65, and at most 64 is taken"),
        (
            "sts",
            "AssumeRole",
            ROLE | {"DurationSeconds": 60},
            "AssumeRole.DurationSeconds: 60, and at least 900 is needed",
        ),
        ("sts", "AssumeRole", {"RoleArn": ROLE["RoleArn"]}, "AssumeRole: RoleSessionName is missing"),
        (
            "stepfunctions",
            "StartExecution",
            {"stateMachineArn": "arn", "name": "x" * 81},
            "StartExecution.name: a length of 81",
        ),
        (
            "stepfunctions",
            "StartExecution",
            {"stateMachineArn": "arn", "name": "pcx-$(reboot)"},
            "StartExecution.name: 'pcx-$(reboot)' does not match",
        ),
        ("sns", "Publish", {"Message": "m", "Subject": "two\nlines"}, "Publish.Subject: 'two\\nlines' does not match"),
        ("sns", "Publish", {"Message": "m", "Subject": "x" * 101}, "Publish.Subject"),
        (
            "ssm",
            "SendCommand",
            {"DocumentName": "d", "Targets": [{"Key": "tag:x", "Values": ["v"] * 51}]},
            "SendCommand.Targets[0].Values: a length of 51",
        ),
        (
            "ec2",
            "CreateVpcPeeringConnection",
            {"TagSpecifications": [{"ResourceType": "nothing"}]},
            "'nothing' is none of",
        ),
    ],
)
def test_what_it_does_not_is_named(service: str, operation: str, parameters: dict[str, Any], breach: str) -> None:
    assert any(breach in found for found in breaches(service, operation, parameters)), breaches(
        service, operation, parameters
    )
