"""What each side of a VPC peering connection sees of it.

AWS behaviour ("DescribeVpcPeeringConnections", "VpcPeeringConnectionVpcInfo", Amazon EC2 API Reference; "Create a VPC
peering connection", VPC Peering Guide):
- both accounts see the connection, each with its own tags only: "tags are only visible to the owner of the side that
  was tagged";
- the CIDR blocks, all of them in CidrBlockSet, are there when the connection is provisioning or active; before that a
  requester sees its own VPC's only;
- a request that nobody has accepted has an ExpirationTime, seven days after it was made ("VPC peering connection
  lifecycle");
- Filters are applied, all names of the reference;
- an unknown id is InvalidVpcPeeringConnectionID.NotFound (so spelled in "Error codes for the Amazon EC2 API" and in
  the SDKs' waiter), a wrong form InvalidVpcPeeringConnectionId.Malformed.

moto shows the requester's tags to both, the primary CIDR always, no CidrBlockSet and no ExpirationTime, ignores Filters
and unknown ids, and writes `...Id.NotFound`.
"""

import fnmatch
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.models.vpc_peering_connections import VPCPeeringConnection
from moto.ec2.responses import EC2Response

from local.aws.calls.errors import AwsError
from local.aws.corrections.correction import Operation, corrects

_ID = re.compile(r"pcx-([0-9a-f]{8}|[0-9a-f]{17})")
_CONNECTED = ("provisioning", "active")
_LIFETIME = timedelta(days=7)


def known(backend: Any, peering_id: str) -> VPCPeeringConnection:
    """The connection of this id, or the error AWS answers if this account has none."""
    if not _ID.fullmatch(peering_id or ""):
        raise AwsError("InvalidVpcPeeringConnectionId.Malformed", f'Invalid id: "{peering_id}" (expecting "pcx-...")')
    if peering_id not in backend.vpc_pcxs:
        raise AwsError(
            "InvalidVpcPeeringConnectionID.NotFound", f"The vpcPeeringConnection ID '{peering_id}' does not exist"
        )
    peering: VPCPeeringConnection = backend.vpc_pcxs[peering_id]
    return peering


def seen_by(backend: Any, peering: VPCPeeringConnection, status: dict[str, str] | None = None) -> dict[str, Any]:
    """The connection as the account of this backend is shown it."""
    tags = backend.tags.get(peering.id, {})
    view: dict[str, Any] = {
        "VpcPeeringConnectionId": peering.id,
        "Status": status or peering.status,
        "Tags": [{"Key": key, "Value": value} for key, value in tags.items()],
        "RequesterVpcInfo": _side(peering, peering.vpc, peering.requester_vpc_info, backend),
        "AccepterVpcInfo": _side(peering, peering.peer_vpc, peering.accepter_vpc_info, backend),
    }
    if peering.status["Code"] in ("initiating-request", "pending-acceptance"):
        view["ExpirationTime"] = _asked_at(peering) + _LIFETIME
    return view


def _asked_at(peering: Any) -> datetime:
    """When it was first shown: the answer to its requester."""
    peering.asked_at = getattr(peering, "asked_at", None) or datetime.now(UTC)
    asked: datetime = peering.asked_at
    return asked


def _side(peering: VPCPeeringConnection, vpc: Any, info: dict[str, Any], viewer: Any) -> dict[str, Any]:
    side = {key: info[key] for key in ("OwnerId", "Region", "VpcId")}
    connected = peering.status["Code"] in _CONNECTED
    own_request = vpc is peering.vpc and vpc.owner_id == viewer.account_id
    if connected or own_request:
        side |= {"CidrBlock": vpc.cidr_block, "CidrBlockSet": [{"CidrBlock": cidr} for cidr in cidrs(vpc)]}
    if connected:
        side["PeeringOptions"] = info["PeeringOptions"]
    return side


def cidrs(vpc: Any) -> list[str]:
    """The IPv4 CIDR blocks associated with a VPC now, the primary one first."""
    return [
        block["cidr_block"]
        for block in vpc.get_cidr_block_association_set()
        if block["cidr_block_state"]["state"] == "associated"
    ]


@corrects(EC2Response, "describe_vpc_peering_connections")
def describe(response: EC2Response, moto: Operation) -> ActionResult:
    backend = response.ec2_backend
    ids = response._get_param("VpcPeeringConnectionIds", [])
    for peering_id in ids:
        known(backend, peering_id)
    views = [seen_by(backend, peering) for peering in backend.vpc_pcxs.values() if not ids or peering.id in ids]
    filters = response._filters_from_querystring()
    for name in filters:
        if name not in _FILTERS and name not in ("tag-key", "tag-value") and not name.startswith("tag:"):
            raise AwsError("InvalidParameterValue", f"The filter '{name}' is invalid")
    matching = [view for view in views if all(_matches(view, name, values) for name, values in filters.items())]
    return ActionResult({"VpcPeeringConnections": matching})


_FILTERS: dict[str, Callable[[dict[str, Any]], list[str]]] = {
    "accepter-vpc-info.cidr-block": lambda view: _cidr_set(view["AccepterVpcInfo"]),
    "accepter-vpc-info.owner-id": lambda view: [view["AccepterVpcInfo"]["OwnerId"]],
    "accepter-vpc-info.vpc-id": lambda view: [view["AccepterVpcInfo"]["VpcId"]],
    "requester-vpc-info.cidr-block": lambda view: _cidr_set(view["RequesterVpcInfo"]),
    "requester-vpc-info.owner-id": lambda view: [view["RequesterVpcInfo"]["OwnerId"]],
    "requester-vpc-info.vpc-id": lambda view: [view["RequesterVpcInfo"]["VpcId"]],
    "status-code": lambda view: [view["Status"]["Code"]],
    "status-message": lambda view: [view["Status"]["Message"]],
    "vpc-peering-connection-id": lambda view: [view["VpcPeeringConnectionId"]],
}


def _cidr_set(side: dict[str, Any]) -> list[str]:
    return [block["CidrBlock"] for block in side.get("CidrBlockSet", [])]


def _matches(view: dict[str, Any], name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch.fnmatchcase(value, pattern) for value in _values(view, name) for pattern in patterns)


def _values(view: dict[str, Any], name: str) -> Iterator[str]:
    if name in _FILTERS:
        yield from _FILTERS[name](view)
    for tag in view["Tags"]:
        if name == "tag-key":
            yield tag["Key"]
        elif name in ("tag-value", f"tag:{tag['Key']}"):
            yield tag["Value"]
