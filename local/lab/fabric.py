"""The AWS network between the instances, as one nftables table worked out from a snapshot. Pure: no side effects.

What a packet from instance A to the address of instance B needs here is what it needs on AWS:
- same VPC: the local route is always there;
- another VPC: the most specific route of A's subnet for B's address points at a peering connection; route and
  connection are active; B is in the VPC on its other side; and the packet's source lies in A's VPC (a peering
  connection drops everything else, which is why the VPN instance has to translate: VPC Peering Guide, "VPC peering
  limitations");
- its source and destination are the instances' own addresses, unless their source/destination check is off;
- between two subnets the network ACL of A's lets it out and that of B's lets it in: the first entry that fits decides,
  replies are packets like any other, and what stays in a subnet meets none ("Network ACL rules", "Custom network ACLs",
  Amazon VPC User Guide);
- security groups: A's lets it out, B's lets it in. Replies need no rule of their own.

The most specific route decides, whatever its kind; between equals ("Route priority", Amazon VPC User Guide) the local
route comes before a static one, a destination CIDR before a prefix list's, and a propagated route is last. A table that
only a gateway is associated with says nothing about packets of instances ("Gateway route tables", same guide).

One thing is stricter than on AWS: a rule that is taken away also stops connections that are already open.
"""

from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network
from typing import Any

MAIN = "main"
_PROTOCOLS = {"6": "tcp", "17": "udp", "1": "icmp"}


@dataclass(frozen=True)
class Instance:
    id: str
    vpc: str
    subnet: str
    address: IPv4Address
    checked: bool  # sourceDestCheck
    groups: frozenset[str]


@dataclass(frozen=True)
class Port:
    """Where an instance is plugged in: the fabric's interface, and the mark that routes a packet there."""

    interface: str
    mark: int


@dataclass(frozen=True)
class Hop:
    source: Instance
    target: Instance
    sources: list[str] = field(default_factory=list)  # CIDRs a packet may come from; empty: any


def ruleset(snapshot: dict[str, Any], ports: dict[str, Port]) -> str:
    """The whole table `ip fabric`, to be applied in one transaction. Instances without a port are left out."""
    instances = [i for i in running(snapshot) if i.id in ports]
    hops = _hops(snapshot, instances)
    acls = _Acls(snapshot)
    groups = {g["id"]: g for g in snapshot["securityGroups"]}
    at = ports.__getitem__
    marks = [f'"{at(h.source.id).interface}" . {h.target.address} : {at(h.target.id).mark}' for h in hops]
    lines = [
        "table ip fabric",
        "delete table ip fabric",
        "table ip fabric {",
        "map hops { type ifname . ipv4_addr : mark; "
        + (f"elements = {{ {', '.join(marks)} }};" if marks else "")
        + " }",
        # A packet without a mark has no route: the fabric's main table is empty.
        "chain prerouting { type filter hook prerouting priority mangle; meta mark set iifname . ip daddr map @hops; }",
    ]
    for instance in instances:
        lines += _chain(f"out-{at(instance.id).interface}", "egress", instance, instances, groups, ports)
        lines += _chain(f"in-{at(instance.id).interface}", "ingress", instance, instances, groups, ports)
    lines += acls.chains({i.subnet for i in instances})
    lines.append("chain forward { type filter hook forward priority filter; policy drop;")
    for hop in hops:
        a, b = at(hop.source.id).interface, at(hop.target.id).interface
        pair = f'iifname "{a}" oifname "{b}"'
        if hop.sources:
            pair += f" ip saddr {{ {', '.join(hop.sources)} }}"
        lines += [f"{pair} jump {chain}" for chain in acls.between(hop.source.subnet, hop.target.subnet)]
        lines += [f"{pair} ct direction reply accept", f"{pair} jump out-{a}", f"{pair} goto in-{b}"]
    return "\n".join([*lines, "}", "}", ""])


def running(snapshot: dict[str, Any]) -> list[Instance]:
    return [
        Instance(
            i["id"],
            i["vpc"],
            i["subnet"],
            IPv4Address(i["privateIp"]),
            i["sourceDestCheck"],
            frozenset(i["securityGroups"]),
        )
        for i in snapshot["instances"]
        if i["state"] == "running"
    ]


def _hops(snapshot: dict[str, Any], instances: list[Instance]) -> list[Hop]:
    cidrs = {v["id"]: v["cidrs"] for v in snapshot["vpcs"]}
    by_vpc: dict[str, list[Instance]] = {}
    for instance in instances:
        by_vpc.setdefault(instance.vpc, []).append(instance)
    peers = _active_peers(snapshot)
    tables = _RouteTables(snapshot)
    hops = []
    for a in instances:
        own = [str(a.address)] if a.checked else []
        hops += [Hop(a, b, own) for b in by_vpc[a.vpc] if b != a]
        for pcx, vpc in peers.get(a.vpc, {}).items():
            # Another VPC with the same addresses can be behind another peering connection: only one of them is the
            # target of the most specific route, so an address means at most one instance to A.
            hops += [
                Hop(a, b, own or cidrs[a.vpc])
                for b in by_vpc.get(vpc, [])
                if tables.target(a, cidrs[a.vpc], b.address) == pcx
            ]
    return hops


