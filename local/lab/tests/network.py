"""The article's network as a snapshot: everything right, so that a test can take one thing away."""

from typing import Any

HUB, SERVICE = "123456789012", "222222222222"
POOL = "172.168.0.0/24"
VPN_IP, SERVICE_IP = "10.100.1.10", "10.110.1.20"
VPN_ID, SERVICE_ID = "i-0aa0000000000000a", "i-0bb0000000000000b"
ANY = {"protocol": "-1", "from": None, "to": None, "cidrs": ["0.0.0.0/0"], "groups": []}
SSH = {"protocol": "tcp", "from": 22, "to": 22, "groups": []}


def article() -> dict[str, Any]:
    """Hub VPC and Service VPC1, peered, routed and open for ssh from the VPN instance."""
    return {
        "vpcs": [_vpc("vpc-hub", HUB, "10.100.0.0/16"), _vpc("vpc-svc", SERVICE, "10.110.0.0/16")],
        "peerings": [
            {
                "id": "pcx-1",
                "status": "active",
                "requester": _side(SERVICE, "vpc-svc"),
                "accepter": _side(HUB, "vpc-hub"),
            }
        ],
        "subnets": [
            {"id": "subnet-hub", "vpc": "vpc-hub", "cidr": "10.100.1.0/24"},
            {"id": "subnet-svc", "vpc": "vpc-svc", "cidr": "10.110.1.0/24"},
        ],
        "routeTables": [
            {
                "id": "rtb-hub",
                "vpc": "vpc-hub",
                "main": True,
                "subnets": [],
                "routes": [_route("10.100.0.0/16", "local"), _route("10.110.0.0/16", "pcx-1")],
            },
            {
                "id": "rtb-svc",
                "vpc": "vpc-svc",
                "main": True,
                "subnets": [],
                "routes": [_route("10.110.0.0/16", "local")],
            },
            {
                "id": "rtb-svc-2",
                "vpc": "vpc-svc",
                "main": False,
                "subnets": ["subnet-svc"],
                "routes": [_route("10.110.0.0/16", "local"), _route("10.100.0.0/16", "pcx-1")],
            },
        ],
        "networkAcls": [acl("acl-hub", "vpc-hub", "subnet-hub"), acl("acl-svc", "vpc-svc", "subnet-svc")],
        "securityGroups": [
            {"id": "sg-vpn", "vpc": "vpc-hub", "name": "vpn", "ingress": [ANY], "egress": [ANY]},
            {
                "id": "sg-svc",
                "vpc": "vpc-svc",
                "name": "svc",
                "ingress": [SSH | {"cidrs": [f"{VPN_IP}/32"]}],
                "egress": [ANY],
            },
        ],
        "instances": [
            instance(VPN_ID, HUB, "vpc-hub", "subnet-hub", VPN_IP, "sg-vpn", "vpn-1", role="vpn"),
            instance(SERVICE_ID, SERVICE, "vpc-svc", "subnet-svc", SERVICE_IP, "sg-svc", "service-1"),
        ],
    }


def acl(id_: str, vpc: str, subnet: str) -> dict[str, Any]:
    """A default one, which allows everything."""
    return {
        "id": id_,
        "vpc": vpc,
        "subnets": [subnet],
        "entries": [entry(100, egress) for egress in (True, False)]
        + [entry(32767, egress, allow=False) for egress in (True, False)],
    }


def entry(
    number: int,
    egress: bool,
    allow: bool = True,
    protocol: str = "-1",
    cidr: str = "0.0.0.0/0",
    ports: tuple[int, int] | None = None,
    icmp: tuple[int, int] | None = None,
) -> dict[str, Any]:
    low, high = ports or (None, None)
    type_, code = icmp or (None, None)
    return {
        "number": number,
        "egress": egress,
        "allow": allow,
        "protocol": protocol,
        "cidr": cidr,
        "from": low,
        "to": high,
        "type": type_,
        "code": code,
    }


def instance(
    id_: str, account: str, vpc: str, subnet: str, address: str, group: str, name: str, role: str | None = None
) -> dict[str, Any]:
    tags = {"Name": name} | ({"peerway:role": role} if role else {})
    return {
        "id": id_,
        "account": account,
        "region": "eu-west-1",
        "vpc": vpc,
        "subnet": subnet,
        "privateIp": address,
        "state": "running",
        "sourceDestCheck": role != "vpn",
        "securityGroups": [group],
        "tags": tags,
    }


def _vpc(id_: str, account: str, cidr: str) -> dict[str, Any]:
    return {"id": id_, "account": account, "region": "eu-west-1", "cidrs": [cidr]}


def _side(account: str, vpc: str) -> dict[str, Any]:
    return {"account": account, "region": "eu-west-1", "vpc": vpc}


def _route(destination: str, target: str) -> dict[str, Any]:
    return {"destination": destination, "target": target, "state": "active"}
