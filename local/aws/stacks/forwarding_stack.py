"""Deploys the stacks of stacks/ that forward events: moto's CloudFormation makes their roles and keeps their rules."""

from pathlib import Path
from typing import Any

import boto3

from local.aws.accounts import credentials
from local.aws.calls.routing import ForwardingRule
from local.aws.stacks import cloudformation_yaml

_STACKS = Path(__file__).parents[3] / "stacks"
SERVICE_ACCOUNT = _STACKS / "service-account.yaml"
MANAGEMENT_ACCOUNT = _STACKS / "management-account.yaml"


def deploy(moto: str, account: str, region: str, template: Path, parameters: dict[str, str]) -> list[ForwardingRule]:
    """The forwarding rules of the account's default bus in the Region afterwards. Of `parameters`,
    those that the template has.
    """
    known = cloudformation_yaml.load(template)["Parameters"]
    _client(moto, account, region, "cloudformation").create_stack(
        StackName=f"peerway-{template.stem}",
        TemplateBody=template.read_text(),
        Capabilities=["CAPABILITY_NAMED_IAM"],
        Parameters=[
            {"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items() if key in known
        ],
    )
    events = _client(moto, account, region, "events")
    return [
        ForwardingRule(rule["Name"], rule["EventPattern"], target["Arn"], target.get("RoleArn"))
        for rule in events.list_rules()["Rules"]
        if rule["State"].startswith("ENABLED") and "EventPattern" in rule
        for target in events.list_targets_by_rule(Rule=rule["Name"])["Targets"]
    ]


def delete(moto: str, account: str, region: str, template: Path) -> None:
    """The stack of this template, if it is there."""
    _client(moto, account, region, "cloudformation").delete_stack(StackName=f"peerway-{template.stem}")


def _client(moto: str, account: str, region: str, service: str) -> Any:
    keys = credentials(account)
    return boto3.client(
        service,
        endpoint_url=moto,
        region_name=region,
        aws_access_key_id=keys["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=keys["AWS_SECRET_ACCESS_KEY"],
    )
