"""Starting an execution under a name that is used.

AWS behaviour ("StartExecution", AWS Step Functions API Reference): with the name and the input of an execution that is
running it succeeds, and answers what it answered before; with another input, or once that one has ended, it is
ExecutionAlreadyExists. In a workflow the error of a service has the service before it and `Exception` behind it
("Integrating optimized services with Step Functions", Developer Guide). ministack refuses every repeated name, and
gives the bare error.
"""

import json
from typing import Any

from ministack.services import stepfunctions as sfn

Request = dict[str, Any]


def add_to_ministack() -> None:
    ministack_starts, ministack_starts_nested = sfn._start_execution, sfn._invoke_nested_start_execution

    def start(request: Request) -> Any:
        answer = ministack_starts(request)
        running = next(
            (execution for execution in _named(request) if answer[0] >= 400 and _is_same(execution, request)), None
        )
        return (
            answer
            if running is None
            else sfn.json_response({"executionArn": running["executionArn"], "startDate": running["startDate"]})
        )

    def start_nested(resource: str, parameters: Request) -> Any:
        try:
            return ministack_starts_nested(resource, parameters)
        except sfn._ExecutionError as refused:
            raise sfn._ExecutionError(named(refused.error), refused.cause) from refused

    sfn._start_execution, sfn._invoke_nested_start_execution = start, start_nested


def named(error: str) -> str:
    """As a workflow sees it."""
    return error if error.startswith("States.") else f"StepFunctions.{error}Exception"


def _named(request: Request) -> list[dict[str, Any]]:
    return [
        execution
        for execution in list(sfn._executions.values())
        if request.get("name") == execution["name"] and request.get("stateMachineArn") == execution["stateMachineArn"]
    ]


def _is_same(execution: dict[str, Any], request: Request) -> bool:
    same_input: bool = json.loads(execution["input"]) == json.loads(request.get("input", "{}"))
    return execution["status"] == "RUNNING" and same_input
