"""Deploys stacks/service-account.yaml into a service account: moto's CloudFormation makes the role and keeps the rules."""

from pathlib import Path
from typing import Any

import boto3

from local.aws.accounts import REGION, credentials
from local.aws.routing import ForwardingRule

TEMPLATE = Path(__file__).parents[2] / "stacks" / "service-account.yaml"
STACK = "peerway-service-account"


def deploy(moto: str, account: str, parameters: dict[str, str], template: Path = TEMPLATE) -> list[ForwardingRule]:
    """The forwarding rules of the account's default bus afterwards."""
    _client(moto, account, "cloudformation").create_stack(
        StackName=STACK, TemplateBody=template.read_text(), Capabilities=["CAPABILITY_NAMED_IAM"],
        Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()])
    events = _client(moto, account, "events")
    return [ForwardingRule(rule["Name"], rule["EventPattern"], target["Arn"])
            for rule in events.list_rules()["Rules"]
            if rule["State"].startswith("ENABLED") and "EventPattern" in rule
            for target in events.list_targets_by_rule(Rule=rule["Name"])["Targets"]]


def _client(moto: str, account: str, service: str) -> Any:
    keys = credentials(account)
    return boto3.client(service, endpoint_url=moto, region_name=REGION,
                        aws_access_key_id=keys["AWS_ACCESS_KEY_ID"], aws_secret_access_key=keys["AWS_SECRET_ACCESS_KEY"])
