"""Forty accounts at once: how close the time until all are connected comes to what EC2's request throttling allows.

The accounts, their stacks and tagged VPCs are made first, while the events of Organizations are kept back; an account
without the stack forwards none of its own. Then all CreateAccountResult and MoveAccount events are let go at once, with
EC2's meter on and its buckets full, and nothing else tells Peerway of the accounts.
"""

import statistics
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import Any

from local.aws.accounts import HUB
from local.aws.calls.meter import MUTATING
from local.bench.deliveries import Deliveries, deliveries, undelivered
from local.demo.watch import ENDED
from local.rig.client import RigClient

ROUTE_TABLES = 3
MACHINES = {
    "look-at-account": "LookAtAccountStateMachineArn",
    "connect": "ConnectStateMachineArn",
    "disconnect": "DisconnectStateMachineArn",
}
Call = dict[str, Any]


@dataclass(frozen=True)
class Arrivals:
    accounts: int
    slowed: float
    """By how much AWS's time was slowed down for this machine: buckets and waits alike."""

    events: int
    deliveries: Deliveries
    makespan: float
    """AWS's seconds from the first event to the end of the last execution."""

    calls_needed: int
    """Mutating calls of the hub account without which there would be fewer connections: repetitions by a retry are not
    counted. Of the two that tag a peering one notes who asked, the other claims the addresses.
    """

    calls_with_effect: int
    calls_throttled: int
    describes_throttled: int
    executions: dict[str, dict[str, int]]
    retries_in_executions: int
    connected: int
    peerings: int
    routes_missing: int
    untranslated: int
    halfway: float
    """AWS's seconds until half of the connections were there."""

    @property
    def lower_bound(self) -> float:
        size, per_second = MUTATING
        return max(0.0, (self.calls_needed - size) / per_second)

    @property
    def ratio(self) -> float:
        return self.makespan / self.lower_bound

    def report(self) -> dict[str, Any]:
        return {
            "time": "all seconds are AWS's: buckets, waits and retry intervals of the workflows were slowed down "
            "alike, because this machine is slower than Lambda; not so the SDK's own three attempts, nor the work "
            "itself",
            "bucket": {
                "size": MUTATING[0],
                "perSecond": MUTATING[1],
                "of": "all mutating calls of the hub account together",
            },
            **asdict(self),
            "lowerBoundSeconds": round(self.lower_bound, 1),
            "makespanOverLowerBound": round(self.ratio, 2),
        }

    def reached(self) -> dict[str, bool]:
        return {
            f"{self.accounts}Connections": self.connected == self.accounts
            and self.routes_missing == 0
            and self.untranslated == 0,
            "noDuplicatePeering": self.peerings == self.accounts,
            "noLostEvent": self.deliveries.complete,
            "noFailedExecution": all(set(statuses) <= {"SUCCEEDED"} for statuses in self.executions.values()),
            "makespanOverLowerBound": self.ratio <= 1.5,
        }


WARM_UP = 6
"""Accounts that come before the others, unmeasured: Lambda restores a snapshot where here a JVM starts."""


def arrive(rig: RigClient, accounts: int, slowed: float, timeout: float = 900) -> Arrivals:
    _prepare(rig, range(WARM_UP))
    rig.ask("/events/release")
    warm = {run["executionArn"] for runs in _ended(rig, time.time() + timeout).values() for run in runs}
    vpcs = _prepare(rig, range(WARM_UP, WARM_UP + accounts))
    before = len(rig.ask("/calls"))
    rig.ask("/meter", enabled=True, slowed=slowed)
    began = time.time()
    events = rig.ask("/events/release")
    executions = {
        name: [run for run in runs if run["executionArn"] not in warm]
        for name, runs in _ended(rig, began + timeout, after=len(warm)).items()
    }
    ended = max(execution["stopDate"].timestamp() for runs in executions.values() for execution in runs)
    rig.ask("/meter", enabled=False)
    calls = rig.ask("/calls", since=before)
    mine = {vpc["id"] for vpc in vpcs}
    peerings = [peering for peering in rig.ask("/snapshot")["peerings"] if peering["requester"]["vpc"] in mine]
    mutating = [call for call in calls if _of_hub(call) and call["mutating"]]
    ends = sorted(run["stopDate"].timestamp() for run in executions["connect"])
    return Arrivals(
        accounts,
        slowed,
        len(events),
        deliveries(events, executions["look-at-account"], undelivered(rig)),
        makespan=round((ended - began) / slowed, 1),
        calls_needed=len({(call["function"], call["action"], call["resource"]) for call in mutating if call["effect"]}),
        calls_with_effect=sum(call["effect"] for call in mutating),
        calls_throttled=sum(_throttled(call) for call in mutating),
        describes_throttled=sum(_of_hub(call) and not call["mutating"] and _throttled(call) for call in calls),
        executions={name: dict(Counter(run["status"] for run in runs)) for name, runs in executions.items()},
        retries_in_executions=_retries(rig, executions),
        connected=sum(peering["status"] == "active" for peering in peerings),
        peerings=len(peerings),
        routes_missing=_routes_missing(rig, vpcs, peerings),
        untranslated=_untranslated(rig, vpcs),
        halfway=round((statistics.median(ends) - began) / slowed, 1) if ends else 0.0,
    )


