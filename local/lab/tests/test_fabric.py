"""What the AWS network is worked out to be; that packets obey it is test_lab.py's matter."""

import re

import pytest

from local.lab import fabric
from local.lab.fabric import Port
from local.lab.tests import network
from local.lab.tests.network import SERVICE_ID, VPN_ID

PORTS = {VPN_ID: Port("vpn", 1), SERVICE_ID: Port("svc", 2)}


def hops(snapshot: dict, ports: dict[str, Port] = PORTS) -> set[str]:
    return set(re.findall(r'"(\S+)" \. (\S+) :', fabric.ruleset(snapshot, ports)))


def test_the_article_s_network_has_one_hop_each_way():
    assert hops(network.article()) == {("vpn", "10.110.1.20"), ("svc", "10.100.1.10")}


def test_the_same_snapshot_gives_the_same_ruleset():
    assert fabric.ruleset(network.article(), PORTS) == fabric.ruleset(network.article(), PORTS)


def test_an_unchecked_vpn_instance_may_send_for_its_whole_vpc_across_a_peering_and_no_further():
    assert 'oifname "svc" ip saddr { 10.100.0.0/16 } goto' in fabric.ruleset(network.article(), PORTS)


def test_a_checked_instance_sends_only_for_itself():
    snapshot = network.article()
    snapshot["instances"][0]["sourceDestCheck"] = True
    assert 'oifname "svc" ip saddr { 10.100.1.10 } goto' in fabric.ruleset(snapshot, PORTS)


def test_the_most_specific_route_decides():
    snapshot = network.article()
    routes = snapshot["routeTables"][0]["routes"]
    routes.append({"destination": "10.110.1.20/32", "target": "pcx-2", "state": "active"})
    assert ("vpn", "10.110.1.20") not in hops(snapshot)
    routes[1] |= {"target": "pcx-2"}
    routes[2] |= {"target": "pcx-1"}
    assert ("vpn", "10.110.1.20") in hops(snapshot)


def test_the_main_table_counts_only_for_subnets_without_their_own():
    snapshot = network.article()
    snapshot["routeTables"][2]["subnets"] = []
    assert ("svc", "10.100.1.10") not in hops(snapshot)


def test_neighbours_in_one_vpc_need_no_route():
    snapshot = network.article()
    snapshot["peerings"] = []
    snapshot["instances"].append(network.instance("i-2", network.SERVICE, "vpc-svc", "subnet-svc", "10.110.1.21", "sg-svc", "x"))
    ports = PORTS | {"i-2": Port("svc2", 3)}
    assert hops(snapshot, ports) == {("svc", "10.110.1.21"), ("svc2", "10.110.1.20")}


def test_peerings_do_not_pass_on():
    """A service never reaches another service through the hub, whatever its routes say."""
    snapshot = network.article()
    snapshot["vpcs"].append({"id": "vpc-3", "account": "3", "region": "eu-west-1", "cidrs": ["10.120.0.0/16"]})
    snapshot["peerings"].append({"id": "pcx-3", "status": "active", "requester": {"vpc": "vpc-3"}, "accepter": {"vpc": "vpc-hub"}})
    snapshot["instances"].append(network.instance("i-3", "3", "vpc-3", "subnet-3", "10.120.1.20", "sg-3", "x"))
    for t in snapshot["routeTables"]:
        t["routes"].append({"destination": "10.120.0.0/16", "target": "pcx-1" if t["vpc"] == "vpc-svc" else "pcx-3", "state": "active"})
    assert hops(snapshot, PORTS | {"i-3": Port("svc3", 3)}) == {
        ("vpn", "10.110.1.20"), ("vpn", "10.120.1.20"), ("svc", "10.100.1.10")}


@pytest.mark.parametrize("destination", [None, "", "fd00::/8", "pl-12345678"])
def test_routes_that_are_not_ipv4_are_passed_over(destination):
    snapshot = network.article()
    snapshot["routeTables"][0]["routes"].insert(0, {"destination": destination, "target": "igw-1", "state": "active"})
    assert ("vpn", "10.110.1.20") in hops(snapshot)


@pytest.mark.parametrize("rule, expected", [
    (network.SSH | {"cidrs": ["10.100.0.0/16"]}, "ip saddr 10.100.0.0/16 tcp dport 22 accept"),
    (network.SSH | {"cidrs": ["10.100.0.0/16"], "from": 1000, "to": 2000}, "ip saddr 10.100.0.0/16 tcp dport 1000-2000 accept"),
    (network.ANY, "ip saddr 0.0.0.0/0  accept"),
    ({"protocol": "icmp", "from": -1, "to": -1, "cidrs": ["10.0.0.0/8"], "groups": []}, "ip saddr 10.0.0.0/8 meta l4proto icmp accept"),
    ({"protocol": "17", "from": 53, "to": 53, "cidrs": ["10.0.0.0/8"], "groups": []}, "ip saddr 10.0.0.0/8 udp dport 53 accept"),
    (network.SSH | {"cidrs": [], "groups": ["sg-vpn"]}, 'iifname "vpn" ip saddr 10.100.1.10 tcp dport 22 accept')])
def test_a_security_group_rule_is_a_rule_of_the_instance(rule, expected):
    snapshot = network.article()
    snapshot["securityGroups"][1]["ingress"] = [rule]
    chain = fabric.ruleset(snapshot, PORTS).split("chain in-svc {")[1].split("}")[0]
    assert chain.strip().splitlines() == [expected, "drop"]


def test_instances_that_are_not_plugged_in_yet_are_left_out():
    assert hops(network.article(), {VPN_ID: PORTS[VPN_ID]}) == set()
