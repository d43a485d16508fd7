"""The rig as a whole: two at once, and nothing left behind however it ends."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from local.rig.client import RigClient
from local.rig.rig import BUILD

pytestmark = [
    pytest.mark.skipif(os.geteuid() != 0, reason="network namespaces need root"),
    pytest.mark.skipif(not (BUILD / "template.yaml").exists(), reason="needs `make build`"),
]


class Serving:
    """`python -m local.rig serve` in a process of its own, as the demo and the scenarios start it."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        with (directory / "log").open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "local.rig", "serve", "--until-eof", "--dir", str(directory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,
            )

    def ready(self) -> RigClient:
        assert self.process.stdout is not None
        assert self.process.stdout.readline(), (self.directory / "log").read_text()
        return RigClient.of(self.directory)

    def ended(self) -> None:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(60)
        self.process.stdout.close()


def namespaces(rig: str) -> list[str]:
    listed = subprocess.run(["ip", "netns", "list"], capture_output=True, text=True, check=True).stdout.split()
    return [name for name in listed if rig in name]


def processes_in(directory: Path) -> list[str]:
    """Command lines of processes that name the directory or have it in their environment."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            text = (process / "cmdline").read_text() + (process / "environ").read_text(errors="replace")
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
        if str(directory) in text and int(process.name) != os.getpid():
            found.append((process / "cmdline").read_text().replace("\0", " "))
    return found


def assert_nothing_left(rig: str, directory: Path) -> None:
    until = time.monotonic() + 90
    while time.monotonic() < until and (namespaces(rig) or processes_in(directory)):
        time.sleep(0.1)
    assert namespaces(rig) == []
    assert processes_in(directory) == []
    assert sorted(path.name for path in directory.iterdir()) == ["log"]


def folder(tmp_path: Path, name: str) -> Path:
    made = tmp_path / name
    made.mkdir()
    return made


def test_two_rigs_at_once_have_nothing_in_common(tmp_path: Path) -> None:
    one, other = Serving(folder(tmp_path, "one")), Serving(folder(tmp_path, "other"))
    try:
        first, second = one.ready(), other.ready()
        made = first.ask("/services/add", name="service1", cidr="10.110.0.0/16")
        assert made["id"] in {vpc["id"] for vpc in first.ask("/snapshot")["vpcs"]}
        assert made["id"] not in {vpc["id"] for vpc in second.ask("/snapshot")["vpcs"]}
        assert first.rig["endpoints"] != second.rig["endpoints"]
        assert first.rig["name"] != second.rig["name"]
    finally:
        one.ended()
        other.process.send_signal(signal.SIGTERM)
        other.ended()
    assert_nothing_left(first.rig["name"], one.directory)
    assert_nothing_left(second.rig["name"], other.directory)


def test_only_the_owner_gets_in_and_ctrl_c_ends_all_of_it(tmp_path: Path) -> None:
    serving = Serving(folder(tmp_path, "rig"))
    rig = serving.ready()
    try:
        assert (serving.directory / "rig.json").stat().st_mode & 0o077 == 0
        stranger = RigClient({**rig.rig, "key": "guessed"})
        with pytest.raises(RuntimeError, match=r"key of rig\.json"):
            stranger.ask("/exec", host="company", argv=["true"])
    finally:
        serving.process.send_signal(signal.SIGINT)
        serving.ended()
    assert serving.process.returncode == 0
    assert_nothing_left(rig.rig["name"], serving.directory)


def test_a_signal_while_it_starts_ends_all_of_it(tmp_path: Path) -> None:
    serving = Serving(folder(tmp_path, "rig"))
    time.sleep(3)
    serving.process.send_signal(signal.SIGTERM)
    serving.ended()
    assert sorted(path.name for path in serving.directory.iterdir()) == ["log"]
    assert processes_in(serving.directory) == []
