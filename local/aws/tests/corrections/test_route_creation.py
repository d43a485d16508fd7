"""Creating a route that is there already, or one too many."""

import pytest

from local.aws.local_aws import LocalAws
from local.aws.tests.conftest import Network, refused


@pytest.mark.parametrize("same_target", [True, False])
def test_a_second_route_to_a_destination_is_refused_whatever_its_target(network: Network, same_target: bool) -> None:
    peering, table = network.connect(), network.main_table()
    network.hub_ec2.create_route(
        RouteTableId=table, DestinationCidrBlock="10.110.0.0/16", VpcPeeringConnectionId=peering
    )
    gateway = network.hub_ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    target = {"VpcPeeringConnectionId": peering} if same_target else {"GatewayId": gateway}
    with refused("RouteAlreadyExists"):
        network.hub_ec2.create_route(RouteTableId=table, DestinationCidrBlock="10.110.0.0/16", **target)


def test_the_local_route_is_not_replaced(network: Network) -> None:
    peering = network.connect()
    with refused("RouteAlreadyExists"):
        network.hub_ec2.create_route(
            RouteTableId=network.main_table(), DestinationCidrBlock="10.100.0.0/16", VpcPeeringConnectionId=peering
        )


def test_a_full_table_takes_no_more(aws: LocalAws, network: Network) -> None:
    aws.world.routes_per_table = 1
    peering, table = network.connect(), network.main_table()
    network.hub_ec2.create_route(
        RouteTableId=table, DestinationCidrBlock="10.110.0.0/17", VpcPeeringConnectionId=peering
    )
    with refused("RouteLimitExceeded"):
        network.hub_ec2.create_route(
            RouteTableId=table, DestinationCidrBlock="10.110.128.0/17", VpcPeeringConnectionId=peering
        )


def test_the_target_must_exist(network: Network) -> None:
    with refused("InvalidVpcPeeringConnectionID.NotFound"):
        network.hub_ec2.create_route(
            RouteTableId=network.main_table(),
            DestinationCidrBlock="10.110.0.0/16",
            VpcPeeringConnectionId="pcx-0123456789abcdef0",
        )
