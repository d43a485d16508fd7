"""Routes that a virtual private gateway propagates."""

from typing import Any

import pytest

from local.aws.local_aws import LocalAws
from local.aws.tests.conftest import Network, refused

CIDR = "10.110.0.0/16"


@pytest.fixture
def gateway(aws: LocalAws, network: Network) -> str:
    """Of the hub VPC; it has learned of the service's CIDR from elsewhere."""
    made = str(network.hub_ec2.create_vpn_gateway(Type="ipsec.1")["VpnGateway"]["VpnGatewayId"])
    network.hub_ec2.attach_vpn_gateway(VpcId=network.hub_vpc, VpnGatewayId=made)
    aws.world.learned_routes[made] = [CIDR]
    return made


def routes(network: Network) -> list[tuple[str, str]]:
    (table,) = network.hub_ec2.describe_route_tables(RouteTableIds=[network.main_table()])["RouteTables"]
    return [
        (route["Origin"], route.get("GatewayId") or route["VpcPeeringConnectionId"])
        for route in table["Routes"]
        if route["DestinationCidrBlock"] == CIDR
    ]


def test_they_are_there_while_propagation_is_enabled(network: Network, gateway: str) -> None:
    table = network.main_table()
    assert routes(network) == []
    network.hub_ec2.enable_vgw_route_propagation(RouteTableId=table, GatewayId=gateway)
    assert routes(network) == [("EnableVgwRoutePropagation", gateway)]
    (shown,) = network.hub_ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"]
    assert shown["PropagatingVgws"] == [{"GatewayId": gateway}]
    network.hub_ec2.disable_vgw_route_propagation(RouteTableId=table, GatewayId=gateway)
    assert routes(network) == []


def test_a_static_route_stands_beside_one_and_goes_alone(network: Network, gateway: str) -> None:
    table, peering = network.main_table(), network.connect()
    network.hub_ec2.enable_vgw_route_propagation(RouteTableId=table, GatewayId=gateway)
    network.hub_ec2.create_route(RouteTableId=table, DestinationCidrBlock=CIDR, VpcPeeringConnectionId=peering)
    assert routes(network) == [("EnableVgwRoutePropagation", gateway), ("CreateRoute", peering)]
    with refused("RouteAlreadyExists"):
        network.hub_ec2.create_route(RouteTableId=table, DestinationCidrBlock=CIDR, VpcPeeringConnectionId=peering)
    network.hub_ec2.delete_route(RouteTableId=table, DestinationCidrBlock=CIDR)
    assert routes(network) == [("EnableVgwRoutePropagation", gateway)]


def test_nobody_deletes_or_replaces_one(network: Network, gateway: str) -> None:
    table, peering = network.main_table(), network.connect()
    network.hub_ec2.enable_vgw_route_propagation(RouteTableId=table, GatewayId=gateway)
    with refused("InvalidParameterValue"):
        network.hub_ec2.delete_route(RouteTableId=table, DestinationCidrBlock=CIDR)
    with refused("InvalidParameterValue"):
        network.hub_ec2.replace_route(RouteTableId=table, DestinationCidrBlock=CIDR, VpcPeeringConnectionId=peering)
    assert routes(network) == [("EnableVgwRoutePropagation", gateway)]


def test_they_do_not_count_against_the_quota(aws: LocalAws, network: Network, gateway: str) -> None:
    aws.world.routes_per_table = 1
    table, peering = network.main_table(), network.connect()
    network.hub_ec2.enable_vgw_route_propagation(RouteTableId=table, GatewayId=gateway)
    network.hub_ec2.create_route(
        RouteTableId=table, DestinationCidrBlock="10.111.0.0/16", VpcPeeringConnectionId=peering
    )


def test_a_gateway_of_another_vpc_propagates_nothing_here(network: Network) -> None:
    loose = network.hub_ec2.create_vpn_gateway(Type="ipsec.1")["VpnGateway"]["VpnGatewayId"]
    with refused("Gateway.NotAttached"):
        network.hub_ec2.enable_vgw_route_propagation(RouteTableId=network.main_table(), GatewayId=loose)


def test_the_packet_lab_is_told(aws: LocalAws, network: Network, gateway: str) -> None:
    network.hub_ec2.enable_vgw_route_propagation(RouteTableId=network.main_table(), GatewayId=gateway)
    shown: list[dict[str, Any]] = next(
        t["routes"] for t in aws.snapshot()["routeTables"] if t["id"] == network.main_table()
    )
    assert {"destination": CIDR, "target": gateway, "state": "active", "propagated": True} in shown
