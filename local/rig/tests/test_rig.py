"""The rig as a whole: two at once, and nothing left behind however it ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from local.rig.client import RigClient
from local.rig.rig import BUILD
from local.rig.tests.left import assert_nothing_left, processes_in

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


def folder(parent: Path, name: str) -> Path:
    made = parent / name
    made.mkdir()
    return made


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Serving, Serving]]:
    """Side by side."""
    parent = tmp_path_factory.mktemp("rigs")
    one, other = Serving(folder(parent, "one")), Serving(folder(parent, "other"))
    yield one, other
    one.ended()
    other.ended()


@pytest.fixture(scope="module")
def clients(two: tuple[Serving, Serving]) -> tuple[RigClient, RigClient]:
    return two[0].ready(), two[1].ready()


def test_two_rigs_at_once_have_nothing_in_common(clients: tuple[RigClient, RigClient]) -> None:
    first, second = clients
    made = first.ask("/services/add", name="service1", cidr="10.110.0.0/16")
    assert made["id"] in {vpc["id"] for vpc in first.ask("/snapshot")["vpcs"]}
    assert made["id"] not in {vpc["id"] for vpc in second.ask("/snapshot")["vpcs"]}
    assert first.rig["endpoints"] != second.rig["endpoints"]
    assert first.rig["name"] != second.rig["name"]


def test_only_the_owner_gets_in(two: tuple[Serving, Serving], clients: tuple[RigClient, RigClient]) -> None:
    assert (two[0].directory / "rig.json").stat().st_mode & 0o077 == 0
    stranger = RigClient({**clients[0].rig, "key": "guessed"})
    with pytest.raises(RuntimeError, match=r"key of rig\.json"):
        stranger.ask("/exec", host="company", argv=["true"])


def test_ctrl_c_and_a_plain_kill_end_all_of_it(
    two: tuple[Serving, Serving], clients: tuple[RigClient, RigClient]
) -> None:
    one, other = two
    one.process.send_signal(signal.SIGINT)
    one.ended()
    assert one.process.returncode == 0
    assert_nothing_left(clients[0].rig["name"], one.directory)
    assert clients[1].ask("/snapshot")["vpcs"]
    other.process.send_signal(signal.SIGTERM)
    other.ended()
    assert_nothing_left(clients[1].rig["name"], other.directory)


def test_a_signal_while_it_starts_ends_all_of_it(tmp_path: Path) -> None:
    serving = Serving(folder(tmp_path, "rig"))
    time.sleep(3)
    serving.process.send_signal(signal.SIGTERM)
    serving.ended()
    assert sorted(path.name for path in serving.directory.iterdir()) == ["log"]
    assert processes_in(serving.directory) == []