def _active_peers(snapshot: dict[str, Any]) -> dict[str, dict[str, str]]:
    """VPC -> its active peering connections -> the VPC on the other side."""
    peers: dict[str, dict[str, str]] = {}
    for p in snapshot["peerings"]:
        if p["status"] == "active":
            requester, accepter = p["requester"]["vpc"], p["accepter"]["vpc"]
            peers.setdefault(requester, {})[p["id"]] = accepter
            peers.setdefault(accepter, {})[p["id"]] = requester
    return peers


_RANK = {"local": 3, "static": 2, "prefix list": 1, "propagated": 0}
"""Which of two routes to the same destination counts."""


class _RouteTables:
    def __init__(self, snapshot: dict[str, Any]) -> None:
        self._of: dict[tuple[str, str], list[tuple[IPv4Network, int, str]]] = {}
        for table in snapshot["routeTables"]:
            routes = [route for entry in table["routes"] for route in _routes(entry)]
            for subnet in [*table["subnets"], *([MAIN] if table["main"] else [])]:
                self._of[table["vpc"], subnet] = routes

    def target(self, source: Instance, local: list[str], address: IPv4Address) -> str | None:
        """Where the route that decides sends the address."""
        table = self._of.get((source.vpc, source.subnet), self._of.get((source.vpc, MAIN), []))
        routes = [*((IPv4Network(c), _RANK["local"], "local") for c in local), *table]
        matching = [r for r in routes if address in r[0]]
        return max(matching, key=lambda r: (r[0].prefixlen, r[1]))[2] if matching else None


def _routes(entry: dict[str, Any]) -> list[tuple[IPv4Network, int, str]]:
    """One for each CIDR of its destination, which may be a prefix list. IPv6 is passed over."""
    listed = entry.get("cidrs")
    kind = "prefix list" if listed is not None else "propagated" if entry.get("propagated") else "static"
    target = entry["target"] if entry["state"] == "active" else "blackhole"
    return [
        (IPv4Network(cidr), _RANK[kind], target)
        for cidr in (listed if listed is not None else [entry["destination"]])
        if "/" in (cidr or "") and ":" not in cidr
    ]


class _Acls:
    """Chains that drop what the network ACL of a subnet does not allow;
    a subnet without one in the snapshot allows all.
    """

    def __init__(self, snapshot: dict[str, Any]) -> None:
        self._of = {subnet: acl for acl in snapshot.get("networkAcls", []) for subnet in acl["subnets"]}

    def between(self, source: str, target: str) -> list[str]:
        """The chains that a packet passes on its way from one subnet to another."""
        if source == target:
            return []
        return [
            name for name, subnet in ((f"acl-out-{source}", source), (f"acl-in-{target}", target)) if subnet in self._of
        ]

    def chains(self, subnets: set[str]) -> list[str]:
        return [
            line
            for subnet in sorted(subnets & self._of.keys())
            for egress, direction in ((True, "out"), (False, "in"))
            for line in [f"chain acl-{direction}-{subnet} {{", *_acl_rules(self._of[subnet], egress), "drop", "}"]
        ]


def _acl_rules(acl: dict[str, Any], egress: bool) -> list[str]:
    """In the order of their numbers; the first that fits decides."""
    entries = sorted((e for e in acl["entries"] if e["egress"] == egress), key=lambda e: e["number"])
    return [
        f"ip {'daddr' if egress else 'saddr'} {e['cidr']} {_service(e)} {'return' if e['allow'] else 'drop'}"
        for e in entries
        if e["cidr"] and ":" not in e["cidr"]
    ]


def _chain(
    name: str,
    direction: str,
    instance: Instance,
    everyone: list[Instance],
    groups: dict[str, Any],
    ports: dict[str, Port],
) -> list[str]:
    """A chain that drops what no security group of the instance allows. Groups without an egress key let all out."""
    verdict = "accept" if direction == "ingress" else "return"
    address, interface = ("saddr", "iifname") if direction == "ingress" else ("daddr", "oifname")
    rules = []
    for group in (groups[g] for g in sorted(instance.groups) if g in groups):
        if direction not in group and direction == "egress":
            rules.append(verdict)
        for rule in group.get(direction, []):
            what = _service(rule)
            rules += [f"ip {address} {cidr} {what} {verdict}" for cidr in rule["cidrs"] if ":" not in cidr]
            rules += [
                f'{interface} "{ports[other.id].interface}" ip {address} {other.address} {what} {verdict}'
                for other in everyone
                if other.groups & set(rule["groups"])
            ]
    return [f"chain {name} {{", *rules, "drop", "}"]


def _service(rule: dict[str, Any]) -> str:
    protocol = _PROTOCOLS.get(str(rule["protocol"]), str(rule["protocol"]))
    if protocol == "-1":
        return ""
    low, high = rule.get("from"), rule.get("to")
    if protocol in ("tcp", "udp") and low is not None and low >= 0:
        return f"{protocol} dport {low}" if low == high else f"{protocol} dport {low}-{high}"
    if protocol == "icmp" and rule.get("type") not in (None, -1):
        code = rule.get("code")
        return f"icmp type {rule['type']}" + ("" if code in (None, -1) else f" icmp code {code}")
    return f"meta l4proto {protocol}"
