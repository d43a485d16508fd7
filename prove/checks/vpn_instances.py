"""What becomes of instances, as Run Command and EC2 show it. They use one spare instance, which the last check ends."""

from datetime import UTC, datetime, timedelta

from prove.registry import Later, assumption
from prove.stage import Stage
from prove.target import HUB
from prove.verdict import DoesNotHold, Holds, Verdict
from prove.waiting import NotInTime, until

_DELIVERY_SECONDS = 30
"""The least that SendCommand takes. The node has that and the document's own time-out ("SendCommand",
Systems Manager API reference).
"""
_DOCUMENT_SECONDS = 120


@assumption("commands-by-document")
def commands_by_document(stage: Stage) -> Verdict:
    ssm, document = stage.target.client(HUB, "ssm"), stage.network.outputs["NatDocumentName"]
    since = datetime.now(UTC) - timedelta(minutes=2)
    command = ssm.send_command(
        DocumentName=document,
        Parameters={
            "Services": ["none"],
            "Clients": ["100.64.250.0/24"],
            "Generation": ["1000000000000"],
            "Mode": ["report"],
        },
        Targets=[{"Key": "tag:Name", "Values": [f"{stage.target.run}-spare"]}],
        TimeoutSeconds=_DELIVERY_SECONDS,
    )["Command"]["CommandId"]
    filters = [
        {"key": "DocumentName", "value": document},
        {"key": "InvokedAfter", "value": since.strftime("%Y-%m-%dT%H:%M:%SZ")},
    ]
    listed = [each["CommandId"] for each in ssm.list_commands(Filters=filters)["Commands"]]
    seen = f"ListCommands of {document}, right after {command} was sent: {', '.join(listed) or 'none'}"
    return Holds(seen) if command in listed else DoesNotHold(seen)


@assumption("stopped-instance-is-delayed")
def stopped_instance(stage: Stage) -> Later:
    ec2, ssm, id = stage.ec2(HUB), stage.target.client(HUB, "ssm"), stage.spare
    ec2.stop_instances(InstanceIds=[id])
    _wait(stage, id, "stopped")
    parameters = {
        "Services": ["none"],
        "Clients": ["100.64.250.0/24"],
        "Generation": ["1000000000000"],
        "Mode": ["report"],
    }
    command = ssm.send_command(
        DocumentName=stage.network.outputs["NatDocumentName"],
        Parameters=parameters,
        Targets=[
            {"Key": "tag:Name", "Values": [f"{stage.target.run}-spare"]}
        ],  # as Peerway asks: by tag, whoever carries it
        TimeoutSeconds=_DELIVERY_SECONDS,
    )["Command"]["CommandId"]
    seen: list[str] = []

    def look() -> str:
        for each in ssm.list_command_invocations(CommandId=command, InstanceId=id, Details=True)["CommandInvocations"]:
            now = f"{each['Status']}/{each['StatusDetails']}"
            if now not in seen:
                seen.append(now)
        return seen[-1] if seen else ""

    try:
        until(
            "invocation", lambda: look().startswith("Delayed"), stage.target.patience.call, stage.target.patience.poll
        )
    except NotInTime:
        return DoesNotHold(f"Run Command to {id}, which is stopped: {', '.join(seen) or 'not listed'}")
    yield
    patience = _DELIVERY_SECONDS + _DOCUMENT_SECONDS + stage.target.patience.call
    try:
        until("end of the command", lambda: look().endswith("DeliveryTimedOut"), patience, stage.target.patience.poll)
    except NotInTime:
        return DoesNotHold(f"Run Command to {id}, which is stopped: {', '.join(seen)}")
    return Holds(f"Run Command to {id}, which is stopped: {', then '.join(seen)}")


@assumption("terminated-instance-keeps-tags")
def terminated_instance(stage: Stage) -> Later:
    yield
    ec2, id = stage.ec2(HUB), stage.spare
    ec2.terminate_instances(InstanceIds=[id])
    _wait(stage, id, "terminated")
    found = ec2.describe_instances(InstanceIds=[id])["Reservations"][0]["Instances"][0]
    tags = {tag["Key"]: tag["Value"] for tag in found.get("Tags", [])}
    seen = f"{id} is terminated, and has the tags {', '.join(sorted(tags)) or '(none)'}"
    return Holds(seen) if "Name" in tags else DoesNotHold(seen)


def _state(stage: Stage, id: str) -> str:
    found = stage.ec2(HUB).describe_instances(InstanceIds=[id])
    return str(found["Reservations"][0]["Instances"][0]["State"]["Name"])


def _wait(stage: Stage, id: str, state: str) -> None:
    patience = stage.target.patience
    until(f"{id} that is {state}", lambda: _state(stage, id) == state, patience.workflow, patience.poll)
