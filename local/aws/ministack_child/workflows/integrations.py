"""What a workflow calls itself, without a function: the log of it, and faults to order.

AWS behaviour ("Handling errors in Step Functions workflows", "Integrating optimized services with Step Functions", AWS
Step Functions Developer Guide): the error of such a task is the service's, with the service before it and `Exception`
behind it; no answer is `SdkClientException`; what the service's model does not know, such as throttling, has the name
of the SDK's base class (`StepFunctions.AWSStepFunctionsException`).
"""

import threading
from dataclasses import dataclass
from typing import Any

from ministack.services import stepfunctions as sfn

from local.aws.ministack_child.models import breaches_of_task
from local.aws.ministack_child.workflows.stopping import working_for

_ACTIONS = {
    "arn:aws:states:::sns:publish": ("sns:Publish", "SNS", "AmazonSNSException"),
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
        answer = ministack_invokes(resource, given)
        if fault and fault.kind == "lost":
            raise sfn._ExecutionError(
                f"{service}.SdkClientException", "Unable to execute HTTP request: the connection was closed"
            )
        if fault and fault.kind == "after":
            raise sfn._ExecutionError(f"{service}.{fault.error}", "As ordered from the local AWS.")
        return answer

    sfn._invoke_resource = invoke


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
