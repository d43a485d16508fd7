"""What one account sends at once: how much it starts, how often people hear of it, and how long another account waits
meanwhile.

In quiet, requests of services are connected one after the other, which is the measure of the neighbours'. Then an
account with a connected VPC writes 2,000 tags: values of `peerway:connect` that mean nothing on a second VPC, and
`peerway:allow` on a group of the connected one. The last tags ask for the second VPC to be connected and the group to
be opened. In the midst of it other accounts send requests, again one after the other.

What passes between accounts is Peerway: its queue, its executions, the hub account's share of EC2. What does not is the
machine that EC2 runs on, while here one process on two cores answers everybody. So EC2's request throttling is on while
the neighbours ask: the flooding account gets its full bucket through at once and then what flows in, and calls again
whenever it is refused. Once they are connected, throttling is off, and the rest of the tags comes as quickly as the
local AWS takes it, which is the harder case for what has to be bundled; one more request is sent then, for the record.

Last, one run of Terraform: a tagged VPC with three route tables and a tagged group.
"""

import statistics
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import Any

from botocore.exceptions import ClientError

from local.aws.accounts import HUB
from local.bench.arrivals import MACHINES
from local.bench.deliveries import undelivered
from local.demo.watch import ENDED
from local.rig.client import RigClient

THROTTLED = "RequestLimitExceeded"
LIMITS = {
    "floodExecutions": 60,
    "floodNotifications": 10,
    "neighbourOverQuiet": 1.5,
    "terraformLooks": 2,
    "terraformConnects": 2,
}
_SENDERS = 4
_NEIGHBOURS = 5
_AT_ONCE = 6
"""Executions, at most, that were seen at once while the tags came."""

_BEFORE_ANOTHER_TRY = 1
"""Seconds that a throttled sender waits, as an SDK does at first; all that flows into the bucket is taken all the
same."""

_LAST_PORT = "tcp/8022"


@dataclass(frozen=True)
class Floods:
    tags: int
    seconds_to_send: float
    throttled: int
    """Calls of the account that EC2 refused for their number."""

    executions: dict[str, int]
    """That the account's tags have started, by workflow."""

    notifications: int
    """About the account or one of its connections."""

    last_tag_counts: bool
    """The second VPC is connected and the group is open, as the last tags ask."""

    seconds_until_rest: float
    """From the last tag until nothing runs or waits."""

    quiet_seconds: list[float]
    neighbour_seconds: list[float]
    """From a request until it is connected."""

    beyond_ec2_seconds: float
    """The same for a request among tags that come more quickly than EC2 would take them. No limit holds for it."""

    terraform: dict[str, int]
    """Executions by workflow."""

    undelivered: int

    def report(self) -> dict[str, Any]:
        return {
            "limits": LIMITS,
            **asdict(self),
            "neighbourOverQuiet": round(self.neighbour_over_quiet, 2),
        }

    @property
    def neighbour_over_quiet(self) -> float:
        return statistics.median(self.neighbour_seconds) / statistics.median(self.quiet_seconds)

    def reached(self) -> dict[str, bool]:
        return {
            "floodExecutions": sum(self.executions.values()) <= LIMITS["floodExecutions"],
            "floodNotifications": self.notifications <= LIMITS["floodNotifications"],
            "floodLastTagCounts": self.last_tag_counts,
            "floodNothingUndelivered": self.undelivered == 0,
            "neighbourOverQuiet": self.neighbour_over_quiet <= LIMITS["neighbourOverQuiet"],
            "terraformLooks": 0 < self.terraform["look-at-account"] <= LIMITS["terraformLooks"],
            "terraformConnects": 0 < self.terraform["connect"] <= LIMITS["terraformConnects"],
        }


def flood(rig: RigClient, tags: int) -> Floods:
    noisy = _service(rig, "noisy", instance=True)
    _tag(rig, noisy["account"], noisy["id"], "peerway:connect", "true")
    second = _service(rig, "second", account=noisy["account"])
    rest(rig)
    _warm_up(rig)
    quiet = [_request(rig, _service(rig, f"quiet{number}")) for number in range(_NEIGHBOURS)]
    neighbours = [_service(rig, f"neighbour{number}") for number in range(_NEIGHBOURS + 1)]
    rest(rig)
    before, letters, calls = _executions(rig), len(rig.ask("/notifications")), len(rig.ask("/calls"))
    rig.ask("/meter", enabled=True)
    began = time.time()
    with ThreadPoolExecutor(1) as pool:
        sending = pool.submit(_send, rig, noisy, second, tags)
        time.sleep(1)
        try:
            seconds = [_request(rig, neighbour) for neighbour in neighbours[:-1]]
        finally:  # or the senders, whom this block waits for, would go on for minutes
            rig.ask("/meter", enabled=False)
        beyond_ec2 = _request(rig, neighbours[-1])
        sending.result()
    sent = time.time()
    rest(rig)
    ended = time.time()
    others = tuple(
        word for neighbour in neighbours for word in (neighbour["account"], *_peerings(rig, neighbour["id"]))
    )
    started = [run for run in _since(rig, before) if not run["name"].startswith(others)]
    return Floods(
        tags,
        round(sent - began, 1),
        sum(
            call["error"] == THROTTLED and call["account"] == noisy["account"]
            for call in rig.ask("/calls", since=calls)
        ),
        dict(Counter(run["workflow"] for run in started)),
        notifications=sum(
            not any(other in str(letter) for other in others) for letter in rig.ask("/notifications")[letters:]
        ),
        last_tag_counts=_is_active(rig, second["id"]) and _is_open(rig, noisy),
        seconds_until_rest=round(ended - sent, 1),
        quiet_seconds=quiet,
        neighbour_seconds=seconds,
        beyond_ec2_seconds=beyond_ec2,
        terraform=_terraform(rig),
        undelivered=undelivered(rig),
    )


def _warm_up(rig: RigClient) -> None:
    """As many JVMs of each function as the flood keeps busy: Lambda restores a snapshot where here one starts, and
    starting takes the two cores from the neighbours.
    """
    services = [_service(rig, f"warm{number}") for number in range(_AT_ONCE)]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(lambda service: _request(rig, service), services))
    rest(rig)


def _service(rig: RigClient, name: str, instance: bool = False, **more: Any) -> dict[str, Any]:
    cidr = f"10.{111 + len(rig.ask('/describe')['services'])}.0.0/16"
    made: dict[str, Any] = rig.ask("/services/add", name=name, cidr=cidr, instance=instance, **more)
    return made


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
    while True:
        try:
            _ec2(rig, account).create_tags(Resources=[resource], Tags=[{"Key": key, "Value": value}])
            return
        except ClientError as failure:
            if failure.response["Error"]["Code"] != THROTTLED:
                raise
        time.sleep(_BEFORE_ANOTHER_TRY)


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
            return round(float(max(run["stopDate"].timestamp() for run in runs)) - began, 2)
        time.sleep(0.2)
    raise TimeoutError(f"{peering} was not connected within {timeout:.0f} s")


def _terraform(rig: RigClient) -> dict[str, int]:
    account = _service(rig, "planned")["account"]
    rest(rig)
    before = _executions(rig)
    ec2 = _ec2(rig, account)
    vpc = ec2.create_vpc(CidrBlock="10.150.0.0/16", TagSpecifications=_tagged("vpc", "peerway:connect", "true"))["Vpc"][
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
    return {"look-at-account": counted["look-at-account"], "connect": counted["connect"]}


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
