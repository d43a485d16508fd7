"""Invocations of a function's process, as Lambda's runtime API makes it ("Using the Lambda runtime API for custom
runtimes", AWS Lambda Developer Guide): the process asks for the next event, and posts its answer.
"""

import signal
import subprocess
import threading
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

_VERSION = "/2018-06-01/runtime"


@dataclass(frozen=True)
class Answer:
    body: bytes
    failed: bool
    seconds: float
    """From the start of the process to its first answer; of a later one, from when it was given the event."""


def invoke(folder: Path, handler: str, event: bytes, environment: dict[str, str], timeout: float = 60) -> Answer:
    """The answer of `folder`'s bootstrap to this event; the process ends in peace afterwards."""
    (answer,) = invoke_each(folder, handler, [event], environment, timeout)
    return answer


def invoke_each(
    folder: Path, handler: str, events: list[bytes], environment: dict[str, str], timeout: float = 60
) -> list[Answer]:
    """The answers of one process to these events, one after the other."""
    api = _Api(events)
    began = time.monotonic()
    process = subprocess.Popen(
        [str(folder / "bootstrap")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={
            "PATH": "/usr/bin:/bin",
            "LAMBDA_TASK_ROOT": str(folder),
            "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{api.server_port}",
            "_HANDLER": handler,
            "AWS_LAMBDA_FUNCTION_NAME": handler,
            "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1024",
            "AWS_LAMBDA_LOG_GROUP_NAME": "x",
            "AWS_LAMBDA_LOG_STREAM_NAME": "x",
        }
        | environment,
    )
    try:
        if not api.answered.wait(timeout):
            raise TimeoutError(f"{handler} did not answer in {timeout} s")
        beginnings = [began, *api.given[1:]]
        return [
            Answer(body, failed, at - since) for (body, failed, at), since in zip(api.answers, beginnings, strict=True)
        ]
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        api.close()


class _Api(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, events: list[bytes]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.events, self.given = list(events), list[float]()
        self.answered, self._over = threading.Event(), threading.Event()
        self.answers: list[tuple[bytes, bool, float]] = []
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def next(self) -> bytes | None:
        """Nothing once all is over."""
        if len(self.given) == len(self.events):
            self._over.wait()
            return None
        self.given.append(time.monotonic())
        return self.events[len(self.given) - 1]

    def take(self, body: bytes, failed: bool) -> None:
        self.answers.append((body, failed, time.monotonic()))
        if len(self.answers) == len(self.events):
            self.answered.set()

    def close(self) -> None:
        self._over.set()
        self.shutdown()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Nothing: the process that asked is gone."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Api

    def do_GET(self) -> None:
        event = self.server.next()
        if event is None:
            self.close_connection = True
            return
        self.send_response(200)
        for name, value in {
            "Lambda-Runtime-Aws-Request-Id": "1",
            "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:eu-west-1:123456789012:function:x",
            "Lambda-Runtime-Deadline-Ms": str(int((time.time() + 60) * 1000)),
            "Content-Type": "application/json",
            "Content-Length": str(len(event)),
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(event)

    def do_POST(self) -> None:
        self.server.take(
            self.rfile.read(int(self.headers.get("Content-Length") or 0)),
            not self.path.startswith(f"{_VERSION}/invocation/1/response"),
        )
        self.send_response(202)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""
