"""A task that starts another workflow and waits for its end (`states:startExecution.sync:2`).

AWS behaviour ("Start a new AWS Step Functions state machine from a running execution", "Service integration patterns",
AWS Step Functions Developer Guide; "StartExecution", API Reference): it is a StartExecution like any other, so a used
name is refused, the nested execution tells of its own changes of status, and it can be redriven; where it does not
succeed, the task's error is States.TaskFailed and its cause what DescribeExecution says; a task that is stopped stops
it. ministack runs it as an Express workflow: a used name is written over, and no event tells how it ended.
"""

import json
import time
from typing import Any

from ministack.services import stepfunctions as sfn

from local.aws.ministack_child.workflows.execution_names import named
from local.aws.ministack_child.workflows.stopping import Stopped, working_for

_LOOK_AGAIN = 0.02


def add_to_ministack() -> None:
    sfn._invoke_nested_start_execution_sync = _start_and_wait


def _start_and_wait(resource: str, parameters: dict[str, Any]) -> dict[str, Any]:
    status, _, body = sfn._start_execution(sfn._nested_start_execution_request(parameters))
    answer = json.loads(body)
    if status >= 400:
        raise sfn._ExecutionError(named(answer["__type"]), answer.get("message", ""))
    nested = _ended(answer["executionArn"])
    described = _described(nested, as_json=resource.endswith(".sync:2"))
    if nested["status"] != "SUCCEEDED":
        raise sfn._ExecutionError("States.TaskFailed", json.dumps(described))
    return described


def _ended(arn: str) -> dict[str, Any]:
    while True:
        nested, parent = sfn._executions[arn], working_for()
        if nested["status"] != "RUNNING":
            return dict(nested)
        if parent is not None and parent["status"] == "ABORTED":
            sfn._stop_execution({"executionArn": arn})
            raise Stopped
        time.sleep(_LOOK_AGAIN)


def _described(nested: dict[str, Any], as_json: bool) -> dict[str, Any]:
    output = nested.get("output")
    described = {
        "ExecutionArn": nested["executionArn"],
        "StateMachineArn": nested["stateMachineArn"],
        "Name": nested["name"],
        "Status": nested["status"],
        "StartDate": nested["startDate"],
        "StopDate": nested["stopDate"],
        "Input": nested["input"],
        "InputDetails": {"Included": True},
    }
    if nested["status"] == "SUCCEEDED":
        return described | {
            "Output": json.loads(output) if as_json and output else output,
            "OutputDetails": {"Included": True},
        }
    return described | {"Error": nested.get("error"), "Cause": nested.get("cause")}
