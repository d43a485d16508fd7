"""How many invocations there are at once, in the whole account.

AWS behaviour ("Lambda quotas", AWS Lambda Developer Guide): an account has a limit, which is 10 for a new one. Beyond
it an invocation is refused; a workflow is told Lambda.TooManyRequestsException and tries again as its Retry says
("Handle transient Lambda service exceptions", AWS Step Functions Developer Guide), while an event waits in Lambda's own
queue, and a batch with its poller ("Understanding retry behavior in Lambda"). ministack refuses all of them alike, and
tells a workflow Lambda.Unknown.

Without a limit, 65 executions that begin at once start as many JVMs, and none of them is ready before its time is up.
"""

import contextvars
import os
import threading
from typing import Any

from ministack.services import lambda_svc, stepfunctions

MOST = int(os.environ.get("PEERWAY_CONCURRENCY", "10"))

_of_workflow = contextvars.ContextVar("of_workflow", default=False)


def add_to_ministack() -> None:
    lambda_svc._ACCOUNT_CONCURRENCY_CAP = MOST
    free = threading.Condition()
    ministack_acquires, ministack_releases = lambda_svc._acquire_execution_slot, lambda_svc._release_execution_slot

    def acquire(*arguments: Any) -> Any:
        with free:
            while True:
                slot, limit = ministack_acquires(*arguments)
                if slot is not None or _of_workflow.get():
                    return slot, limit
                free.wait()

    def release(slot: Any) -> None:
        with free:
            ministack_releases(slot)
            free.notify_all()

    lambda_svc._acquire_execution_slot, lambda_svc._release_execution_slot = acquire, release
    stepfunctions._call_lambda = _told(stepfunctions._call_lambda)


def _told(ministack_calls: Any) -> Any:
    def call(function: str, event: Any) -> Any:
        mark = _of_workflow.set(True)
        try:
            return ministack_calls(function, event)
        except stepfunctions._ExecutionError as failure:
            if "TooManyRequestsException" in str(failure.cause) and failure.error == "Lambda.Unknown":
                raise stepfunctions._ExecutionError("Lambda.TooManyRequestsException", failure.cause) from None
            raise
        finally:
            _of_workflow.reset(mark)

    return call
