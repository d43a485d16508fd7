"""A VPC of ours, and all that is in it: made by us, or by Peerway for us."""

import time
from typing import Any

from botocore.exceptions import ClientError

_TAG = "peerway-prove"
_LIVE_PEERINGS = ["pending-acceptance", "provisioning", "active"]
_LIVE_INSTANCES = ["pending", "running", "shutting-down", "stopping", "stopped"]


def find(ec2: Any, run: str) -> list[str]:
    return [vpc["VpcId"] for vpc in ec2.describe_vpcs(Filters=[_of(f"tag:{_TAG}", run)])["Vpcs"]]


def find_peerings(ec2: Any, run: str) -> list[str]:
    """Those that we have tagged; what joins a VPC of ours goes with it."""
    found = ec2.describe_vpc_peering_connections(Filters=[_of(f"tag:{_TAG}", run), _of("status-code", *_LIVE_PEERINGS)])
    return [peering["VpcPeeringConnectionId"] for peering in found["VpcPeeringConnections"]]


def remove_peering(ec2: Any, id: str) -> None:
    """One that is over (AWS shows it for a while) is removed."""
    for peering in ec2.describe_vpc_peering_connections(VpcPeeringConnectionIds=[id])["VpcPeeringConnections"]:
        if peering["Status"]["Code"] in _LIVE_PEERINGS:
            ec2.delete_vpc_peering_connection(VpcPeeringConnectionId=id)


def remove(ec2: Any, vpc: str) -> None:
    """Everything that DeleteVpc wants gone before ("DeleteVpc", EC2 API reference), then the VPC.
    Raises where it is too early for that.
    """
    if not ec2.describe_vpcs(Filters=[_of("vpc-id", vpc)])["Vpcs"]:
        return
    _peerings(ec2, vpc)
    _instances(ec2, vpc)
    inside = [_of("vpc-id", vpc)]
    for gateway in ec2.describe_internet_gateways(Filters=[_of("attachment.vpc-id", vpc)])["InternetGateways"]:
        _gone(ec2.detach_internet_gateway, InternetGatewayId=gateway["InternetGatewayId"], VpcId=vpc)
        _gone(ec2.delete_internet_gateway, InternetGatewayId=gateway["InternetGatewayId"])
    for interface in ec2.describe_network_interfaces(Filters=[*inside, _of("status", "available")])[
        "NetworkInterfaces"
    ]:
        _gone(ec2.delete_network_interface, NetworkInterfaceId=interface["NetworkInterfaceId"])
    for subnet in ec2.describe_subnets(Filters=inside)["Subnets"]:
        _gone(ec2.delete_subnet, SubnetId=subnet["SubnetId"])
    for table in ec2.describe_route_tables(Filters=inside)["RouteTables"]:
        if not any(association.get("Main") for association in table["Associations"]):
            _gone(ec2.delete_route_table, RouteTableId=table["RouteTableId"])
    for group in ec2.describe_security_groups(Filters=inside)["SecurityGroups"]:
        if group["GroupName"] != "default":
            _gone(ec2.delete_security_group, GroupId=group["GroupId"])
    _gone(ec2.delete_vpc, VpcId=vpc)


def _gone(delete: Any, **of: str) -> None:
    """Peerway, too, tidies up meanwhile."""
    try:
        delete(**of)
    except ClientError as e:
        if not e.response["Error"]["Code"].endswith((".NotFound", "Gateway.NotAttached")):
            raise


def _peerings(ec2: Any, vpc: str) -> None:
    for side in ("requester-vpc-info.vpc-id", "accepter-vpc-info.vpc-id"):
        found = ec2.describe_vpc_peering_connections(Filters=[_of(side, vpc), _of("status-code", *_LIVE_PEERINGS)])
        for peering in found["VpcPeeringConnections"]:
            try:
                ec2.delete_vpc_peering_connection(VpcPeeringConnectionId=peering["VpcPeeringConnectionId"])
            except ClientError as e:  # the other side was quicker
                if not e.response["Error"]["Code"].startswith("InvalidStateTransition"):
                    raise


def _instances(ec2: Any, vpc: str) -> None:
    """Terminated, and gone from their subnets."""
    lives = [_of("vpc-id", vpc), _of("instance-state-name", *_LIVE_INSTANCES)]

    def living() -> list[str]:
        return [
            instance["InstanceId"]
            for reservation in ec2.describe_instances(Filters=lives)["Reservations"]
            for instance in reservation["Instances"]
        ]

    if there := living():
        ec2.terminate_instances(InstanceIds=there)
    deadline = time.monotonic() + 300
    while living() and time.monotonic() < deadline:
        time.sleep(2)


def _of(name: str, *values: str) -> dict[str, Any]:
    return {"Name": name, "Values": list(values)}
