"""One rig, and in it for each workflow the world as it is before that workflow runs: put back before every run, with
the same ids.

No event of EC2 or Organizations reaches the hub meanwhile: what a run leaves undone, no other run may mend unseen.
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local.aws.accounts import HUB
from local.aws.calls.faults import Fault
from local.aws.moto.memory import Memory
from local.faults import machine, state
from local.faults.calls import CallName, numbered
from local.faults.kinds import REFUSED, REFUSED_IN_WORKFLOW, Variant
from local.rig.rig import Rig

MACHINES = {
    "connect": "ConnectStateMachineArn",
    "disconnect": "DisconnectStateMachineArn",
    "look-at-account": "LookAtAccountStateMachineArn",
    "reconcile": "ReconcileStateMachineArn",
}
UNDONE = ("FAILED", "ABORTED", "TIMED_OUT")
_NAME = "under-test"
_PATIENCE = 420
"""Seconds for one way to the end, without a redrive."""

REDRIVES = 4


@dataclass(frozen=True)
class Before:
    """The world before a run, and what starts it."""

    workflow: str
    input: dict[str, Any]
    memory: Memory
    known: frozenset[str]


@dataclass(frozen=True)
class Run:
    """What a run came to."""

    lines: state.Lines
    failures: list[str]
    """What people were told of failed executions."""

    calls: list[CallName]
    struck: bool
    redrives: int
    undone: list[str]
    """Executions that did not succeed in the end."""


class Stage:
    def __init__(self, directory: Path) -> None:
        self._rig = Rig(directory)
        self._before: dict[str, Before] = {}
        self._makers: dict[str, Callable[[], Before]] = {
            "connect": self._before_connect,
            "disconnect": self._before_disconnect,
            "look-at-account": self._before_look,
            "reconcile": self._before_reconcile,
        }

    def start(self) -> None:
        self._rig.start()
        self._aws = self._rig.aws
        self._aws.world.invocation_delay = 0
        self._aws.loses_events = True
        self._service = self._rig.add_service("service1", "10.110.0.0/16")
        self._account: str = self._service["account"]
        self._ec2s = {"hub": self._aws.client("ec2", HUB), "service": self._aws.client("ec2", self._account)}
        self._states = self._aws.client("stepfunctions")
        self._quiet()
        self._rig.hold_network()
        self._switch_schedules_off()
        self._empty = self._remember("empty", {})

    def stop(self) -> None:
        self._rig.stop()

    def _switch_schedules_off(self) -> None:
        events = self._aws.client("events")
        for rule in events.list_rules()["Rules"]:
            if "ScheduleExpression" in rule:
                events.disable_rule(Name=rule["Name"])

    def __enter__(self) -> "Stage":
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    # The world before each workflow

    def before(self, workflow: str) -> Before:
        if workflow not in self._before:
            self._before[workflow] = self._makers[workflow]()
        return self._before[workflow]

    def _before_connect(self) -> Before:
        """The service has sent a request."""
        self._put_back(self._empty)
        peering = self._ec2s["service"].create_vpc_peering_connection(
            VpcId=self._service["id"], PeerVpcId=self._rig.hub.id, PeerOwnerId=HUB
        )["VpcPeeringConnection"]["VpcPeeringConnectionId"]
        return self._remember("connect", {"peeringId": peering})

    def _before_look(self) -> Before:
        """The account has one VPC that is tagged, and one that may not be connected."""
        self._put_back(self._empty)
        other = self._ec2s["service"].create_vpc(CidrBlock="10.100.0.0/24")["Vpc"]["VpcId"]
        self._tag(self._service["id"], other)
        return self._remember("look-at-account", {"accountId": self._account})

    def _before_disconnect(self) -> Before:
        """The VPC is connected because it was tagged, and the tag is off."""
        peering = self._connected_by_tag()
        self._ec2s["service"].delete_tags(Resources=[self._service["id"]], Tags=[{"Key": "peerway:connect"}])
        return self._remember("disconnect", {"peeringId": peering})

    def _before_reconcile(self) -> Before:
        """The VPC is connected, and of everything that makes a connection something is gone."""
        self._connected_by_tag()
        for side, tables, cidr in (
            ("hub", self._rig.hub.route_tables, self._service["cidr"]),
            ("service", self._service["route_tables"], self._rig.hub.cidr),
        ):
            self._ec2s[side].delete_route(RouteTableId=tables[-1], DestinationCidrBlock=cidr)
        self._close_openings()
        # A table that is gone would be restored at once, by the unit that watches.
        self.on_vpn("nft flush table ip peerway")
        return self._remember("reconcile", {"mode": "repair"})

    def _connected_by_tag(self) -> str:
        self._put_back(self._empty)
        self._tag(self._service["id"])
        self._run("look-at-account", {"accountId": self._account})
        self._to_the_end()
        (peering,) = [
            found
            for found in self._ec2s["hub"].describe_vpc_peering_connections()["VpcPeeringConnections"]
            if found["Status"]["Code"] == "active"
        ]
        return str(peering["VpcPeeringConnectionId"])

    def _tag(self, *vpcs: str) -> None:
        self._ec2s["service"].create_tags(Resources=list(vpcs), Tags=[{"Key": "peerway:connect", "Value": "true"}])

    def _close_openings(self) -> None:
        ec2 = self._ec2s["service"]
        for group in ec2.describe_security_groups(Filters=[{"Name": "vpc-id", "Values": [self._service["id"]]}])[
            "SecurityGroups"
        ]:
            rules = ec2.describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [group["GroupId"]]}])[
                "SecurityGroupRules"
            ]
            ours = [rule["SecurityGroupRuleId"] for rule in rules if not rule["IsEgress"]]
            if ours:
                ec2.revoke_security_group_ingress(GroupId=group["GroupId"], SecurityGroupRuleIds=ours)

    def ec2(self, side: str) -> Any:
        """A client of the `hub` or the `service` account's."""
        return self._ec2s[side]

    @property
    def hub_tables(self) -> list[str]:
        return self._rig.hub.route_tables

    # Put back, run, look

    def undisturbed(self, workflow: str) -> Run:
        return self._case(self.before(workflow), None, None)

    def disturbed(self, workflow: str, call: CallName, variant: Variant) -> Run:
        return self._case(self.before(workflow), call, variant)

    def abandon(self) -> None:
        """Stops whatever still runs, so that another run can begin."""
        self._clear()
        for arn, status in self._aws.ask_ministack("executions", {})["executions"].items():
            if status == "RUNNING":
                self._states.stop_execution(executionArn=arn)
        self._quiet()

    def _case(self, before: Before, call: CallName | None, variant: Variant | None) -> Run:
        self._put_back(before)
        mark, mark_in_workflow = self._aws.calls.last, self._aws.ask_ministack("integrations", {})["last"]
        letters = len(self._letters())
        struck = self._order(call, variant) if call and variant else lambda: False
        self._run(before.workflow, before.input)
        redrives, failed, undone = self._to_the_end()
        has_struck = struck()
        self._clear()
        normal = state.Normal(set(before.known))
        told = state.told(self._letters()[letters:], failed, normal)
        return Run(
            self.look(before) | {"told": told.news},
            told.failures,
            self._calls(mark, mark_in_workflow),
            has_struck,
            redrives,
            undone,
        )

    def look(self, before: Before) -> state.Lines:
        """The network and the VPN instance as they stand."""
        normal = state.Normal(set(before.known))
        return state.network(self._ec2s, normal) | state.vpn(self.on_vpn(machine.LOOK), normal)

    def _remember(self, name: str, given: dict[str, Any]) -> Before:
        """`name` is that of a workflow, or of no world before one."""
        machine.keep(self.on_vpn, name)
        return Before(name, given, self._aws.remember(), frozenset(state.ids(self._ec2s)))

    def _put_back(self, before: Before) -> None:
        self._clear()
        self._aws.recall(before.memory)
        machine.put_back(self.on_vpn, before.workflow)
        self._aws.ask_ministack("executions", {"forget": True})

    def _clear(self) -> None:
        self._aws.faults.clear()
        self._aws.ask_ministack("faults", {"faults": []})

    def _order(self, call: CallName, variant: Variant) -> Callable[[], bool]:
        """Orders the fault; the answer tells whether it has happened."""
        if call.of_workflow:
            order = {
                "action": call.action,
                "machine": call.caller,
                "kind": variant.of_workflow,
                "times": variant.times_in_workflow,
                "skip": call.nth - 1,
                "error": REFUSED_IN_WORKFLOW,
            }
            before = self._aws.ask_ministack("faults", {"faults": [order]})["struck"]
            return lambda: self._aws.ask_ministack("faults", {})["struck"] > before
        assert variant.of_function is not None
        account = HUB if call.account == "hub" else self._account
        fault: Fault = self._aws.faults.add(
            call.action,
            variant.of_function,
            account=account,
            function=call.caller,
            error=REFUSED,
            times=variant.times,
            skip=call.nth - 1,
        )
        return lambda: fault.times < variant.times

    def _run(self, workflow: str, given: dict[str, Any]) -> None:
        self._states.start_execution(
            stateMachineArn=self._rig.outputs[MACHINES[workflow]], name=_NAME, input=json.dumps(given)
        )

    def _to_the_end(self) -> tuple[int, set[str], list[str]]:
        """How often something was redriven, what failed on the way, and what has not succeeded in the end."""
        failed: set[str] = set()
        redrives = 0
        while True:
            executions = self._quiet()
            undone = sorted(
                (arn for arn, status in executions.items() if status in UNDONE),
                key=lambda arn: arn.endswith(f":{_NAME}"),
            )
            failed |= set(undone)
            if not undone or redrives >= REDRIVES:
                return redrives, failed, undone
            self._clear()
            redrives += 1
            self._aws.redrive(undone[0])  # what another one waits for comes before it

    def _quiet(self) -> dict[str, str]:
        """All executions, once none runs and nothing that they have invoked does."""
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            look = self._aws.ask_ministack("executions", {})
            if look["underWay"] == 0 and "RUNNING" not in look["executions"].values():
                return dict(look["executions"])
            time.sleep(0.05)
        raise TimeoutError(f"still running after {_PATIENCE} s: {look}")

    def _calls(self, mark: int, mark_in_workflow: int) -> list[CallName]:
        own = [
            (call.function, call.action, "hub" if call.account == HUB else "service")
            for call in self._aws.calls.since(mark)
            if call.function is not None
        ]
        workflows = [
            (call["machine"], call["action"], "hub")
            for call in self._aws.ask_ministack("integrations", {"since": mark_in_workflow})["calls"]
        ]
        return numbered(own + workflows)

    def _letters(self) -> list[dict[str, Any]]:
        assert self._rig.mailbox is not None
        return self._rig.mailbox.letters()

    def on_vpn(self, script: str) -> str:
        assert self._rig.hub.instance is not None
        return self._rig.lab.exec(self._rig.hub.instance.id, ["sh", "-c", script]).stdout
