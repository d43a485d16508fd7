"""Ctrl-C, sent to a real process that pretends to prove."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from prove.story import INTERRUPTED

_RUN = """
import sys, time
from pathlib import Path
from prove import story
from prove.interrupts import Signals
from prove.made import kinds
from prove.made.journal import Journal
from prove.preparation.plan import Plan
from prove.waiting import Patience

folder, slow = Path(sys.argv[1]), sys.argv[2] == "slow"

class Ssm:
    def put_parameter(self, **_): (folder / "lock-there").touch()

def remove(client, id):
    if slow: print("removing", flush=True); time.sleep(30)
    (folder / id).unlink()

kinds.KINDS["queue"] = kinds.Kind("sqs", lambda client, run: [path.name for path in folder.glob("thing*")], remove)
kinds.KINDS["lock"] = kinds.Kind("ssm", lambda client, run: [path.name for path in folder.glob("lock-there")],
                                 lambda client, id: (folder / id).unlink())

class Target:
    run, region, patience = "peerway-prove-t", "eu-west-1", Patience(0.05, 1, 1, 1, 1, 1, 5)
    def problems(self): return []
    def plan(self): return Plan([], "a moment", [], [], [])
    def client(self, who, service, region=None): return Ssm()
    def places(self): return [("queue", "hub", "eu-west-1"), ("lock", "hub", "eu-west-1")]
    def make(self, journal):
        for number in range(3):
            with journal.making("queue", "hub", "eu-west-1", f"thing{number}") as made:
                (folder / f"thing{number}").touch()
                made.id = f"thing{number}"
        print("made", flush=True)
        time.sleep(30)

Signals()
clean = "make prove NAME=t CLEAN=1"
sys.exit(story.Story(Target(), Journal(folder / "journal"), folder, clean, lambda plan: True).run())
"""


def started(folder: Path, how: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", _RUN, str(folder), how], stdout=subprocess.PIPE, text=True, env=os.environ
    )


def read_until(process: "subprocess.Popen[str]", word: str) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == word:
            return
    raise AssertionError(f"it ended without saying {word}")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_what_was_made_is_removed(number: signal.Signals, tmp_path: Path) -> None:
    process = started(tmp_path, "quick")
    read_until(process, "made")
    process.send_signal(number)
    said, _ = process.communicate(timeout=90)
    assert process.returncode == INTERRUPTED
    assert "nothing is left" in said
    assert not list(tmp_path.glob("thing*"))
    assert not (tmp_path / "lock-there").exists()


def test_a_second_one_says_what_is_left(tmp_path: Path) -> None:
    process = started(tmp_path, "slow")
    read_until(process, "made")
    process.send_signal(signal.SIGINT)
    read_until(process, "removing")
    time.sleep(1.1)  # within a second it is one press, which `make` has passed on
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=90)
    assert process.returncode == INTERRUPTED
    assert "queue thing2 (hub account, eu-west-1)" in said
    assert "make prove NAME=t CLEAN=1" in said
    assert (tmp_path / "lock-there").exists()  # so that nobody takes the name before the rest is gone


def test_a_kill_leaves_a_journal_from_which_it_is_removed(tmp_path: Path) -> None:
    process = started(tmp_path, "quick")
    read_until(process, "made")
    process.kill()
    process.wait()
    assert len((tmp_path / "journal" / "journal.jsonl").read_text().splitlines()) == 8
    again = started(tmp_path, "quick")
    said, _ = again.communicate(timeout=90)
    assert "has left 4 things" in said
