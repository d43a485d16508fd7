"""Deleting a VPC that has peering connections."""

from local.aws.tests.conftest import Network, refused


def empty(network: Network) -> None:
    for subnet in network.service_ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [network.service_vpc]}])["Subnets"]:
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
        VpcId=network.hub_vpc, PeerVpcId=network.service_vpc, PeerOwnerId=network.service)
    empty(network)
    with refused("DependencyViolation"):
        network.service_ec2.delete_vpc(VpcId=network.service_vpc)
