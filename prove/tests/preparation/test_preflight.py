"""Bad input is refused before anything is made, in a sentence with the value in it."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError, ProfileNotFound

from prove import __main__
from prove.made.journal import Journal
from prove.made.kinds import LOCK_FOLDER
from prove.preparation import preflight
from prove.real.target import RealTarget
from prove.story import FAILURE, REFUSED, Story
from prove.target import HUB
from prove.tests.conftest import PROFILES, Cloud


def refused(code: str) -> Any:
    def refuse(_: dict[str, Any]) -> dict[str, Any]:
        raise ClientError({"Error": {"Code": code, "Message": "as the test says"}}, "Any")

    return refuse


def test_a_right_organisation_has_no_problem(target: RealTarget) -> None:
    assert target.problems() == []


@pytest.mark.parametrize(
    ("name", "region", "other", "word"),
    [
        ("Mine", "eu-west-1", "us-east-1", "NAME=Mine"),
        ("a-b", "eu-west-1", "us-east-1", "NAME=a-b"),
        ("a" * 17, "eu-west-1", "us-east-1", "NAME"),
        ("a", "eu-west-9", "us-east-1", "REGION=eu-west-9"),
        ("a", "ireland", "us-east-1", "REGION=ireland"),
        ("a", "eu-west-1", "", "OTHER="),
        ("a", "eu-west-1", "eu-west-1", "another Region"),
    ],
)
def test_what_can_be_told_by_its_form(name: str, region: str, other: str, word: str) -> None:
    (problem,) = preflight.form(name, region, other)
    assert word in problem


def test_profiles_that_are_not_given(capsys: pytest.CaptureFixture[str]) -> None:
    assert __main__.main(["--management", "boss"]) == REFUSED
    said = capsys.readouterr().out
    assert "HUB=profile is missing" in said
    assert "SECOND=profile is missing" in said
    assert "MANAGEMENT" not in said


def test_clean_without_a_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert __main__.main(["--clean", "--management", "a", "--hub", "b", "--service", "c", "--second", "d"]) == REFUSED
    assert "NAME" in capsys.readouterr().out


def test_a_profile_that_there_is_not(cloud: Cloud) -> None:
    def client(profile: str, service: str, region: str) -> Any:
        if profile == "nobody":
            raise ProfileNotFound(profile="nobody")
        return cloud.client(profile, service, region)

    target = RealTarget("t", "eu-west-1", "us-east-1", {**PROFILES, HUB: "nobody"}, make=client)
    (problem,) = target.problems()
    assert problem.startswith("HUB=nobody: ")


def test_credentials_that_have_expired(target: RealTarget, cloud: Cloud) -> None:
    cloud.answers["GetCallerIdentity"] = refused("ExpiredToken")
    assert len(target.problems()) == 4
    assert all("ExpiredToken" in problem for problem in target.problems())


def test_no_organisation(target: RealTarget, cloud: Cloud) -> None:
    cloud.answers["DescribeOrganization"] = refused("AWSOrganizationsNotInUseException")
    (problem,) = target.problems()
    assert problem == f"MANAGEMENT=boss: account {cloud.accounts['boss']} is in no organisation"


def test_a_member_as_management_account(target: RealTarget, cloud: Cloud) -> None:
    cloud.answers["DescribeOrganization"] = lambda _: {"Organization": {"Id": "o-1", "MasterAccountId": "999999999999"}}
    (problem,) = target.problems()
    assert "whose management account is 999999999999" in problem


def test_an_account_that_is_no_member(target: RealTarget, cloud: Cloud) -> None:
    cloud.accounts["two"] = "999999999999"
    (problem,) = target.problems()
    assert problem.startswith("SECOND=two: account 999999999999 is no member")


def test_one_account_twice(target: RealTarget, cloud: Cloud) -> None:
    cloud.accounts["two"] = cloud.accounts["one"]
    (problem,) = target.problems()
    assert "SERVICE=one and SECOND=two" in problem


def test_a_region_that_is_not_enabled(cloud: Cloud) -> None:
    cloud.answers["DescribeRegions"] = lambda _: {
        "Regions": [{"RegionName": "eu-south-2", "OptInStatus": "not-opted-in"}]
    }
    target = RealTarget("t", "eu-south-2", "us-east-1", PROFILES, make=cloud.client)
    assert "eu-south-2 is not enabled in HUB=hubby" in target.problems()[0]


def test_no_trail_of_the_organisation(target: RealTarget, cloud: Cloud) -> None:
    cloud.answers["GetTrailStatus"] = lambda _: {"IsLogging": False}
    (problem,) = target.problems()
    assert "no trail of the organisation logs all Regions" in problem


def test_no_room_for_vpcs(target: RealTarget, cloud: Cloud) -> None:
    cloud.answers["GetServiceQuota"] = lambda _: {"Quota": {"Value": 1.0}}
    assert "HUB=hubby: 1 of 1 VPCs are there in eu-west-1, and 2 more are needed" in target.problems()


def test_permissions_that_are_missing(target: RealTarget, cloud: Cloud) -> None:
    cloud.answers["SimulatePrincipalPolicy"] = lambda _: {
        "EvaluationResults": [
            {"EvalActionName": "iam:CreateRole", "EvalDecision": "implicitDeny"},
            {"EvalActionName": "ec2:CreateVpc", "EvalDecision": "allowed"},
        ]
    }
    problems = target.problems()
    assert len(problems) == 4
    assert problems[0].startswith("MANAGEMENT=boss: arn:aws:sts::")
    assert problems[0].endswith("may not iam:CreateRole")


def test_ec2_itself_refuses(target: RealTarget, cloud: Cloud) -> None:
    cloud.answers["CreateVpc"] = refused("UnauthorizedOperation")
    assert all("may not make a VPC in eu-west-1" in problem for problem in target.problems())
    assert len(target.problems()) == 3


def test_a_hub_that_may_not_read_the_organisation_and_a_policy_of_others(target: RealTarget, cloud: Cloud) -> None:
    cloud.answers["DescribeAccount"] = refused("AccessDeniedException")
    (problem,) = target.problems()
    assert "PeerwayLooksAccountsUp" in problem
    cloud.answers["DescribeResourcePolicy"] = refused("ResourcePolicyNotFoundException")
    assert target.problems() == []
    assert target.delegates


def test_a_name_that_is_taken(target: RealTarget, cloud: Cloud) -> None:
    cloud.client("one", "sqs", "eu-west-1")  # another account's queue is nobody's business
    cloud.client("hubby", "sqs", "eu-west-1").create_queue(QueueName="peerway-prove-t-old")
    (problem,) = target.problems()
    assert "peerway-prove-t is taken" in problem
    assert "CLEAN=1" in problem


def test_of_two_that_begin_at_the_same_moment_one_is_refused(
    target: RealTarget, journal: Journal, tmp_path: Path, cloud: Cloud, capsys: pytest.CaptureFixture[str]
) -> None:
    """The other has taken the name between our question and our own try. Nothing of it is touched."""

    def other_was_quicker(plan: Any) -> bool:
        cloud.client("hubby", "ssm", "eu-west-1").put_parameter(
            Name=LOCK_FOLDER + target.run, Type="String", Value="2026-01-01 by ann on laptop"
        )
        return True

    assert Story(target, journal, tmp_path, "make prove … CLEAN=1", other_was_quicker).run() == REFUSED
    said = capsys.readouterr().out
    assert "2026-01-01 by ann on laptop" in said
    assert "CLEAN=1" in said
    assert target.client(HUB, "ssm").get_parameter(Name=LOCK_FOLDER + target.run)
    assert not journal.left()


def test_what_another_run_of_the_name_made_stays_whatever_fails_here(
    target: RealTarget, journal: Journal, tmp_path: Path, cloud: Cloud
) -> None:
    hub = {name: cloud.client("hubby", name, "eu-west-1") for name in ("ssm", "sqs")}

    def other_was_quicker(plan: Any) -> bool:
        hub["ssm"].put_parameter(Name=LOCK_FOLDER + target.run, Type="String", Value="2026-01-01 by ann on laptop")
        hub["sqs"].create_queue(QueueName=f"{target.run}-events")
        cloud.answers["PutParameter"] = refused("InternalServerError")
        return True

    assert Story(target, journal, tmp_path, "make prove … CLEAN=1", other_was_quicker).run() == FAILURE
    assert hub["ssm"].get_parameter(Name=LOCK_FOLDER + target.run)
    assert hub["sqs"].list_queues(QueueNamePrefix=target.run)["QueueUrls"]
    assert not journal.left()


def test_what_an_earlier_run_has_left_is_named(
    target: RealTarget, journal: Journal, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with journal.making("queue", HUB, "eu-west-1", "q"):
        pass
    assert Story(target, journal, tmp_path, "make prove … CLEAN=1", lambda plan: True).run() == REFUSED
    assert "an earlier run named peerway-prove-t has left 1 things, such as queue q" in capsys.readouterr().out


def test_started_twice_on_one_machine(tmp_path: Path) -> None:
    held = Journal(tmp_path / "twice")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "prove",
            "--name",
            "twice",
            "--management",
            "a",
            "--hub",
            "b",
            "--service",
            "c",
            "--second",
            "d",
        ],
        env=os.environ | {"PEERWAY_PROVE": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    held.close()
    assert done.returncode == REFUSED
    assert f"process {os.getpid()} on this machine works with it now" in done.stdout


def test_an_answer_that_nobody_expects_is_told_too(
    target: RealTarget, journal: Journal, tmp_path: Path, cloud: Cloud, capsys: pytest.CaptureFixture[str]
) -> None:
    cloud.answers["DescribeTrails"] = refused("InternalFailure")
    assert Story(target, journal, tmp_path, "make prove … CLEAN=1", lambda plan: True).run() == REFUSED
    assert "InternalFailure" in capsys.readouterr().out
