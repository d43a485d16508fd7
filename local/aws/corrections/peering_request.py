"""Requesting a VPC peering connection that cannot be.

AWS behaviour ("VPC peering connection lifecycle", VPC Peering Guide): a request with overlapping CIDR blocks or a wrong
VPC or account id is created all the same and its status goes to `failed`; nobody can accept it. ("VPC peering
limitations", same guide): no two connections between two VPCs at the same time. A request that is repeated while the
first lives is answered with the first; the other side may ask as well, and then the second Accept is refused:
peering_acceptance.py. (The last two are not documented; code in use expects VpcPeeringConnectionAlreadyExists of an
Accept.) moto refuses an unknown peer VPC, accepts an overlap, and makes duplicates.
"""

import ipaddress
from types import SimpleNamespace
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.models import ec2_backends
from moto.ec2.models.vpc_peering_connections import VPCPeeringConnection
from moto.ec2.responses import EC2Response
from moto.ec2.utils import random_vpc_peering_connection_id

from local.aws.corrections.correction import Operation, corrects
from local.aws.corrections.peering_view import cidrs, seen_by

_FAILED = "Failed due to incorrect VPC-ID, Account ID, or overlapping CIDR range"
_ALIVE = ("initiating-request", "pending-acceptance", "provisioning", "active")


@corrects(EC2Response, "create_vpc_peering_connection")
def create(response: EC2Response, moto: Operation) -> ActionResult:
    backend = response.ec2_backend
    vpc = backend.get_vpc(response._get_param("VpcId"))
    owner = response._get_param("PeerOwnerId") or response.current_account
    region = response._get_param("PeerRegion") or response.region
    peer_vpc = ec2_backends[owner][region].vpcs.get(response._get_param("PeerVpcId"))
    peering: Any = _the_first(backend, vpc, response._get_param("PeerVpcId"))
    if peering is not None:
        return ActionResult({"VpcPeeringConnection": seen_by(backend, peering)})
    if peer_vpc is None or _overlap(vpc, peer_vpc):
        peer_vpc = peer_vpc or _unknown_vpc(response._get_param("PeerVpcId"), owner, region)
        tags = response._parse_tag_specification().get("vpc-peering-connection", {})
        made: Any = VPCPeeringConnection  # abstract on paper only: moto makes them, too
        peering = made(backend, random_vpc_peering_connection_id(), vpc, peer_vpc, tags)
        peering._status.code, peering._status.message = "failed", _FAILED
        backend.vpc_pcxs[peering.id] = peering
    else:
        peering = moto().result["VpcPeeringConnection"]
    initiating = {"Code": "initiating-request", "Message": f"Initiating Request to {owner}"}
    return ActionResult({"VpcPeeringConnection": seen_by(backend, peering, status=initiating)})


def _the_first(backend: Any, vpc: Any, peer_vpc_id: str) -> VPCPeeringConnection | None:
    return next(
        (
            peering
            for peering in backend.vpc_pcxs.values()
            if (peering.vpc.id, peering.peer_vpc.id) == (vpc.id, peer_vpc_id) and peering.status["Code"] in _ALIVE
        ),
        None,
    )


def _overlap(one: Any, other: Any) -> bool:
    return one is other or any(
        ipaddress.ip_network(a).overlaps(ipaddress.ip_network(b)) for a in cidrs(one) for b in cidrs(other)
    )


def _unknown_vpc(vpc_id: str, owner: str, region: str) -> Any:
    return SimpleNamespace(
        id=vpc_id, owner_id=owner, region=region, cidr_block=None, get_cidr_block_association_set=list
    )
