"""Gets `sam local invoke` to work against a running rig.

`sam local invoke` passes only variables that the template declares, and the template that goes to AWS declares no
endpoints. So a copy of the built template holds the functions alone, with the rig's endpoints among their variables and
the rig's settings as the parameters' defaults.
"""

import json
import platform
from pathlib import Path
from typing import Any

from local.aws.accounts import HUB
from local.aws.clients import endpoints
from local.aws.permissions.session_token import token_for
from local.aws.stacks import cloudformation_yaml
from local.aws.stacks.hub_stack import STACK
from local.rig.client import RigClient
from local.rig.rig import BUILD

ARCHITECTURE = "arm64" if platform.machine() in ("arm64", "aarch64") else "x86_64"
FUNCTION = "AWS::Serverless::Function"


def write_template(rig: RigClient, address: str, path: Path) -> list[str]:
    """The names of the functions, in the template's order. `address`: where containers find the rig."""
    template = cloudformation_yaml.load(BUILD / "template.yaml")
    functions = {name: resource for name, resource in template["Resources"].items() if resource["Type"] == FUNCTION}
    roles = _roles(rig)
    for name, function in functions.items():
        properties = function["Properties"]
        # What needs other resources of the stack; none of it plays a part when a function is called directly.
        for beyond in ("Events", "Policies", "DeadLetterQueue", "EventInvokeConfig"):
            properties.pop(beyond, None)
        properties["CodeUri"] = str((BUILD / properties["CodeUri"]).resolve())
        variables = properties.setdefault("Environment", {}).setdefault("Variables", {})
        # As on AWS, the function's role makes its calls: service accounts let nobody else of the hub in.
        variables.update(
            _endpoints(rig, address), AWS_SDK_UA_APP_ID=name, AWS_SESSION_TOKEN=token_for(roles[f"{name}Role"], name)
        )
        _fill_in(variables, rig.rig["outputs"])
    globals_ = template["Globals"]["Function"]
    globals_.pop("LoggingConfig", None)
    template["Resources"] = functions
    template.pop("Outputs", None)
    # One invocation follows the other: with windows of a second none comes too early.
    for name, value in {**rig.rig["parameters"], "EventWindowSeconds": "1", "Architecture": ARCHITECTURE}.items():
        template["Parameters"][name]["Default"] = value
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(template, indent=1))
    return list(functions)


def _roles(rig: RigClient) -> dict[str, str]:
    """The ARNs of the stack's roles, by logical id."""
    resources = rig.boto("cloudformation", HUB).describe_stack_resources(StackName=STACK)["StackResources"]
    return {
        resource["LogicalResourceId"]: f"arn:aws:iam::{HUB}:role/{resource['PhysicalResourceId']}"
        for resource in resources
        if resource["ResourceType"] == "AWS::IAM::Role"
    }


def _endpoints(rig: RigClient, address: str) -> dict[str, str]:
    given = endpoints(**rig.rig["endpoints"])
    return {name: url.replace("127.0.0.1", address) for name, url in given.items()}


def _fill_in(variables: dict[str, Any], outputs: dict[str, str]) -> None:
    """References to other resources become what the rig's stack has there."""
    known = {
        "ConnectStateMachine": outputs["ConnectStateMachineArn"],
        "DisconnectStateMachine": outputs["DisconnectStateMachineArn"],
        "LookAtAccountStateMachine": outputs["LookAtAccountStateMachineArn"],
        "ReconcileStateMachine": outputs["ReconcileStateMachineArn"],
        "Notifications": outputs["NotificationsTopicArn"],
        "NatDocument": outputs["NatDocumentName"],
        "HubBus": outputs["HubBusName"],
        "VpcEvents": outputs["VpcEventsUrl"],
        "HubEvents": outputs["HubEventsUrl"],
        "UndeliveredEvents": outputs["UndeliveredEventsUrl"],
    }
    for name, value in variables.items():
        if isinstance(value, dict) and value.get("Ref") in known:
            variables[name] = known[value["Ref"]]


def invoke_command(function: str, template: Path, event: Path) -> list[str]:
    return [
        "sam",
        "local",
        "invoke",
        function,
        "--template-file",
        str(template),
        "--event",
        str(event),
        "--skip-pull-image",
    ]