def _prepare(rig: RigClient, numbers: range) -> list[dict[str, Any]]:
    """Accounts with their tagged VPC and, after that, the stack; what Organizations has to say of them is kept back."""
    rig.ask("/events/hold", source="aws.organizations")
    vpcs = [_account(rig, number) for number in numbers]
    for vpc in vpcs:
        rig.ask("/accounts/equip", account=vpc["account"])
    rig.ask("/settle")
    return vpcs


def _account(rig: RigClient, number: int) -> dict[str, Any]:
    vpc: dict[str, Any] = rig.ask(
        "/services/add",
        name=f"new{number}",
        cidr=f"10.{111 + number}.0.0/16",
        instance=False,
        route_tables=ROUTE_TABLES,
        stack=False,
    )
    rig.boto("ec2", vpc["account"]).create_tags(
        Resources=[vpc["id"]], Tags=[{"Key": "peerway:connect", "Value": "true"}]
    )
    return vpc


def _ended(rig: RigClient, until: float, after: int = 0) -> dict[str, list[dict[str, Any]]]:
    """All executions, once there are more than `after`, none runs and none has begun between two looks."""
    states, seen = rig.boto("stepfunctions", HUB), -1
    while time.time() < until:
        rig.ask("/settle")
        executions = {name: _executions(states, rig.rig["outputs"][output]) for name, output in MACHINES.items()}
        runs = [run for some in executions.values() for run in some]
        if len(runs) > after and len(runs) == seen and all(run["status"] in ENDED for run in runs):
            return executions
        seen = len(runs)
        time.sleep(1)
    raise TimeoutError("the executions did not end")


def _executions(states: Any, machine: str) -> list[dict[str, Any]]:
    pages = states.get_paginator("list_executions").paginate(stateMachineArn=machine)
    return [execution for page in pages for execution in page["executions"]]


def _of_hub(call: Call) -> bool:
    return bool(call["account"] == HUB and call["action"].startswith("ec2:"))


def _throttled(call: Call) -> bool:
    return bool(call["error"] == "RequestLimitExceeded")


def _retries(rig: RigClient, executions: dict[str, list[dict[str, Any]]]) -> int:
    """Attempts of tasks that failed and were tried again."""

    def failed(run: dict[str, Any]) -> int:
        return sum(event["type"] == "TaskFailed" for event in rig.ask("/history", execution=run["executionArn"]))

    with ThreadPoolExecutor(4) as pool:
        return sum(pool.map(failed, [run for runs in executions.values() for run in runs]))


def _routes_missing(rig: RigClient, vpcs: list[dict[str, Any]], peerings: list[dict[str, Any]]) -> int:
    """Routes that a connection has to have on both sides and has not."""
    of_vpc = {peering["requester"]["vpc"]: peering["id"] for peering in peerings}
    there = {
        (table["id"], route["destination"], route["target"])
        for table in rig.ask("/snapshot")["routeTables"]
        for route in table["routes"]
    }
    hub = rig.rig["hub"]
    wanted = {(table, vpc["cidr"], of_vpc.get(vpc["id"])) for vpc in vpcs for table in hub["route_tables"]}
    wanted |= {(table, hub["cidr"], of_vpc.get(vpc["id"])) for vpc in vpcs for table in vpc["route_tables"]}
    return len(wanted - there)


def _untranslated(rig: RigClient, vpcs: list[dict[str, Any]]) -> int:
    """Service CIDRs that the kernel of the VPN instance does not translate."""

    def matched(vpc: dict[str, Any]) -> bool:
        address = vpc["cidr"].split("/")[0]
        done = rig.ask(
            "/exec", host=hub, argv=["nft", "get", "element", "ip", "peerway", "services", f"{{ {address} }}"]
        )
        return bool(done["exit"] == 0)

    hub = rig.rig["hub"]["instance"]["id"]
    return sum(not matched(vpc) for vpc in vpcs)
