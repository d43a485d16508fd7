"""Route tables of gateways."""

from typing import Any

import pytest

from local.aws.tests.conftest import Network, refused


def internet_gateway(network: Network) -> str:
    gateway = str(network.service_ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"])
    network.service_ec2.attach_internet_gateway(VpcId=network.service_vpc, InternetGatewayId=gateway)
    return gateway


def vpn_gateway(network: Network) -> str:
    gateway = str(network.service_ec2.create_vpn_gateway(Type="ipsec.1")["VpnGateway"]["VpnGatewayId"])
    network.service_ec2.attach_vpn_gateway(VpcId=network.service_vpc, VpnGatewayId=gateway)
    return gateway


def table(network: Network) -> str:
    return str(network.service_ec2.create_route_table(VpcId=network.service_vpc)["RouteTable"]["RouteTableId"])


def seen(network: Network, table_id: str) -> dict[str, Any]:
    (found,) = network.service_ec2.describe_route_tables(RouteTableIds=[table_id])["RouteTables"]
    return dict(found)


@pytest.mark.parametrize("make", [internet_gateway, vpn_gateway])
def test_the_association_names_the_gateway(network: Network, make: Any) -> None:
    gateway, edge = make(network), table(network)
    association = network.service_ec2.associate_route_table(RouteTableId=edge, GatewayId=gateway)["AssociationId"]
    (shown,) = seen(network, edge)["Associations"]
    assert (shown["GatewayId"], shown["Main"], "SubnetId" in shown) == (gateway, False, False)
    of_it = [{"Name": "association.gateway-id", "Values": [gateway]}]
    assert [
        each["RouteTableId"] for each in network.service_ec2.describe_route_tables(Filters=of_it)["RouteTables"]
    ] == [edge]
    network.service_ec2.disassociate_route_table(AssociationId=association)
    assert seen(network, edge)["Associations"] == []


def test_it_takes_no_route_to_a_peering_connection(network: Network) -> None:
    edge, peering = table(network), network.connect()
    network.service_ec2.associate_route_table(RouteTableId=edge, GatewayId=internet_gateway(network))
    with refused("InvalidParameterValue"):
        network.service_ec2.create_route(
            RouteTableId=edge, DestinationCidrBlock="10.100.0.0/16", VpcPeeringConnectionId=peering
        )


def test_a_table_with_such_a_route_does_not_become_a_gateways(network: Network) -> None:
    edge, peering = table(network), network.connect()
    network.service_ec2.create_route(
        RouteTableId=edge, DestinationCidrBlock="10.100.0.0/16", VpcPeeringConnectionId=peering
    )
    with refused("InvalidParameterValue"):
        network.service_ec2.associate_route_table(RouteTableId=edge, GatewayId=internet_gateway(network))


def test_a_gateway_has_one_table_and_must_be_attached(network: Network) -> None:
    gateway = internet_gateway(network)
    network.service_ec2.associate_route_table(RouteTableId=table(network), GatewayId=gateway)
    with refused("Resource.AlreadyAssociated"):
        network.service_ec2.associate_route_table(RouteTableId=table(network), GatewayId=gateway)
    loose = network.service_ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    with refused("InvalidGatewayID.NotFound"):
        network.service_ec2.associate_route_table(RouteTableId=table(network), GatewayId=loose)
