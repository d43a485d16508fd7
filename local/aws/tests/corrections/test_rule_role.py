import json

import boto3
import pytest

from local.aws.accounts import HUB, REGION
from local.aws.local_aws import LocalAws
from local.aws.stacks import forwarding_stack
from local.aws.tests.conftest import refused

BUS = f"arn:aws:events:{REGION}:{HUB}:event-bus/peerway"


@pytest.mark.parametrize(
    ("trusted", "taken"), [("events.amazonaws.com", True), ("lambda.amazonaws.com", False), (None, False)]
)
def test_a_target_has_a_role_that_eventbridge_can_assume(
    aws: LocalAws, service: str, trusted: str | None, taken: bool
) -> None:
    if trusted:
        trust = {
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", "Principal": {"Service": trusted}, "Action": "sts:AssumeRole"}],
        }
        aws.client("iam", service).create_role(RoleName="to-the-hub", AssumeRolePolicyDocument=json.dumps(trust))
    events = boto3.client(
        "events",
        endpoint_url=aws.endpoints["moto"],
        region_name=REGION,
        aws_access_key_id=service,
        aws_secret_access_key="x",
    )
    events.put_rule(Name="x", EventPattern=json.dumps({"source": ["aws.ec2"]}))
    target = {"Id": "hub", "Arn": BUS, "RoleArn": f"arn:aws:iam::{service}:role/to-the-hub"}
    if taken:
        events.put_targets(Rule="x", Targets=[target])
    else:
        with refused("ValidationException"):
            events.put_targets(Rule="x", Targets=[target])


def test_a_new_account_gets_role_and_rules_in_any_order_of_regions(
    aws: LocalAws, hub: dict[str, str], service: str
) -> None:
    """Auto-deployment of a StackSet keeps none ("CreateStackSet", AWS CloudFormation API Reference: operation
    preferences are of the operation).
    """
    parameters = {
        "HubAccountId": HUB,
        "HubVpcId": "vpc-0aaaaaaaaaaaaaaaa",
        "HubBusArn": hub["HubBusArn"],
        "HomeRegion": REGION,
        "OrganizationId": aws.organization_id,
        "ExternalId": "shared-word",
    }
    for region in ("eu-central-1", REGION):
        assert forwarding_stack.deploy(
            aws.endpoints["moto"], service, region, forwarding_stack.SERVICE_ACCOUNT, parameters
        )
    roles = [role["RoleName"] for role in aws.client("iam", service).list_roles()["Roles"]]
    assert "peerway-service" in roles
    assert len([name for name in roles if "ForwardRole" in name]) == 2
