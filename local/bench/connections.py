"""Connects one service after the other and counts what each took: AWS API calls and state transitions.

A repeated look at something that is not ready yet is counted apart ("polls"): how many there are is a matter of AWS's
speed, not of ours.
"""

import json
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from local.aws.accounts import HUB
from local.demo.watch import Execution
from local.rig.client import RigClient

ROUTE_TABLES = 3

POLLS = {"Accept": "ec2:DescribeVpcPeeringConnections", "CheckNat": "ssm:ListCommandInvocations"}
"""State that is entered again while the answer is "not yet" -> the one call it makes then."""

POLL_ROUND = {
    "Accept": ("Accept", "PeeringState", "WaitForPeering"),
    "CheckNat": ("CheckNat", "NatState", "WaitForNat"),
}
"""The states of one more round."""


@dataclass(frozen=True)
class Cost:
    service: int
    calls: dict[str, int]
    """Of the execution, by action, as in an IAM policy; polls left out, and the one StartExecution that began it."""
    polls: int
    transitions: int
    """Without those of the polling rounds."""
    transitions_of_polls: int

    def report(self) -> dict[str, Any]:
        return {
            "service": self.service,
            "apiCalls": sum(self.calls.values()),
            "transitions": self.transitions,
            "polls": {"apiCalls": self.polls, "transitions": self.transitions_of_polls},
            "byAction": self.calls,
        }


def connect_services(rig: RigClient, number: int) -> Iterator[Cost]:
    """Services of the same shape: a VPC with three route tables. (Each group a team tags `peerway:allow` costs one call
    more.)

    One more comes first, unmeasured: the new hub is reconciled meanwhile, which goes through a half-made connection
    once more.
    """
    _connect(rig, 0)
    _wait_for_reconcile(rig)
    for service in range(1, number + 1):
        yield _cost(rig, service, *_connect(rig, service))


def _connect(rig: RigClient, service: int) -> tuple[str, Execution]:
    made = rig.ask(
        "/services/add",
        name=f"service{service}",
        cidr=f"10.{110 + service}.0.0/16",
        route_tables=ROUTE_TABLES,
        instance=False,
    )
    peering = rig.boto("ec2", made["account"]).create_vpc_peering_connection(
        VpcId=made["id"], PeerVpcId=rig.rig["hub"]["id"], PeerOwnerId=HUB
    )["VpcPeeringConnection"]["VpcPeeringConnectionId"]
    states = rig.boto("stepfunctions", HUB)
    execution = Execution.of_peering(states, rig.rig["outputs"]["ConnectStateMachineArn"], peering)
    for _ in execution.follow():
        pass
    if execution.status() != "SUCCEEDED":
        raise RuntimeError(f"service {service} was not connected: {execution.arn}")
    return peering, execution


def _wait_for_reconcile(rig: RigClient) -> None:
    states, machine = rig.boto("stepfunctions", HUB), rig.rig["outputs"]["ReconcileStateMachineArn"]
    until = time.monotonic() + 120
    while states.list_executions(stateMachineArn=machine, statusFilter="RUNNING")["executions"]:
        if time.monotonic() > until:
            raise TimeoutError("reconcile did not end within two minutes")
        time.sleep(0.5)


def _cost(rig: RigClient, service: int, peering: str, execution: Execution) -> Cost:
    events = execution.events()
    entered = Counter(
        event["stateEnteredEventDetails"]["name"] for event in events if "stateEnteredEventDetails" in event
    )
    calls = Counter(call["action"] for call in rig.ask("/calls") if call["connection"] == peering)
    # What the workflow calls itself is not in the log of EC2, STS, SSM and Organizations.
    calls["events:PutEvents"] += sum(
        "events:putEvents" in json.dumps(event.get("taskScheduledEventDetails", {})) for event in events
    )
    polls = Counter[str]()
    for state, action in POLLS.items():
        polls[action] += entered[state] - 1
    rounds = sum((entered[state] - 1) * len(POLL_ROUND[state]) for state in POLLS)
    return Cost(service, dict(sorted((calls - polls).items())), polls.total(), execution.transitions() - rounds, rounds)
