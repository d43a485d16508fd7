"""Two at once on a machine; nothing left behind, however it ends."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from local.aws.tests.conftest import TESTS

ROOT = TESTS.parents[2]
PROGRAM = """
import sys, threading
from pathlib import Path
from local.aws.local_aws import LocalAws
aws = LocalAws(Path(sys.argv[1]), lambda snapshot: None, lambda *_: (0, "", ""))
aws.start()
try:  # before anybody hears that it is there, and may interrupt it
    print(aws.endpoints["moto"], aws.endpoints["ministack"], flush=True)
    sys.stdin.read()
finally:
    aws.stop()
"""


class Other:
    """A local AWS in a process of its own."""

    def __init__(self, workdir: Path) -> None:
        self.workdir = workdir
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(workdir)],
            cwd=ROOT,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self.process.stdout
        self.ports = [int(endpoint.rsplit(":", 1)[1]) for endpoint in self.process.stdout.readline().split()]
        assert len(self.ports) == 2, "it did not start"

    def processes(self) -> list[str]:
        """Those that have the folder in their environment: ministack and what it starts."""
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                if str(self.workdir).encode() in (entry / "environ").read_bytes() + (entry / "cmdline").read_bytes():
                    found.append(entry.name)
            except OSError:
                continue
        return found

    def gone(self) -> bool:
        return not self.processes() and not (self.workdir / "aws").exists() and not any(map(_open, self.ports))


def _open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _until(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 90
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


@pytest.fixture
def other(tmp_path: Path) -> Other:
    return Other(tmp_path / "other")


def test_two_run_at_once_and_one_ends_without_the_other(tmp_path: Path, other: Other) -> None:
    another = Other(tmp_path / "another")
    assert not set(other.ports) & set(another.ports)
    another.process.communicate("")
    assert another.gone()
    assert all(map(_open, other.ports))
    other.process.communicate("")
    assert other.gone()


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_nothing_outlives_an_interrupted_or_killed_process(other: Other, end: signal.Signals) -> None:
    assert other.processes()
    os.kill(other.process.pid, end)
    other.process.wait(timeout=90)
    assert _until(other.gone), (other.processes(), list(other.workdir.rglob("*")))
