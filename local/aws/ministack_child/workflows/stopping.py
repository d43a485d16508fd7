"""StopExecution, and what runs while it is called.

AWS behaviour ("StopExecution", AWS Step Functions API Reference; "Restarting state machine executions with redrive",
"Run a Job (.sync)" in "Service integration patterns", Developer Guide): the execution is ABORTED at once and enters no
further state, in no branch either; it can be redriven. A function that it has invoked is not told and goes on to its
end; its answer counts for nothing. What a task with .sync waits for is stopped as well. ministack lets branches go on,
lets a failure that comes later make it FAILED, and lets the old thread take part in a redrive.
"""

import contextvars
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ministack.core.responses import request_scope
from ministack.services import stepfunctions as sfn

Execution = dict[str, Any]

_working_for: contextvars.ContextVar[Execution | None] = contextvars.ContextVar("working_for", default=None)
_under_way: dict[int, tuple[Execution, str]] = {}
"""Tasks that are being carried out: their execution and what they call."""

_lock = threading.Lock()


class Stopped(sfn._ExecutionError):  # type: ignore[misc]
    """Ends the thread of an execution that was stopped. Whoever catches it finds it stopped at its next step."""

    def __init__(self) -> None:
        super().__init__("States.Runtime", "the execution was stopped")


def add_to_ministack() -> None:
    ministack_executes, ministack_adds, ministack_fails = sfn._execute_task, sfn._add_event, sfn._fail_execution

    def execute(state: dict[str, Any], given: Any, execution: Execution, context: dict[str, Any]) -> Any:
        with _noted(execution, state.get("Resource", "")):
            return ministack_executes(state, given, execution, context)

    def add(execution: Execution, event: str, details: dict[str, Any] | None = None) -> None:
        if execution["status"] == "ABORTED" and event != "ExecutionAborted":
            raise Stopped
        ministack_adds(execution, event, details)

    def fail(execution: Execution, error: str, cause: str) -> None:
        if execution["status"] != "ABORTED":
            ministack_fails(execution, error, cause)

    sfn._execute_task, sfn._add_event, sfn._fail_execution = execute, add, fail


def working_for() -> Execution | None:
    """The execution whose task this thread carries out."""
    return _working_for.get()


def under_way() -> int:
    """How many tasks are being carried out, those of stopped executions included."""
    with _lock:
        return len(_under_way)


def stop(request: dict[str, Any]) -> dict[str, Any]:
    """Stop the execution that `function`, a logical id of the template, works for. Answers which."""
    of_function = re.compile(rf":function:[\w-]*\b{re.escape(request['function'])}\b")
    with _lock:
        arns = [
            execution["executionArn"]
            for execution, resource in _under_way.values()
            if of_function.search(resource) and execution["status"] == "RUNNING"
        ]
    for arn in arns[:1]:
        with request_scope(arn.split(":")[4], arn.split(":")[3]):
            sfn._stop_execution({"executionArn": arn})
    return {"stopped": arns[:1]}


@contextmanager
def _noted(execution: Execution, resource: str) -> Iterator[None]:
    key, token = id(object()), _working_for.set(execution)
    with _lock:
        while key in _under_way:
            key += 1
        _under_way[key] = (execution, resource)
    try:
        yield
    finally:
        _working_for.reset(token)
        with _lock:
            del _under_way[key]
