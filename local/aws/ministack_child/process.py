"""Start ministack in a process group of its own and end all of it: the server, and every Java function it started."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import urllib3

from local.aws.accounts import HUB, REGION

_ROOT = Path(__file__).parents[3]
_START_SECONDS = 60


class Ministack:
    """`start` returns when it answers.

    All files are in `directory`, which `stop` removes. The child holds the reading end of a pipe, its stdin, of which
    this process holds the writing end. When this process ends, however it ends, the child reads the end of file,
    removes the directory and kills its group, so nothing outlives a killed rig. (PR_SET_PDEATHSIG would not do: it is
    tied to the thread that forked.)
    """

    def __init__(self, directory: Path, addresses: list[str]) -> None:
        self._directory = directory
        self._sockets = _listening(addresses)
        self.port: int = self._sockets[0].getsockname()[1]
        self.endpoint = f"http://127.0.0.1:{self.port}"
        self._connections = urllib3.HTTPConnectionPool("127.0.0.1", self.port, maxsize=8, timeout=120, retries=False)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, environment: dict[str, str]) -> None:
        """`environment` reaches ministack and, through it, every function."""
        temporary = self._directory / "tmp"
        temporary.mkdir(parents=True, exist_ok=True)
        descriptors = [sock.fileno() for sock in self._sockets]
        with open(self._directory / "ministack.log", "wb") as log:
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "local.aws.ministack_child.launcher",
                    str(self._directory),
                    *map(str, descriptors),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                pass_fds=descriptors,
                start_new_session=True,
                cwd=_ROOT,
                env=_without_credentials(os.environ)
                | environment
                | {
                    "GATEWAY_PORT": str(self.port),
                    "BIND_HOST": "127.0.0.1",
                    "MINISTACK_HOST": "127.0.0.1",
                    "MINISTACK_ACCOUNT_ID": HUB,
                    "MINISTACK_REGION": REGION,
                    "TMPDIR": str(temporary),
                    "STATE_DIR": str(self._directory / "state"),
                    "S3_DATA_DIR": str(self._directory / "s3"),
                    "PERSIST_STATE": "0",
                    "LAMBDA_ASYNC_RETRY_BASE_SECONDS": "0.3",  # between the attempts at an event; Lambda waits a minute
                    "IOT_MTLS_ENABLED": "0",
                    "SFTP_ENABLED": "0",
                    "LAMBDA_EXECUTOR": "local",
                    # Restoring a snapshot takes AWS a moment, and starting a JVM here a second of a core.
                    "LAMBDA_WARM_TTL_SECONDS": "900",
                    # No container is ever ministack's here; without this it would look after those of the machine.
                    "DOCKER_HOST": f"unix://{self._directory}/no-docker.sock",
                    "LOG_LEVEL": os.environ.get("PEERWAY_MINISTACK_LOG", "WARNING"),
                    "PYTHONUNBUFFERED": "1",
                },
            )
        for sock in self._sockets:
            sock.close()
        assert self._process.stdout is not None
        if self._process.stdout.readline().strip() != b"ready":
            raise RuntimeError(f"ministack did not start:\n{(self._directory / 'ministack.log').read_text()[-3000:]}")

    def stop(self) -> None:
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            for stream in (self._process.stdin, self._process.stdout):
                stream.close()  # type: ignore[union-attr]
            self._process = None
        for sock in self._sockets:
            sock.close()
        shutil.rmtree(self._directory, ignore_errors=True)

    def ask(self, path: str, body: dict[str, Any]) -> Any:
        """One of the launcher's own endpoints."""
        answer = self._connections.request(
            "POST", f"/_peerway/{path}", body=json.dumps(body).encode(), headers={"Content-Type": "application/json"}
        )
        if answer.status != 200:
            raise RuntimeError(f"ministack answers {answer.status} to {path}: {answer.data[:500]!r}")
        return answer.json()


def _listening(addresses: list[str]) -> list[socket.socket]:
    """Bound here and handed down, so that no other process can take the port in between."""
    sockets: list[socket.socket] = []
    for address in addresses:
        sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((address, sockets[0].getsockname()[1] if sockets else 0))
        sock.listen(128)
        sock.set_inheritable(True)
        sockets.append(sock)
    return sockets


def _without_credentials(environment: os._Environ[str]) -> dict[str, str]:
    """Nothing of the user's AWS configuration may reach the functions."""
    return {name: value for name, value in environment.items() if not name.startswith("AWS_")}
