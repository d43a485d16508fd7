"""What is told of a function whose process has died.

AWS behaviour ("Troubleshoot invocation issues in Lambda", "Configure Lambda function memory", AWS Lambda Developer
Guide, and its log lines): the error type is Runtime.ExitError, and the message says how: `RequestId: … Error: Runtime
exited with error: signal: killed` or `… exit status 1`; `Runtime exited without providing a reason` where it ended
well. ministack has the type, and words of its own.
"""

import signal
from typing import Any

from ministack.core.lambda_runtime import ProvidedWorker


def add_to_ministack() -> None:
    ministack_invokes = ProvidedWorker.invoke

    def invoke(self: Any, event: Any, request_id: str, **options: Any) -> dict[str, Any]:
        process = self._proc
        result: dict[str, Any] = ministack_invokes(self, event, request_id, **options)
        payload = result.get("error_payload")
        if isinstance(payload, dict) and payload.get("errorType") == "Runtime.ExitError":
            payload["errorMessage"] = f"RequestId: {request_id} Error: {how(process.returncode if process else None)}"
        return result

    ProvidedWorker.invoke = invoke


def how(code: int | None) -> str:
    """`code` as subprocess has it: negative for a signal."""
    if not code:
        return "Runtime exited without providing a reason"
    return f"Runtime exited with error: {_signal(-code) if code < 0 else f'exit status {code}'}"


def _signal(number: int) -> str:
    """As Go prints it, in which Lambda is written."""
    return "signal: " + (signal.strsignal(number) or str(number)).lower()
