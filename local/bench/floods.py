"""What one account sends at once: how much it starts, how often people hear of it, and how long another account waits
meanwhile.

In quiet a service's request is connected, which is the measure of the neighbour's. Then an account with a connected VPC
writes 2,000 tags, as quickly as the local AWS takes them: values of `peerway:connect` that mean nothing on a second
VPC, and `peerway:allow` on a group of the connected one. The last tags ask for the second VPC to be connected and the
group to be opened. In the midst of it another account sends a request.

Last, one run of Terraform: a tagged VPC with three route tables and a tagged group.
"""

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import Any

from local.aws.accounts import HUB
from local.bench.arrivals import MACHINES
from local.bench.deliveries import undelivered
from local.demo.watch import ENDED
from local.rig.client import RigClient

LIMITS = {
    "floodExecutions": 60,
    "floodNotifications": 10,
    "neighbourOverQuiet": 1.5,
    "terraformLooks": 2,
    "terraformConnects": 2,
}
_SENDERS = 4
_LAST_PORT = "tcp/8022"


@dataclass(frozen=True)
class Floods:
    tags: int
    seconds_to_send: float
    executions: dict[str, int]
    """That the account's tags have started, by workflow."""

    notifications: int
    """About the account or one of its connections."""

    last_tag_counts: bool
    """The second VPC is connected and the group is open, as the last tags ask."""

    seconds_until_rest: float
    """From the last tag until nothing runs or waits."""

    quiet_seconds: float
    neighbour_seconds: float
    terraform: dict[str, int]
    """Executions by workflow."""

    undelivered: int

    def report(self) -> dict[str, Any]:
        return {
            "limits": LIMITS,
            **asdict(self),
            "neighbourOverQuiet": round(self.neighbour_seconds / self.quiet_seconds, 2),
        }

    def reached(self) -> dict[str, bool]:
        return {
            "floodExecutions": sum(self.executions.values()) <= LIMITS["floodExecutions"],
            "floodNotifications": self.notifications <= LIMITS["floodNotifications"],
            "floodLastTagCounts": self.last_tag_counts,
            "floodNothingUndelivered": self.undelivered == 0,
            "neighbourOverQuiet": self.neighbour_seconds <= LIMITS["neighbourOverQuiet"] * self.quiet_seconds,
            "terraformLooks": 0 < self.terraform["onboard-account"] <= LIMITS["terraformLooks"],
            "terraformConnects": 0 < self.terraform["connect"] <= LIMITS["terraformConnects"],
        }


def flood(rig: RigClient, tags: int) -> Floods:
    noisy = rig.ask("/services/add", name="noisy", cidr="10.111.0.0/16")
    _tag(rig, noisy["account"], noisy["id"], "peerway:connect", "true")
    second = rig.ask("/services/add", name="second", cidr="10.112.0.0/16", account=noisy["account"], instance=False)
    rest(rig)
    # JVMs start, where Lambda restores.
    _request(rig, rig.ask("/services/add", name="warm", cidr="10.113.0.0/16", instance=False))
    quiet = _request(rig, rig.ask("/services/add", name="quiet", cidr="10.114.0.0/16", instance=False))
    neighbour = rig.ask("/services/add", name="neighbour", cidr="10.115.0.0/16", instance=False)
    rest(rig)
    before, letters = _executions(rig), len(rig.ask("/notifications"))
    began = time.time()
    with ThreadPoolExecutor(1) as pool:
        waited = pool.submit(_request_later, rig, neighbour, 1.0)
        _send(rig, noisy, second, tags)
        sent = time.time()
        neighbour_seconds = waited.result()
    rest(rig)
    ended = time.time()
    its = _peerings(rig, neighbour["id"])
    started = [run for run in _since(rig, before) if not run["name"].startswith((neighbour["account"], *its))]
    return Floods(
        tags,
        round(sent - began, 1),
        dict(Counter(run["workflow"] for run in started)),
        notifications=sum(
            not any(peering in str(letter) for peering in its) for letter in rig.ask("/notifications")[letters:]
        ),
        last_tag_counts=_is_active(rig, second["id"]) and _is_open(rig, noisy),
        seconds_until_rest=round(ended - sent, 1),
        quiet_seconds=round(quiet, 1),
        neighbour_seconds=round(neighbour_seconds, 1),
        terraform=_terraform(rig),
        undelivered=undelivered(rig),
    )


def _send(rig: RigClient, noisy: dict[str, Any], second: dict[str, Any], tags: int) -> None:
    group = noisy["instance"]["security_group"]

    def one(number: int) -> None:
        if number % 2:
            _tag(rig, noisy["account"], second["id"], "peerway:connect", f"no{number % 7}")
        else:
            _tag(rig, noisy["account"], group, "peerway:allow", f"tcp/{8000 + number % 20}")

    with ThreadPoolExecutor(_SENDERS) as pool:
        list(pool.map(one, range(tags - 2)))
    _tag(rig, noisy["account"], second["id"], "peerway:connect", "true")
    _tag(rig, noisy["account"], group, "peerway:allow", _LAST_PORT)


