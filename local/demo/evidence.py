"""Reads what is there after a connection was made: routes, the NAT set, the calls it took."""

import json
from collections import Counter
from typing import Any

from local.rig.client import RigClient


def routes_to(rig: RigClient, peering: str) -> list[tuple[str, str, str]]:
    """(whose VPC, route table, destination) of every route through this peering connection."""
    snapshot = rig.ask("/snapshot")
    accounts = {vpc["id"]: vpc["account"] for vpc in snapshot["vpcs"]}
    return [
        (accounts[table["vpc"]], table["id"], route["destination"])
        for table in snapshot["routeTables"]
        for route in table["routes"]
        if route["target"] == peering
    ]


def openings_to(rig: RigClient, vpc: str, address: str) -> list[tuple[str, str]]:
    """(security group, rule) of every rule in a VPC that lets this address in."""
    return [
        (group["name"], json.dumps(rule))
        for group in rig.ask("/snapshot")["securityGroups"]
        if group["vpc"] == vpc
        for rule in group["ingress"]
        if f"{address}/32" in rule["cidrs"]
    ]


def nat_sets(rig: RigClient) -> dict[str, list[str]]:
    """Sets `clients` and `services` of the VPN instance's kernel, as nft tells them."""
    listing = rig.ask("/exec", host=rig.host("vpn"), argv=["nft", "-j", "list", "table", "ip", "peerway"])
    if listing["exit"] != 0:
        return {}
    sets = [item["set"] for item in json.loads(listing["stdout"])["nftables"] if "set" in item]
    return {each["name"]: sorted(_network(element) for element in each.get("elem", [])) for each in sets}


def _network(element: Any) -> str:
    if isinstance(element, dict) and "prefix" in element:
        return f"{element['prefix']['addr']}/{element['prefix']['len']}"
    return str(element)


def calls_by_connection(rig: RigClient) -> dict[str, dict[str, int]]:
    counts: dict[str, Counter[str]] = {}
    for call in rig.ask("/calls"):
        if call["connection"]:
            counts.setdefault(call["connection"], Counter())[call["action"]] += 1
    return {connection: dict(sorted(counter.items())) for connection, counter in counts.items()}
