"""Deleting a VPC."""

from collections.abc import Callable
from typing import Any

import pytest

from local.aws.tests.conftest import Network, refused


def empty(network: Network) -> None:
    for subnet in network.service_ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [network.service_vpc]}])[
        "Subnets"
    ]:
        network.service_ec2.delete_subnet(SubnetId=subnet["SubnetId"])


def test_its_connection_is_deleted_with_it_and_keeps_the_hubs_tags(network: Network) -> None:
    peering = network.connect()
    network.hub_ec2.create_tags(Resources=[peering], Tags=[{"Key": "peerway:cidrs", "Value": "10.110.0.0/16"}])
    empty(network)
    network.service_ec2.delete_vpc(VpcId=network.service_vpc)
    seen = network.seen(network.hub_ec2, peering)
    assert seen["Status"]["Code"] == "deleted"
    assert seen["Tags"] == [{"Key": "peerway:cidrs", "Value": "10.110.0.0/16"}]


def test_its_own_request_is_deleted_with_it(network: Network) -> None:
    peering = network.request()
    empty(network)
    network.service_ec2.delete_vpc(VpcId=network.service_vpc)
    assert network.seen(network.hub_ec2, peering)["Status"]["Code"] == "deleted"


def test_a_request_of_another_account_stands_against_it(network: Network) -> None:
    network.hub_ec2.create_vpc_peering_connection(
        VpcId=network.hub_vpc, PeerVpcId=network.service_vpc, PeerOwnerId=network.service
    )
    empty(network)
    with refused("DependencyViolation"):
        network.service_ec2.delete_vpc(VpcId=network.service_vpc)


def _subnet(ec2: Any, vpc: str) -> None:
    ec2.create_subnet(VpcId=vpc, CidrBlock="10.110.1.0/24")


def _group(ec2: Any, vpc: str) -> None:
    ec2.create_security_group(GroupName="peerway-vpc-1", Description="x", VpcId=vpc)


def _table(ec2: Any, vpc: str) -> None:
    ec2.create_route_table(VpcId=vpc)


def _acl(ec2: Any, vpc: str) -> None:
    ec2.create_network_acl(VpcId=vpc)


def _gateway(ec2: Any, vpc: str) -> None:
    ec2.attach_internet_gateway(
        VpcId=vpc, InternetGatewayId=ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    )


def _vpn_gateway(ec2: Any, vpc: str) -> None:
    ec2.attach_vpn_gateway(VpcId=vpc, VpnGatewayId=ec2.create_vpn_gateway(Type="ipsec.1")["VpnGateway"]["VpnGatewayId"])


@pytest.mark.parametrize("leave", [_subnet, _group, _table, _acl, _gateway, _vpn_gateway])
def test_what_is_left_in_it_stands_against_it(network: Network, leave: Callable[[Any, str], None]) -> None:
    leave(network.service_ec2, network.service_vpc)
    with refused("DependencyViolation"):
        network.service_ec2.delete_vpc(VpcId=network.service_vpc)
    (still_there,) = network.service_ec2.describe_vpcs(VpcIds=[network.service_vpc])["Vpcs"]
    assert still_there["State"] == "available"


def test_its_default_group_acl_and_table_go_with_it(network: Network) -> None:
    ec2, of_it = network.service_ec2, [{"Name": "vpc-id", "Values": [network.service_vpc]}]
    ec2.delete_vpc(VpcId=network.service_vpc)
    assert ec2.describe_network_acls(Filters=of_it)["NetworkAcls"] == []
    assert ec2.describe_route_tables(Filters=of_it)["RouteTables"] == []
    assert ec2.describe_security_groups(Filters=of_it)["SecurityGroups"] == []


def test_an_unknown_vpc_is_unknown(network: Network) -> None:
    with refused("InvalidVpcID.NotFound"):
        network.service_ec2.delete_vpc(VpcId="vpc-0123456789abcdef0")
