"""What a workflow calls itself, without a function: the log of it, and faults to order.

AWS behaviour ("Handling errors in Step Functions workflows", "Integrating optimized services with Step Functions", AWS
Step Functions Developer Guide): the error of such a task is the service's, with the service before it and `Exception`
behind it; no answer is `SdkClientException`; what the service's model does not know, such as throttling, has the name
of the SDK's base class (`StepFunctions.AWSStepFunctionsException`).

PutEvents ("Add EventBridge events with Step Functions", same guide): the ARNs of execution and state machine are
appended to each entry's Resources; an answer with a FailedEntryCount fails the task with EventBridge.FailedEntry. A
Detail may be any JSON, and is sent as text. An integration of the AWS SDK with EC2 goes where EC2 is: to moto.
"""

import json
import os
import threading
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.exceptions import ClientError
from ministack.core.responses import get_account_id, get_region
from ministack.services import stepfunctions as sfn

from local.aws.ministack_child.models import breaches_of_task
from local.aws.ministack_child.workflows.stopping import working_for

_DESCRIBE_PEERINGS = "arn:aws:states:::aws-sdk:ec2:describeVpcPeeringConnections"

_ACTIONS = {
    "arn:aws:states:::sns:publish": ("sns:Publish", "SNS", "AmazonSNSException"),
    "arn:aws:states:::events:putEvents": ("events:PutEvents", "EventBridge", "AmazonEventBridgeException"),
    _DESCRIBE_PEERINGS: ("ec2:DescribeVpcPeeringConnections", "Ec2", "Ec2Exception"),
    "arn:aws:states:::states:startExecution": ("states:StartExecution", "StepFunctions", "AWSStepFunctionsException"),
}
"""Resource, up to its pattern -> action, the service in errors, the base class of its errors."""


@dataclass
class Fault:
    """`kind` as in local/aws/calls/faults.py. There is no process to kill."""

    action: str
    machine: str
    """Name of the state machine that calls."""

    kind: str
    error: str = "InternalErrorException"
    times: int = 1
    skip: int = 0


_faults: list[Fault] = []
_struck = 0
_calls: list[dict[str, Any]] = []
_lock = threading.Lock()


def add_to_ministack() -> None:
    ministack_invokes = sfn._invoke_resource

    def invoke(resource: str, given: Any) -> Any:
        known = next((known for prefix, known in _ACTIONS.items() if resource.startswith(prefix)), None)
        execution = working_for()
        if known is None or execution is None:
            return ministack_invokes(resource, given)
        action, service, base = known
        if action == "events:PutEvents":
            given = _as_put(given, execution)
        wrong = breaches_of_task(action, given)
        if wrong:
            raise sfn._ExecutionError(f"{service}.{base}", f"{'; '.join(wrong)} (Error Code: ValidationException)")
        fault = _noted(action, execution)
        if fault and fault.kind == "throttle":
            raise sfn._ExecutionError(
                f"{service}.{base}", "Rate exceeded (Error Code: ThrottlingException), as ordered"
            )
        if fault and fault.kind == "before":
            raise sfn._ExecutionError(f"{service}.{fault.error}", "As ordered from the local AWS.")
        if fault and fault.kind == "stopped":
            sfn._stop_execution({"executionArn": execution["executionArn"]})
        answer = _described(given) if resource == _DESCRIBE_PEERINGS else ministack_invokes(resource, given)
        if action == "events:PutEvents" and answer["FailedEntryCount"]:
            raise sfn._ExecutionError("EventBridge.FailedEntry", json.dumps(answer["Entries"]))
        if fault and fault.kind == "lost":
            raise sfn._ExecutionError(
                f"{service}.SdkClientException", "Unable to execute HTTP request: the connection was closed"
            )
        if fault and fault.kind == "after":
            raise sfn._ExecutionError(f"{service}.{fault.error}", "As ordered from the local AWS.")
        return answer

    sfn._invoke_resource = invoke


def _as_put(given: dict[str, Any], execution: dict[str, Any]) -> dict[str, Any]:
    own = [execution["executionArn"], execution["stateMachineArn"]]
    return given | {
        "Entries": [
            entry
            | {"Resources": [*entry.get("Resources", []), *own]}
            | ({} if isinstance(entry["Detail"], str) else {"Detail": json.dumps(entry["Detail"])})
            for entry in given["Entries"]
        ]
    }


def _described(given: dict[str, Any]) -> dict[str, Any]:
    ec2 = boto3.client(
        "ec2",
        endpoint_url=os.environ["AWS_ENDPOINT_URL_EC2"],
        region_name=get_region(),
        aws_access_key_id=get_account_id(),
        aws_secret_access_key="local",
    )
    try:
        found = ec2.describe_vpc_peering_connections(**given)
    except ClientError as e:
        raise sfn._ExecutionError(f"Ec2.{e.response['Error']['Code']}", str(e)) from None
    return {"VpcPeeringConnections": json.loads(json.dumps(found["VpcPeeringConnections"], default=str))}


def order(request: dict[str, Any]) -> dict[str, Any]:
    """These `faults`, and no others any more. Answers how many have happened so far, in all."""
    with _lock:
        if "faults" in request:
            _faults[:] = [Fault(**fault) for fault in request["faults"]]
        return {"struck": _struck}


def log(request: dict[str, Any]) -> dict[str, Any]:
    """Calls after number `since`."""
    with _lock:
        return {"calls": _calls[request.get("since", 0) :], "last": len(_calls)}


def _noted(action: str, execution: dict[str, Any]) -> Fault | None:
    global _struck
    machine = execution["stateMachineArn"].split(":")[-1]
    with _lock:
        _calls.append({"action": action, "machine": machine, "execution": execution["executionArn"]})
        for fault in _faults:
            if fault.times > 0 and (fault.action, fault.machine) == (action, machine):
                if fault.skip > 0:
                    fault.skip -= 1
                    continue
                fault.times -= 1
                _struck += 1
                return fault
    return None
