"""The same network once more, with the same ids."""

from local.aws.local_aws import LocalAws
from local.aws.tests.conftest import Network


def test_what_was_made_changed_and_deleted_since_is_as_it_was(aws: LocalAws, network: Network) -> None:
    peering = network.connect()
    table = network.main_table()
    network.hub_ec2.create_tags(Resources=[peering], Tags=[{"Key": "kept", "Value": "1"}])
    group = network.service_ec2.create_security_group(GroupName="kept", Description="kept", VpcId=network.service_vpc)[
        "GroupId"
    ]
    memory = aws.remember()
    for _ in range(2):  # what is put back does not change what is remembered
        network.hub_ec2.create_route(
            RouteTableId=table, DestinationCidrBlock="10.110.0.0/16", VpcPeeringConnectionId=peering
        )
        network.hub_ec2.delete_tags(Resources=[peering], Tags=[{"Key": "kept"}])
        network.hub_ec2.delete_vpc_peering_connection(VpcPeeringConnectionId=peering)
        network.service_ec2.delete_security_group(GroupId=group)
        new = network.service_ec2.create_vpc(CidrBlock="10.111.0.0/16")["Vpc"]["VpcId"]
        aws.recall(memory)
        assert network.seen(network.service_ec2, peering)["Status"]["Code"] == "active"
        assert network.seen(network.hub_ec2, peering)["Tags"] == [{"Key": "kept", "Value": "1"}]
        (routes,) = network.hub_ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"]
        assert [route["DestinationCidrBlock"] for route in routes["Routes"]] == ["10.100.0.0/16"]
        assert network.service_ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"]
        assert new not in {vpc["VpcId"] for vpc in network.service_ec2.describe_vpcs()["Vpcs"]}


def test_both_sides_still_share_one_connection(aws: LocalAws, network: Network) -> None:
    peering = network.request()
    aws.recall(aws.remember())
    network.hub_ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=peering)
    assert network.seen(network.service_ec2, peering)["Status"]["Code"] == "active"
