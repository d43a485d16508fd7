"""What is told of a function whose process has died.

AWS behaviour ("Troubleshoot invocation issues in Lambda", "Configure Lambda function memory", AWS Lambda Developer
Guide, and its log lines): the error type is Runtime.ExitError, and the message says how: `RequestId: … Error: Runtime
exited with error: signal: killed` or `… exit status 1`; `Runtime exited without providing a reason` where it ended
well. ministack has the type, and words of its own.
"""

import signal
import weakref
from typing import Any

from ministack.core.lambda_runtime import ProvidedWorker


def add_to_ministack() -> None:
    ministack_invokes, ministack_tears_down = ProvidedWorker.invoke, ProvidedWorker._teardown
    # By the time that `invoke` answers, ministack has forgotten the process; a cold one it had not started before.
    last: weakref.WeakKeyDictionary[Any, Any] = weakref.WeakKeyDictionary()

    def teardown(self: Any) -> None:
        if self._proc:
            last[self] = self._proc
        ministack_tears_down(self)

    def invoke(self: Any, event: Any, request_id: str, **options: Any) -> dict[str, Any]:
        result: dict[str, Any] = ministack_invokes(self, event, request_id, **options)
        payload = result.get("error_payload")
        if isinstance(payload, dict) and payload.get("errorType") == "Runtime.ExitError":
            process = self._proc or last.get(self)
            payload["errorMessage"] = f"RequestId: {request_id} Error: {how(process.returncode if process else None)}"
        return result

    ProvidedWorker._teardown, ProvidedWorker.invoke = teardown, invoke


def how(code: int | None) -> str:
    """`code` as subprocess has it: negative for a signal."""
    if not code:
        return "Runtime exited without providing a reason"
    return f"Runtime exited with error: {_signal(-code) if code < 0 else f'exit status {code}'}"


def _signal(number: int) -> str:
    """As Go prints it, in which Lambda is written."""
    return "signal: " + (signal.strsignal(number) or str(number)).lower()
