"""What deploying the stacks does on AWS that it does not do here."""

from pathlib import Path
from typing import Any

from prove.registry import Later, assumption
from prove.stage import Stage
from prove.target import HUB, MANAGEMENT
from prove.verdict import CouldNotBeTried, DoesNotHold, Holds, Verdict
from prove.waiting import until

DOCUMENT = Path(__file__).resolve().parents[2] / "vpn" / "document.yaml"


@assumption("nat-document-is-included")
def nat_document(stage: Stage) -> Verdict:
    name = stage.network.outputs["NatDocumentName"]
    there = stage.target.client(HUB, "ssm").get_document(Name=name)
    words = [
        line.strip() for line in DOCUMENT.read_text().splitlines() if line.strip() and not line.strip().startswith("#")
    ]
    # Written anew on its way through CloudFormation, as YAML or JSON: its longest line of script is in it all the same.
    longest = max((word for word in words if '"' not in word and "\\" not in word and "'" not in word), key=len)
    seen = f"{name} has {len(there['Content'])} characters, version {there['DocumentVersion']}"
    if "AWS::Include" in there["Content"] or longest not in there["Content"]:
        return DoesNotHold(f"{seen}, and not the script of vpn/document.yaml")
    return Holds(f"{seen}, with the script of vpn/document.yaml")


@assumption("agent-hands-values-over-as-variables")
def env_var(stage: Stage) -> Later:
    """The script refuses to run without the variables, so a run that succeeded has got them."""
    yield
    ssm, name = stage.target.client(HUB, "ssm"), stage.network.outputs["NatDocumentName"]
    pages = ssm.list_command_invocations(InstanceId=stage.network.vpn_instance, Details=True)
    ours = [each for each in pages["CommandInvocations"] if each["DocumentName"].endswith(name)]
    done = [each for each in ours if each["Status"] == "Success"]
    if not ours:
        return CouldNotBeTried(f"{name} was never sent to {stage.network.vpn_instance}")
    failed = [each for each in ours if each["Status"] == "Failed"]
    said = " ".join(plugin.get("Output", "") for each in failed for plugin in each.get("CommandPlugins", []))[-300:]
    if not done:
        return DoesNotHold(
            f"none of {len(ours)} commands succeeded on {stage.network.vpn_instance}: "
            f"{said or ours[0]['StatusDetails']}"
        )
    return Holds(f"{len(done)} of {len(ours)} commands with {name} succeeded on {stage.network.vpn_instance}")


@assumption("a-changed-parameter-is-a-changed-function")
def changed_parameter(stage: Stage) -> Verdict:
    before = _settings(stage)
    if not before:
        return CouldNotBeTried("the hub stack has no function")
    what = stage.target.change_parameter()
    after = _settings(stage)
    same = [function for function in before if after.get(function) == before[function]]
    if same:
        return DoesNotHold(f"{what}: {len(same)} of {len(before)} functions are as they were: {', '.join(same)}")
    return Holds(f"{what}: each of {len(before)} functions has the new value")


@assumption("stack-set-reaches-its-unit")
def stack_set(stage: Stage) -> Verdict:
    target, name = stage.target, f"{stage.target.run}-set"
    cloudformation = target.client(MANAGEMENT, "cloudformation")
    with stage.journal.making("stack-set", MANAGEMENT, target.region, name) as made:
        made.id = name
        cloudformation.create_stack_set(
            StackSetName=name,
            PermissionModel="SERVICE_MANAGED",
            AutoDeployment={"Enabled": True, "RetainStacksOnAccountRemoval": False},
            Tags=stage.make.tags(),
            **target.service_stack(name),
        )
    operation = cloudformation.create_stack_instances(
        StackSetName=name, DeploymentTargets={"OrganizationalUnitIds": [target.unit]}, Regions=[target.region]
    )["OperationId"]

    def ended() -> str | None:
        asked = cloudformation.describe_stack_set_operation(StackSetName=name, OperationId=operation)
        status = asked["StackSetOperation"]["Status"]
        return str(status) if status in ("SUCCEEDED", "FAILED", "STOPPED") else None

    status = until("end of the operation", ended, target.patience.stack, target.patience.poll)
    instances = cloudformation.list_stack_instances(StackSetName=name)["Summaries"]
    seen = f"the operation on {target.unit} {status}, {len(instances)} instances: " + ", ".join(
        f"{each['Account']} {each['Status']} {each.get('StatusReason', '')}".strip() for each in instances
    )
    return Holds(seen) if status == "SUCCEEDED" and instances else DoesNotHold(seen)


def _resources(stage: Stage, kind: str) -> list[str]:
    pages = (
        stage.target.client(HUB, "cloudformation")
        .get_paginator("list_stack_resources")
        .paginate(StackName=stage.target.run)
    )
    return [
        each["PhysicalResourceId"]
        for page in pages
        for each in page["StackResourceSummaries"]
        if each["ResourceType"] == kind
    ]


def _settings(stage: Stage) -> dict[str, Any]:
    """The environment of what an invocation without a qualifier runs."""
    lambda_ = stage.target.client(HUB, "lambda")
    return {
        function: lambda_.get_function_configuration(FunctionName=function)["Environment"]["Variables"]
        for function in _resources(stage, "AWS::Lambda::Function")
    }
