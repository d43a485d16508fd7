"""What a run has left behind, line by line: the network, the VPN instance, and what people were told.

Compared as text. Only what differs by nature is left out: ids of what was made in this run, times, and request ids.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from local.aws.calls.log import resources_in

Lines = dict[str, list[str]]
"""Section -> sorted lines."""

_ID = re.compile(r"\b(pcx|vpc-cidr-assoc|vpc|rtb|rtbassoc|sgr|sg|subnet|eni|i|acl|igw)-[0-9a-f]{8,17}\b")
_BY_NATURE = (
    (re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?( ?UTC|Z|\+00:00)?"), "<time>"),
    (re.compile(r"\b1[0-9]{12}\b"), "<milliseconds>"),
    # Who did it: the event history is not put back from case to case.
    (re.compile(r", by [^\n]* at <time>"), ""),
    (re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"), "<uuid>"),
)


@dataclass
class Normal:
    """Takes out of a text what differs by nature. `known`: the ids that were there before the run, which stay."""

    known: set[str] = field(default_factory=set)

    def __call__(self, text: str) -> str:
        for pattern, instead in _BY_NATURE:
            text = pattern.sub(instead, text)
        return _ID.sub(lambda found: found[0] if found[0] in self.known else f"<new {found[1]}>", text)


def network(ec2s: dict[str, Any], normal: Normal) -> Lines:
    """Routes, groups, peering connections and tags of these accounts (their EC2 clients, by account)."""
    lines: dict[str, list[str]] = {"routes": [], "groups": [], "peerings": [], "tags": []}
    for account, ec2 in ec2s.items():
        for table in ec2.describe_route_tables()["RouteTables"]:
            lines["routes"] += [_line(account, table["RouteTableId"], route) for route in table["Routes"]]
        for group in ec2.describe_security_groups()["SecurityGroups"]:
            lines["groups"].append(
                _line(account, group["GroupId"], {key: group.get(key) for key in ("GroupName", "Description", "VpcId")})
            )
        for rule in ec2.describe_security_group_rules()["SecurityGroupRules"]:
            lines["groups"].append(_line(account, rule["GroupId"], rule))
        for peering in ec2.describe_vpc_peering_connections()["VpcPeeringConnections"]:
            lines["peerings"].append(_line(account, peering["VpcPeeringConnectionId"], peering | {"Tags": None}))
        for tag in ec2.describe_tags()["Tags"]:
            value = "when, and by whom" if tag["Key"] == "peerway:let-in" else tag["Value"]
            lines["tags"].append(_line(account, tag["ResourceId"], {tag["Key"]: value}))
    return {section: sorted(map(normal, found)) for section, found in lines.items()}


def ids(ec2s: dict[str, Any]) -> set[str]:
    """Of everything that is there."""
    return {found for lines in network(ec2s, _Verbatim()).values() for line in lines for found in resources_in(line)}


def vpn(text: str, normal: Normal) -> Lines:
    """What machine.LOOK says."""
    lines = text.splitlines()
    return {
        "nft": [normal(line) for line in lines if not line.startswith("/")],
        "saved": [normal(line) for line in lines if line.startswith("/")],
    }


@dataclass(frozen=True)
class Told:
    """What people were told, and what they were told of the fault itself."""

    news: list[str]
    failures: list[str]


def told(letters: Iterable[dict[str, Any]], failed: set[str], normal: Normal) -> Told:
    """`failed`: ARNs of executions that did fail or were stopped; only of these a failure may be told."""
    news: list[str] = []
    failures: list[str] = []
    for letter in letters:
        text = f"{letter['subject'] or ''}\n{letter['message']}".strip()
        of_failure = any(f"/executions/details/{arn}" in text for arn in failed)
        (failures if of_failure else news).append(normal(text))
    return Told(sorted(news), sorted(failures))


def differences(expected: Lines, found: Lines) -> list[str]:
    """Nothing where both are the same, byte for byte."""
    lines = []
    for section in sorted(expected.keys() | found.keys()):
        before, after = Counter(expected.get(section, [])), Counter(found.get(section, []))
        lines += [f"{section}: missing: {line}" for line in (before - after).elements()]
        lines += [f"{section}: too much: {line}" for line in (after - before).elements()]
        if before == after and expected.get(section) != found.get(section):
            lines.append(f"{section}: in another order")
    return lines


def _line(account: str, resource: str, what: dict[str, Any]) -> str:
    return f"{account} {resource} {json.dumps(what, sort_keys=True, default=str)}"


class _Verbatim(Normal):
    def __call__(self, text: str) -> str:
        return text
