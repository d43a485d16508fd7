"""What the AWS network is worked out to be; that packets obey it is test_lab.py's matter."""

import re
from typing import Any

import pytest

from local.lab import fabric
from local.lab.fabric import Port
from local.lab.tests import network
from local.lab.tests.network import SERVICE_ID, VPN_ID

PORTS = {VPN_ID: Port("vpn", 1), SERVICE_ID: Port("svc", 2)}


def hops(snapshot: dict[str, Any], ports: dict[str, Port] = PORTS) -> set[tuple[str, str]]:
    return set(re.findall(r'"(\S+)" \. (\S+) :', fabric.ruleset(snapshot, ports)))


def test_the_article_s_network_has_one_hop_each_way() -> None:
    assert hops(network.article()) == {("vpn", "10.110.1.20"), ("svc", "10.100.1.10")}


def test_the_same_snapshot_gives_the_same_ruleset() -> None:
    assert fabric.ruleset(network.article(), PORTS) == fabric.ruleset(network.article(), PORTS)


def test_an_unchecked_vpn_instance_may_send_for_its_whole_vpc_across_a_peering_and_no_further() -> None:
    assert 'oifname "svc" ip saddr { 10.100.0.0/16 } goto' in fabric.ruleset(network.article(), PORTS)


def test_a_checked_instance_sends_only_for_itself() -> None:
    snapshot = network.article()
    snapshot["instances"][0]["sourceDestCheck"] = True
    assert 'oifname "svc" ip saddr { 10.100.1.10 } goto' in fabric.ruleset(snapshot, PORTS)


def test_the_most_specific_route_decides() -> None:
    snapshot = network.article()
    routes = snapshot["routeTables"][0]["routes"]
    routes.append({"destination": "10.110.1.20/32", "target": "pcx-2", "state": "active"})
    assert ("vpn", "10.110.1.20") not in hops(snapshot)
    routes[1] |= {"target": "pcx-2"}
    routes[2] |= {"target": "pcx-1"}
    assert ("vpn", "10.110.1.20") in hops(snapshot)


def test_the_main_table_counts_only_for_subnets_without_their_own() -> None:
    snapshot = network.article()
    snapshot["routeTables"][2]["subnets"] = []
    assert ("svc", "10.100.1.10") not in hops(snapshot)


def test_neighbours_in_one_vpc_need_no_route() -> None:
    snapshot = network.article()
    snapshot["peerings"] = []
    snapshot["instances"].append(
        network.instance("i-2", network.SERVICE, "vpc-svc", "subnet-svc", "10.110.1.21", "sg-svc", "x")
    )
    ports = PORTS | {"i-2": Port("svc2", 3)}
    assert hops(snapshot, ports) == {("svc", "10.110.1.21"), ("svc2", "10.110.1.20")}


def test_peerings_do_not_pass_on() -> None:
    """A service never reaches another service through the hub, whatever its routes say."""
    snapshot = network.article()
    snapshot["vpcs"].append({"id": "vpc-3", "account": "3", "region": "eu-west-1", "cidrs": ["10.120.0.0/16"]})
    snapshot["peerings"].append(
        {"id": "pcx-3", "status": "active", "requester": {"vpc": "vpc-3"}, "accepter": {"vpc": "vpc-hub"}}
    )
    snapshot["instances"].append(network.instance("i-3", "3", "vpc-3", "subnet-3", "10.120.1.20", "sg-3", "x"))
    for t in snapshot["routeTables"]:
        t["routes"].append(
            {"destination": "10.120.0.0/16", "target": "pcx-1" if t["vpc"] == "vpc-svc" else "pcx-3", "state": "active"}
        )
    assert hops(snapshot, PORTS | {"i-3": Port("svc3", 3)}) == {
        ("vpn", "10.110.1.20"),
        ("vpn", "10.120.1.20"),
        ("svc", "10.100.1.10"),
    }


