"""`DryRun` changes nothing."""

from local.aws.tests.conftest import Network, refused


def test_a_dry_run_is_told_so_and_has_no_effect(network: Network) -> None:
    peering, table = network.request(), network.main_table()
    with refused("DryRunOperation"):
        network.hub_ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=peering, DryRun=True)
    with refused("DryRunOperation"):
        network.hub_ec2.create_route(
            RouteTableId=table, DestinationCidrBlock="10.110.0.0/16", VpcPeeringConnectionId=peering, DryRun=True
        )
    assert network.seen(network.hub_ec2, peering)["Status"]["Code"] == "pending-acceptance"
    assert len(network.hub_ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"][0]["Routes"]) == 1
