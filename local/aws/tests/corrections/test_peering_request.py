"""Requesting a VPC peering connection that cannot be."""

from local.aws.accounts import HUB
from local.aws.local_aws import LocalAws
from local.aws.tests.conftest import Network, refused


def test_overlapping_cidrs_fail(aws: LocalAws, service: str) -> None:
    network = Network(aws, service, service_cidr="10.100.128.0/20")
    peering = network.request()
    assert network.seen(network.service_ec2, peering)["Status"]["Code"] == "failed"
    with refused("InvalidVpcPeeringConnectionID.NotFound"):
        network.seen(network.hub_ec2, peering)


def test_an_unknown_peer_vpc_fails_without_telling_that_it_is_unknown(network: Network) -> None:
    answer = network.service_ec2.create_vpc_peering_connection(
        VpcId=network.service_vpc, PeerVpcId="vpc-0123456789abcdef0", PeerOwnerId=HUB
    )["VpcPeeringConnection"]
    assert answer["Status"]["Code"] == "initiating-request"
    assert network.seen(network.service_ec2, answer["VpcPeeringConnectionId"])["Status"]["Code"] == "failed"


def test_a_repeated_request_is_the_first_while_that_lives(network: Network) -> None:
    peering = network.request()
    assert network.request() == peering
    network.hub_ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=peering)
    assert network.request() == peering
    network.service_ec2.delete_vpc_peering_connection(VpcPeeringConnectionId=peering)
    assert network.request() != peering


def test_the_other_side_may_ask_as_well_and_only_one_is_accepted(network: Network) -> None:
    peering = network.request()
    back = network.hub_ec2.create_vpc_peering_connection(
        VpcId=network.hub_vpc, PeerVpcId=network.service_vpc, PeerOwnerId=network.service
    )["VpcPeeringConnection"]["VpcPeeringConnectionId"]
    assert back != peering
    network.hub_ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=peering)
    with refused("VpcPeeringConnectionAlreadyExists"):
        network.service_ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=back)
    network.service_ec2.delete_vpc_peering_connection(VpcPeeringConnectionId=peering)
    network.service_ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=back)
