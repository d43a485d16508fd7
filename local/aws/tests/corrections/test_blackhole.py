"""Routes of a VPC peering connection that is gone."""

from local.aws.tests.conftest import Network


def test_a_route_stays_as_a_blackhole_when_its_connection_is_deleted(network: Network) -> None:
    peering, table = network.connect(), network.main_table()
    network.hub_ec2.create_route(
        RouteTableId=table, DestinationCidrBlock="10.110.0.0/16", VpcPeeringConnectionId=peering
    )

    def state() -> str:
        routes = network.hub_ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"][0]["Routes"]
        return str(next(route["State"] for route in routes if route.get("VpcPeeringConnectionId") == peering))

    assert state() == "active"
    network.service_ec2.delete_vpc_peering_connection(VpcPeeringConnectionId=peering)
    assert state() == "blackhole"
