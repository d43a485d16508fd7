"""A rule with another account's bus as its target needs a role that may put events there.

AWS behaviour: "Sending and receiving events between AWS accounts", Amazon EventBridge User Guide.
"""

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest

from local.aws.accounts import HUB, REGION
from local.aws.calls import trail
from local.aws.calls.routing import ForwardingRule
from local.aws.local_aws import LocalAws
from local.aws.permissions.event_role import may_put_events
from local.aws.stacks import forwarding_stack
from local.aws.tests.calls.test_events import arrived

PUT = "events:PutEvents"
MakeRole = Callable[..., str]


@pytest.fixture
def role(aws: LocalAws, hub: dict[str, str], service: str) -> MakeRole:
    """Makes a role of the service account, by default one as the forwarding rules need it."""

    def make(
        action: str = PUT, bus: str = hub["HubBusArn"], trusted: str = "events.amazonaws.com", source: str = service
    ) -> str:
        iam = aws.client("iam", service)
        trust = [
            {
                "Effect": "Allow",
                "Principal": {"Service": trusted},
                "Action": "sts:AssumeRole",
                "Condition": {"StringEquals": {"aws:SourceAccount": source}},
            }
        ]
        name = f"forward-{len(iam.list_roles()['Roles'])}"
        made = iam.create_role(
            RoleName=name, AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": trust})
        )
        iam.put_role_policy(
            RoleName=name,
            PolicyName="x",
            PolicyDocument=json.dumps(
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": action, "Resource": bus}]}
            ),
        )
        return str(made["Role"]["Arn"])

    return make


def forwarded(aws: LocalAws, hub: dict[str, str], account: str, role: str | None) -> bool:
    """Whether an event of the account reaches the hub bus through a rule with this role."""
    arrived(aws, hub)
    pattern = json.dumps({"source": ["aws.ec2"]})
    aws.routing.forward_from(account, REGION, [ForwardingRule("to the hub", pattern, hub["HubBusArn"], role)])
    event = trail.envelope(
        "AWS API Call via CloudTrail", "aws.ec2", account, REGION, trail.now(), {"eventName": "CreateVpc"}
    )
    aws.routing.emit([event])
    return [other["id"] for other in arrived(aws, hub)] == [event["id"]]


def test_a_role_that_may_put_events_on_the_bus_forwards(
    aws: LocalAws, hub: dict[str, str], service: str, role: MakeRole
) -> None:
    assert forwarded(aws, hub, service, role())


def test_without_a_role_the_event_is_dropped_and_told_of(
    aws: LocalAws, hub: dict[str, str], service: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert not forwarded(aws, hub, service, role=None)
    assert f"Rule to the hub of account {service} has no role that may put events on bus peerway-hub" in caplog.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"action": "events:PutRule"},
        {"bus": f"arn:aws:events:{REGION}:{HUB}:event-bus/another"},
        {"trusted": "lambda.amazonaws.com"},
        {"source": "999999999999"},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_role_for_something_else_does_not_forward(
    aws: LocalAws, hub: dict[str, str], service: str, role: MakeRole, wrong: dict[str, str]
) -> None:
    assert not forwarded(aws, hub, service, role(**wrong))


def test_a_role_that_is_gone_does_not_forward(aws: LocalAws, hub: dict[str, str], service: str) -> None:
    assert not forwarded(aws, hub, service, f"arn:aws:iam::{service}:role/gone")


@pytest.mark.parametrize(
    ("stack", "region"),
    [
        (forwarding_stack.SERVICE_ACCOUNT, "eu-central-1"),
        (forwarding_stack.MANAGEMENT_ACCOUNT, trail.ORGANIZATIONS_REGION),
    ],
    ids=lambda value: getattr(value, "stem", value),
)
def test_the_roles_of_the_stacks_may_put_events_on_the_hub_bus_alone(
    aws: LocalAws, hub: dict[str, str], service: str, stack: Any, region: str
) -> None:
    parameters = {
        "HubAccountId": HUB,
        "HubVpcId": "vpc-0aaaaaaaaaaaaaaaa",
        "HubBusArn": hub["HubBusArn"],
        "HomeRegion": region,
        "OrganizationId": aws.organization_id,
        "ExternalId": "shared-word",
    }
    rules = forwarding_stack.deploy(aws.endpoints["moto"], service, region, stack, parameters)
    assert rules
    for rule in rules:
        assert may_put_events(rule.role, hub["HubBusArn"], service)
        assert not may_put_events(rule.role, f"arn:aws:events:{REGION}:{HUB}:event-bus/default", service)
