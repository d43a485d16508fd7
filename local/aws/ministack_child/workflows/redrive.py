"""RedriveExecution, which ministack does not have.

AWS behaviour ("RedriveExecution", AWS Step Functions API Reference; "Restarting state machine executions with redrive",
"Accessing execution data from the Context object", Developer Guide): a failed execution of a Standard workflow goes on
from the state that failed, with the input that state had, under the same ARN and the same definition and execution
input; the history goes on with ExecutionRedriven; RedriveCount in the Context object and in DescribeExecution is
raised; retry counts begin anew. A running or successful one is ExecutionNotRedrivable. Not as on AWS: a Parallel state
is run again with all of its branches, not only with those that failed.
"""

import contextvars
import json
import threading
from typing import Any

from ministack.core.responses import error_response_json, json_response, now_iso
from ministack.services import stepfunctions as sfn

_redriven_definition: contextvars.ContextVar[str | None] = contextvars.ContextVar("redriven_definition", default=None)
"""Set in the thread of a redriven execution only: the definition it runs."""


def add_to_ministack() -> None:
    _serve_the_action()
    _run_the_redriven_definition()
    _keep_it_from_what_it_starts()
    _put_redrive_count_into_the_context_object()
    _tell_the_redrive_count()


def redrive(request: dict[str, Any]) -> Any:
    execution = sfn._executions.get(request.get("executionArn"))
    if execution is None:
        return error_response_json("ExecutionDoesNotExist", f"Execution {request.get('executionArn')} not found", 400)
    if execution["status"] not in ("FAILED", "ABORTED", "TIMED_OUT"):
        return error_response_json(
            "ExecutionNotRedrivable", f"Execution is {execution['status']} and cannot be redriven", 400
        )
    definition = json.loads(sfn._state_machines[execution["stateMachineArn"]]["definition"])
    definition = _starting_at(definition, *last_entered(definition, execution))
    # A record of its own: the thread of a stopped execution still has the old one, and may be in the middle of a task.
    execution = sfn._executions[request["executionArn"]] = {**execution, "events": list(execution["events"])}
    execution["redriveCount"] = execution.get("redriveCount", 0) + 1
    execution["redriveDate"] = now_iso()
    execution.update(status="RUNNING", stopDate=None, output=None)
    execution.pop("error", None), execution.pop("cause", None)
    sfn._add_event(
        execution, "ExecutionRedriven", {"executionRedrivenEventDetails": {"redriveCount": execution["redriveCount"]}}
    )
    sfn._emit_execution_status_event(execution)
    context = contextvars.copy_context()
    context.run(_redriven_definition.set, json.dumps(definition))
    threading.Thread(target=context.run, args=(sfn._run_execution, execution["executionArn"]), daemon=True).start()
    return json_response({"redriveDate": execution["redriveDate"]})


def last_entered(definition: dict[str, Any], execution: dict[str, Any]) -> tuple[str, Any]:
    """The state that failed and its input; the first one, where it was stopped before it had entered any. States inside
    a Parallel are not in ministack's history, and need not be.
    """
    entered = [
        event["stateEnteredEventDetails"] for event in execution["events"] if "stateEnteredEventDetails" in event
    ]
    last = next(
        (details for details in reversed(entered) if details["name"] in definition["States"]),
        {"name": definition["StartAt"], "input": execution["input"]},
    )
    return last["name"], json.loads(last["input"])


def _starting_at(definition: dict[str, Any], state: str, state_input: Any) -> dict[str, Any]:
    """A Pass state hands the recorded input over; so $$.Execution.Input stays the execution's."""
    entry = f"Redrive from {state}"
    states = definition["States"] | {
        entry: {"Type": "Pass", "QueryLanguage": "JSONPath", "Result": state_input, "Next": state}
    }
    return definition | {"StartAt": entry, "States": states}


def _serve_the_action() -> None:
    ministack_handles = sfn.handle_request

    async def handle_request(method: str, path: str, headers: dict[str, str], body: bytes, query: Any) -> Any:
        if headers.get("x-amz-target", "").endswith(".RedriveExecution"):
            return sfn._finalize_response(redrive(json.loads(body)))
        return await ministack_handles(method, path, headers, body, query)

    sfn.handle_request = handle_request


def _run_the_redriven_definition() -> None:
    """ministack reads a machine's definition from its store when the execution begins to run."""
    store = type(sfn._state_machines)

    class StoreWithRedrives(store):  # type: ignore[misc,valid-type]
        __slots__ = ()

        def get(self, arn: str, default: Any = None) -> Any:
            machine, definition = super().get(arn, default), _redriven_definition.get()
            return machine if machine is None or definition is None else {**machine, "definition": definition}

    sfn._state_machines.__class__ = StoreWithRedrives


def _keep_it_from_what_it_starts() -> None:
    """A nested execution runs in a copy of its parent's context."""
    ministack_starts = sfn._start_execution

    def start(request: dict[str, Any]) -> Any:
        token = _redriven_definition.set(None)
        try:
            return ministack_starts(request)
        finally:
            _redriven_definition.reset(token)

    sfn._start_execution = start


def _put_redrive_count_into_the_context_object() -> None:
    ministack_resolves = sfn._resolve_ctx_path

    def resolve(path: str, context: dict[str, Any]) -> Any:
        execution = context.get("Execution", {})
        if "Id" in execution and "RedriveCount" not in execution:
            execution["RedriveCount"] = (sfn._executions.get(execution["Id"]) or {}).get("redriveCount", 0)
        return ministack_resolves(path, context)

    sfn._resolve_ctx_path = resolve


def _tell_the_redrive_count() -> None:
    ministack_describes = sfn._describe_execution

    def describe(request: dict[str, Any]) -> Any:
        status, headers, body = ministack_describes(request)
        execution = sfn._executions.get(request.get("executionArn"))
        if execution is None:
            return status, headers, body
        redrivable = execution["status"] in ("FAILED", "ABORTED", "TIMED_OUT")
        return json_response(
            json.loads(body)
            | {
                "redriveCount": execution.get("redriveCount", 0),
                "redriveStatus": "REDRIVABLE" if redrivable else "NOT_REDRIVABLE",
            }
            | ({"redriveDate": execution["redriveDate"]} if "redriveDate" in execution else {})
        )

    sfn._describe_execution = describe