def _hub_routes(*routes: dict[str, Any]) -> dict[str, Any]:
    snapshot = network.article()
    snapshot["routeTables"][0]["routes"] = [{"state": "active"} | route for route in routes]
    return snapshot


STATIC = {"destination": "10.110.0.0/16", "target": "pcx-1"}
PROPAGATED = {"destination": "10.110.0.0/16", "target": "vgw-1", "propagated": True}
LISTED = {"destination": "pl-1", "target": "tgw-1", "cidrs": ["10.9.0.0/16", "10.110.0.0/16"]}


@pytest.mark.parametrize(
    "routes",
    [
        [STATIC, PROPAGATED],
        [PROPAGATED, STATIC],
        [STATIC, LISTED],
        [LISTED, STATIC],
        [PROPAGATED, LISTED | {"target": "pcx-1"}],
        [LISTED | {"target": "pcx-1"}, PROPAGATED],
        [PROPAGATED | {"target": "pcx-1"}],
    ],
)
def test_a_static_route_comes_before_a_listed_and_a_listed_before_a_propagated_one(
    routes: list[dict[str, Any]],
) -> None:
    """Amazon VPC User Guide, "Route priority": "Route priority and propagated routes",
    "Route priority and prefix lists".
    """
    assert ("vpn", "10.110.1.20") in hops(_hub_routes(*routes))


@pytest.mark.parametrize(
    "narrower",
    [
        {"destination": "10.110.1.0/24", "target": "vgw-1", "propagated": True},
        {"destination": "pl-1", "target": "tgw-1", "cidrs": ["10.110.0.0/17"]},
    ],
)
def test_the_most_specific_route_decides_whatever_its_kind(narrower: dict[str, Any]) -> None:
    assert ("vpn", "10.110.1.20") in hops(_hub_routes(STATIC))
    assert ("vpn", "10.110.1.20") not in hops(_hub_routes(STATIC, narrower))


def test_a_table_of_a_gateway_says_nothing_about_instances() -> None:
    """Amazon VPC User Guide, "Gateway route tables": it controls what comes in through the gateway."""
    snapshot = network.article()
    snapshot["routeTables"].append(
        {
            "id": "rtb-edge",
            "vpc": "vpc-hub",
            "main": False,
            "subnets": [],
            "routes": [{"destination": "10.110.1.0/24", "target": "eni-1", "state": "active"}],
        }
    )
    assert ("vpn", "10.110.1.20") in hops(snapshot)


def acl_chain(entries: list[dict[str, Any]], egress: bool = False) -> list[str]:
    snapshot = network.article()
    snapshot["networkAcls"][1]["entries"] = entries
    name = "acl-out-subnet-svc" if egress else "acl-in-subnet-svc"
    return fabric.ruleset(snapshot, PORTS).split(f"chain {name} {{")[1].split("}")[0].strip().splitlines()


def test_entries_of_an_acl_are_tried_in_the_order_of_their_numbers() -> None:
    """Amazon VPC User Guide, "Network ACL rules": "evaluated starting with the lowest numbered rule"."""
    entries = [
        network.entry(200, False),
        network.entry(32767, False, allow=False),
        network.entry(100, False, allow=False, protocol="6", cidr="10.100.1.10/32", ports=(22, 22)),
        network.entry(100, True),
    ]
    assert acl_chain(entries) == [
        "ip saddr 10.100.1.10/32 tcp dport 22 drop",
        "ip saddr 0.0.0.0/0  return",
        "ip saddr 0.0.0.0/0  drop",
        "drop",
    ]
    assert acl_chain(entries, egress=True) == ["ip daddr 0.0.0.0/0  return", "drop"]


