"""The part of `make faults` that every change has to pass: each workflow and each kind of fault,
at changes that matter most there.
"""

import os
from collections.abc import Iterator
from dataclasses import replace

import pytest

from local.faults import stage as stage_module
from local.faults.calls import CallName
from local.faults.kinds import KINDS
from local.faults.stage import Run, Stage
from local.faults.verdict import judge
from local.rig.rig import BUILD

pytestmark = [
    pytest.mark.skipif(os.geteuid() != 0, reason="network namespaces need root"),
    pytest.mark.skipif(not (BUILD / "template.yaml").exists(), reason="needs `make build`"),
]

PART = [
    ("connect", "killed", "ec2:AuthorizeSecurityGroupIngress"),
    ("connect", "stopped", "ec2:AcceptVpcPeeringConnection"),
    ("connect", "refused", "ec2:CreateRoute"),
    ("disconnect", "lost", "ec2:DeleteSecurityGroup"),
    ("disconnect", "refused", "ec2:DeleteRoute"),
    ("look-at-account", "refused-after", "ec2:CreateVpcPeeringConnection"),
    ("reconcile", "throttled", "ssm:SendCommand"),
    ("reconcile", "refused", "ec2:DescribeSecurityGroups"),
    ("reconcile", "refused", "states:StartExecution"),
    ("reconcile", "refused-after", "states:StartExecution"),
]
"""Workflow, kind, and the action of which the first call is struck: one that changes something which a second try finds
changed, or one that `reconcile` has to come back to when all else is done.
"""


class Played:
    """Undisturbed runs, each made once."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self._runs: dict[str, Run] = {}

    def undisturbed(self, workflow: str) -> Run:
        if workflow not in self._runs:
            self._runs[workflow] = self.stage.undisturbed(workflow)
        return self._runs[workflow]

    def first(self, workflow: str, action: str) -> CallName:
        return next(call for call in self.undisturbed(workflow).calls if call.action == action)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    os.environ["SFN_WAIT_SCALE"] = "0.1"
    try:
        with Stage(tmp_path_factory.mktemp("faults")) as stage:
            yield Played(stage)
    finally:
        del os.environ["SFN_WAIT_SCALE"]


def test_the_part_has_every_workflow_and_every_kind() -> None:
    assert {workflow for workflow, _, _ in PART} == stage_module.MACHINES.keys()
    assert {kind for _, kind, _ in PART} == KINDS.keys()


@pytest.mark.parametrize(("workflow", "kind", "action"), PART)
def test_the_same_end_is_reached(played: Played, workflow: str, kind: str, action: str) -> None:
    call = played.first(workflow, action)
    for variant in (variant for variant in KINDS[kind] if variant.fits(call)):
        disturbed = played.stage.disturbed(workflow, call, variant)
        assert judge(played.undisturbed(workflow), disturbed, call, kind).misses == []


def test_a_run_that_nobody_redrives_is_a_miss(played: Played, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage_module, "REDRIVES", 0)
    call = played.first("connect", "ec2:CreateRoute")
    disturbed = played.stage.disturbed("connect", call, KINDS["refused"][0])
    misses = judge(played.undisturbed("connect"), disturbed, call, "refused").misses
    assert any(miss.startswith("did not succeed") for miss in misses) and any(
        miss.startswith("routes: missing: ") for miss in misses
    )


def test_what_somebody_changed_behind_the_tool_s_back_is_a_miss(played: Played) -> None:
    """The world before the run is another one: a route is there already,
    and the VPN instance has a table of somebody else's.
    """
    stage, before = played.stage, played.stage.before("connect")
    hub, table = stage.ec2("hub"), stage.hub_tables[-1]
    hub.create_route(
        RouteTableId=table, DestinationCidrBlock="192.0.2.0/24", VpcPeeringConnectionId=before.input["peeringId"]
    )
    stage.on_vpn("nft add table ip others; echo changed >/var/lib/peerway/other")
    undisturbed, call = played.undisturbed("connect"), played.first("connect", "ec2:AcceptVpcPeeringConnection")
    misses = judge(undisturbed, replace(undisturbed, lines=stage.look(before), struck=True), call, "refused").misses
    assert {miss.split(":")[0] for miss in misses} >= {"routes", "nft", "saved"}
    stage.undisturbed("connect")  # what the next test finds is the world as it was


def test_a_call_that_no_run_makes_is_a_miss(played: Played) -> None:
    call = replace(played.first("connect", "ec2:AcceptVpcPeeringConnection"), nth=99)
    disturbed = played.stage.disturbed("connect", call, KINDS["lost"][0])
    assert judge(played.undisturbed("connect"), disturbed, call, "lost").misses == [f"the call was not made: {call}"]
