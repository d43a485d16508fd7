"""The real target against a pretended organisation: each call is one that botocore's models know, and nothing stays."""

from pathlib import Path

import pytest

from prove.interrupts import Interrupted
from prove.made.journal import Journal
from prove.made.removal import whatever_is_there
from prove.real.target import RealTarget
from prove.registry import assumptions
from prove.story import FAILURE, INTERRUPTED, REFUSED, Story
from prove.target import HUB, SERVICE
from prove.tests.conftest import Cloud


def story(target: RealTarget, journal: Journal, folder: Path, agreed: bool = True) -> Story:
    return Story(target, journal, folder, "make prove … CLEAN=1", lambda plan: agreed)


def test_a_whole_run_tries_everything_and_leaves_nothing(
    target: RealTarget, journal: Journal, tmp_path: Path, cloud: Cloud
) -> None:
    """moto has no Peerway in it: what needs one does not hold, says so, and all that was made is removed."""
    run = story(target, journal, tmp_path)
    assert run.run() == FAILURE
    assert run.broke == ""
    assert set(run.verdicts) == {each.id for each in assumptions()}
    assert [step.ok for step in run.steps] == [False]  # a client "reaches" the service before anything was connected
    assert run.left == []
    assert whatever_is_there(target) == ([], [])
    assert not journal.left()
    assert not target.client(SERVICE, "ec2").describe_vpcs(Filters=[{"Name": "is-default", "Values": ["false"]}])[
        "Vpcs"
    ]


def test_nothing_is_made_before_somebody_has_agreed(
    target: RealTarget, journal: Journal, tmp_path: Path, cloud: Cloud, capsys: pytest.CaptureFixture[str]
) -> None:
    began = len(cloud.calls)
    assert story(target, journal, tmp_path, agreed=False).run() == REFUSED
    asked = {operation for _, operation in cloud.calls[began:]}
    changing = {each for each in asked if not each.startswith(("Describe", "List", "Get", "Simulate"))}
    assert changing == {"CreateVpc"}  # with DryRun
    said = capsys.readouterr().out
    assert cloud.accounts["hubby"] in said
    assert "about $0.0" in said
    assert "nothing was made" in said


# As many calls as `make` has, and some of the checks' own.
@pytest.mark.parametrize("cut", range(1, 90, 11))
def test_interrupted_at_any_call_it_removes_what_was_made(
    cut: int, target: RealTarget, journal: Journal, tmp_path: Path, cloud: Cloud
) -> None:
    run = story(target, journal, tmp_path)
    made = 0

    def count(profile: str, operation: str) -> None:
        nonlocal made
        if (
            operation.startswith(("Create", "Put", "Run", "Set", "Attach", "Add", "Authorize", "Modify", "SAM"))
            and journal.left()
        ):
            made += 1
            if made == cut:
                cloud.before = lambda profile, operation: None
                raise Interrupted

    cloud.before = count
    assert run.run() in (INTERRUPTED, FAILURE)  # the whole run makes fewer than the last of these
    assert run.left == []
    assert whatever_is_there(target) == ([], [])


def test_a_failure_while_making_is_told_and_removed(target: RealTarget, journal: Journal, tmp_path: Path) -> None:
    def fails(argv: list[str]) -> None:
        raise RuntimeError("sam deploy failed: no room")

    target.runs = fails
    run = story(target, journal, tmp_path)
    assert run.run() == FAILURE
    assert "no room" in run.broke
    assert whatever_is_there(target) == ([], [])


def test_another_machine_removes_without_a_journal(target: RealTarget, journal: Journal, tmp_path: Path) -> None:
    target.make(journal)
    assert whatever_is_there(target)[0]
    elsewhere = Journal(tmp_path / "elsewhere")
    assert story(target, elsewhere, tmp_path).clean() == 0
    assert whatever_is_there(target) == ([], [])


def test_the_hub_is_delegated_to_where_it_may_not_read(target: RealTarget) -> None:
    target.delegates = True
    assert any("resource policy" in line for line in target.plan().lines())


def test_a_run_does_not_take_another_s_things_for_its_own(target: RealTarget, cloud: Cloud) -> None:
    target.client(HUB, "sqs").create_queue(QueueName="peerway-prove-tt-hub")
    assert whatever_is_there(target) == ([], [])