@pytest.mark.parametrize(
    "entry, expected",
    [
        (network.entry(1, False, protocol="6", ports=(1024, 65535)), "ip saddr 0.0.0.0/0 tcp dport 1024-65535 return"),
        (network.entry(1, False, protocol="17", ports=(53, 53)), "ip saddr 0.0.0.0/0 udp dport 53 return"),
        (network.entry(1, False, protocol="1", icmp=(8, -1)), "ip saddr 0.0.0.0/0 icmp type 8 return"),
        (network.entry(1, False, protocol="1", icmp=(3, 4)), "ip saddr 0.0.0.0/0 icmp type 3 icmp code 4 return"),
        (network.entry(1, False, protocol="1", icmp=(-1, -1)), "ip saddr 0.0.0.0/0 meta l4proto icmp return"),
        (network.entry(1, False, protocol="50"), "ip saddr 0.0.0.0/0 meta l4proto 50 return"),
    ],
)
def test_an_entry_of_an_acl_is_a_rule_of_the_subnet(entry: dict[str, Any], expected: str) -> None:
    assert acl_chain([entry]) == [expected, "drop"]


def test_ipv6_entries_are_passed_over() -> None:
    assert acl_chain([network.entry(1, False) | {"cidr": None}]) == ["drop"]


def test_within_a_subnet_no_acl_is_asked() -> None:
    """Amazon VPC User Guide, "Control subnet traffic with network access control lists": they act at its edge."""
    snapshot = network.article()
    snapshot["instances"].append(
        network.instance("i-2", network.SERVICE, "vpc-svc", "subnet-svc", "10.110.1.21", "sg-svc", "x")
    )
    ruleset = fabric.ruleset(snapshot, PORTS | {"i-2": Port("svc2", 3)})
    between = [line for line in ruleset.splitlines() if 'iifname "svc" oifname "svc2"' in line]
    assert between and not [line for line in between if "acl-" in line]
    across = [line for line in ruleset.splitlines() if 'iifname "vpn" oifname "svc"' in line]
    assert [line.split()[-1] for line in across[:2]] == ["acl-out-subnet-hub", "acl-in-subnet-svc"]


@pytest.mark.parametrize("destination", [None, "", "fd00::/8", "pl-12345678"])
def test_routes_that_are_not_ipv4_are_passed_over(destination: str | None) -> None:
    snapshot = network.article()
    snapshot["routeTables"][0]["routes"].insert(0, {"destination": destination, "target": "igw-1", "state": "active"})
    assert ("vpn", "10.110.1.20") in hops(snapshot)


@pytest.mark.parametrize(
    "rule, expected",
    [
        (network.SSH | {"cidrs": ["10.100.0.0/16"]}, "ip saddr 10.100.0.0/16 tcp dport 22 accept"),
        (
            network.SSH | {"cidrs": ["10.100.0.0/16"], "from": 1000, "to": 2000},
            "ip saddr 10.100.0.0/16 tcp dport 1000-2000 accept",
        ),
        (network.ANY, "ip saddr 0.0.0.0/0  accept"),
        (
            {"protocol": "icmp", "from": -1, "to": -1, "cidrs": ["10.0.0.0/8"], "groups": []},
            "ip saddr 10.0.0.0/8 meta l4proto icmp accept",
        ),
        (
            {"protocol": "17", "from": 53, "to": 53, "cidrs": ["10.0.0.0/8"], "groups": []},
            "ip saddr 10.0.0.0/8 udp dport 53 accept",
        ),
        (network.SSH | {"cidrs": [], "groups": ["sg-vpn"]}, 'iifname "vpn" ip saddr 10.100.1.10 tcp dport 22 accept'),
    ],
)
def test_a_security_group_rule_is_a_rule_of_the_instance(rule: dict[str, Any], expected: str) -> None:
    snapshot = network.article()
    snapshot["securityGroups"][1]["ingress"] = [rule]
    chain = fabric.ruleset(snapshot, PORTS).split("chain in-svc {")[1].split("}")[0]
    assert chain.strip().splitlines() == [expected, "drop"]


def test_instances_that_are_not_plugged_in_yet_are_left_out() -> None:
    assert hops(network.article(), {VPN_ID: PORTS[VPN_ID]}) == set()