_clients = threading.local()


def _ec2(rig: RigClient, account: str) -> Any:
    """One for each thread and account: making one takes longer than a call."""
    made = _clients.__dict__.setdefault("made", {})
    if account not in made:
        made[account] = rig.boto("ec2", account)
    return made[account]


def _tag(rig: RigClient, account: str, resource: str, key: str, value: str) -> None:
    _ec2(rig, account).create_tags(Resources=[resource], Tags=[{"Key": key, "Value": value}])


def _request(rig: RigClient, service: dict[str, Any], timeout: float = 300) -> float:
    """Seconds from a request by hand until it is connected."""
    began = time.time()
    peering = _ec2(rig, service["account"]).create_vpc_peering_connection(
        VpcId=service["id"], PeerVpcId=rig.rig["hub"]["id"], PeerOwnerId=HUB
    )["VpcPeeringConnection"]["VpcPeeringConnectionId"]
    while time.time() < began + timeout:
        runs = [run for run in _executions(rig) if run["workflow"] == "connect" and run["name"].startswith(peering)]
        if runs and all(run["status"] in ENDED for run in runs):
            assert runs[0]["status"] == "SUCCEEDED", runs
            return float(max(run["stopDate"].timestamp() for run in runs) - began)
        time.sleep(0.2)
    raise TimeoutError(f"{peering} was not connected within {timeout:.0f} s")


def _request_later(rig: RigClient, service: dict[str, Any], seconds: float) -> float:
    time.sleep(seconds)
    return _request(rig, service)


def _terraform(rig: RigClient) -> dict[str, int]:
    rig.ask("/services/add", name="planned", cidr="10.116.0.0/16", instance=False)
    account = rig.ask("/describe")["services"]["planned"]["account"]
    rest(rig)
    before = _executions(rig)
    ec2 = _ec2(rig, account)
    vpc = ec2.create_vpc(CidrBlock="10.117.0.0/16", TagSpecifications=_tagged("vpc", "peerway:connect", "true"))["Vpc"][
        "VpcId"
    ]
    for _ in range(3):
        ec2.create_route_table(VpcId=vpc)
    ec2.create_security_group(
        GroupName="ssh",
        Description="ssh from the VPN",
        VpcId=vpc,
        TagSpecifications=_tagged("security-group", "peerway:allow", "tcp/22"),
    )
    rest(rig)
    counted = Counter(run["workflow"] for run in _since(rig, before))
    return {"onboard-account": counted["onboard-account"], "connect": counted["connect"]}


def _tagged(kind: str, key: str, value: str) -> list[dict[str, Any]]:
    return [{"ResourceType": kind, "Tags": [{"Key": key, "Value": value}]}]


def rest(rig: RigClient, timeout: float = 600) -> None:
    """Until no event waits, nothing runs, and nothing has begun between two looks."""
    until, seen = time.time() + timeout, -1
    while time.time() < until:
        rig.ask("/settle")
        runs = _executions(rig)
        if len(runs) == seen and rig.ask("/events/waiting") == 0 and all(run["status"] in ENDED for run in runs):
            return
        seen = len(runs)
        time.sleep(1)
    raise TimeoutError("events or executions do not come to an end")


def _executions(rig: RigClient) -> list[dict[str, Any]]:
    states = rig.boto("stepfunctions", HUB)
    return [
        execution | {"workflow": workflow}
        for workflow, machine in MACHINES.items()
        for page in states.get_paginator("list_executions").paginate(stateMachineArn=rig.rig["outputs"][machine])
        for execution in page["executions"]
    ]


def _since(rig: RigClient, before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    known = {run["executionArn"] for run in before}
    return [run for run in _executions(rig) if run["executionArn"] not in known]


def _peerings(rig: RigClient, vpc: str) -> tuple[str, ...]:
    return tuple(peering["id"] for peering in rig.ask("/snapshot")["peerings"] if vpc in str(peering))


def _is_active(rig: RigClient, vpc: str) -> bool:
    return any(vpc in str(peering) and peering["status"] == "active" for peering in rig.ask("/snapshot")["peerings"])


def _is_open(rig: RigClient, service: dict[str, Any]) -> bool:
    """The service's group lets the VPN in as its last tag says, and in no other way."""
    address = rig.rig["hub"]["instance"]["ip"]
    (group,) = _ec2(rig, service["account"]).describe_security_groups(GroupIds=[service["instance"]["security_group"]])[
        "SecurityGroups"
    ]
    ports = {f"{rule['IpProtocol']}/{rule['FromPort']}" for rule in group["IpPermissions"] if address in str(rule)}
    return ports == {_LAST_PORT}
