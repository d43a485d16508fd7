"""The events of events/ that reach the hub bus from elsewhere, and the rules of stacks/ that send them there.

Patterns are as CloudFormation deploys them, matched as the rules of the local AWS match.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from local.aws.accounts import HUB
from local.aws.calls import trail
from local.aws.calls.routing import ForwardingRule, matches
from local.aws.local_aws import LocalAws
from local.aws.stacks import forwarding_stack
from local.demo import samples

Json = dict[str, Any]

HUBS_OWN = {"VpcEventFunction/acceptance", "VpcEventFunction/decision", "VpcEventFunction/own-request"}
"""The hub account makes these itself: they are on its own default bus, where the rules of template.yaml find them."""

FORWARDED = {
    name: json.loads(samples.event_of(name).read_text())
    for name in (
        *(
            name
            for name in samples.names()
            if samples.function_of(name) in ("AccountEventFunction", "VpcEventFunction")
        ),
        "rules/FailedCreations",
        "rules/FailedEnrolments",
    )
    if name not in HUBS_OWN
}


@pytest.fixture
def rules(aws: LocalAws, service: str) -> list[ForwardingRule]:
    """Those of both stacks, each in a Region where it is deployed."""
    parameters = {
        "HubAccountId": HUB,
        "HubVpcId": samples.HUB_VPC,
        "HubBusArn": f"arn:aws:events:eu-west-1:{HUB}:event-bus/peerway",
        "OrganizationId": "o-exampleorg1",
        "ExternalId": "shared-word",
        "HomeRegion": "eu-west-1",
    }
    stacks = {
        forwarding_stack.SERVICE_ACCOUNT: "eu-west-1",
        forwarding_stack.MANAGEMENT_ACCOUNT: trail.ORGANIZATIONS_REGION,
    }
    return [
        rule
        for stack, region in stacks.items()
        for rule in forwarding_stack.deploy(aws.endpoints["moto"], service, region, stack, parameters)
    ]


def forwarding(rules: list[ForwardingRule], event: Json) -> list[str]:
    return [rule.name for rule in rules if matches(rule.pattern, event)]


def test_every_event_of_another_account_is_forwarded_by_one_rule(rules: list[ForwardingRule]) -> None:
    found = {name: forwarding(rules, event) for name, event in FORWARDED.items()}
    assert {name: by for name, by in found.items() if len(by) != 1} == {}, (
        "mend the rule in stacks/, or the sample in events/"
    )


def test_an_event_of_the_hub_account_is_none_of_theirs(rules: list[ForwardingRule]) -> None:
    for name in HUBS_OWN:
        event = json.loads(samples.event_of(name).read_text())
        assert (event["account"], event["source"]) == (HUB, "aws.ec2")
        assert forwarding(rules, event) == []


def ways(pattern: Json) -> Iterator[Json]:
    """A pattern for each event name in each alternative of this one."""
    common = {key: value for key, value in pattern["detail"].items() if key != "$or"}
    for alternative in pattern["detail"].get("$or", [{}]):
        detail = common | alternative
        for name in detail["eventName"]:
            yield pattern | {"detail": detail | {"eventName": [name]}}


def test_every_event_name_in_a_pattern_has_a_sample(rules: list[ForwardingRule]) -> None:
    unmatched = [
        way["detail"]
        for rule in rules
        for way in ways(json.loads(rule.pattern))
        if not any(matches(json.dumps(way), event) for event in FORWARDED.values())
    ]
    assert unmatched == [], "add a sample to events/, or take the name out of the pattern"


def test_of_refused_calls_only_what_others_depend_upon_is_forwarded(rules: list[ForwardingRule]) -> None:
    held_up = json.loads(samples.event_of("VpcEventFunction/vpc-held-up").read_text())
    assert len(forwarding(rules, held_up)) == 1
    held_up["detail"]["errorCode"] = "Client.UnauthorizedOperation"
    assert forwarding(rules, held_up) == []


def test_what_peerway_says_to_a_team_on_its_vpc_is_not_forwarded(rules: list[ForwardingRule]) -> None:
    for sample, kept in (("tag-on", "CreateTags"), ("tag-off", "DeleteTags")):
        event = json.loads(samples.event_of(f"VpcEventFunction/{sample}").read_text())
        assert (event["detail"]["eventName"], len(forwarding(rules, event))) == (kept, 1)
        event["detail"]["requestParameters"]["tagSet"]["items"] = [{"key": "peerway:status", "value": "ending"}]
        assert forwarding(rules, event) == []
