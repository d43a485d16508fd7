"""Accepting, rejecting and deleting a VPC peering connection."""

from local.aws import LocalAws
from local.aws.tests.conftest import Network, refused


def test_an_accepted_connection_is_provisioning_then_active(network: Network) -> None:
    peering = network.request()
    accepted = network.hub_ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=peering)["VpcPeeringConnection"]
    assert accepted["Status"]["Code"] == "provisioning"
    assert network.seen(network.service_ec2, peering)["Status"]["Code"] == "active"


def test_provisioning_can_be_made_to_last(aws: LocalAws, network: Network) -> None:
    aws.world.describes_until_active = 2
    peering = network.connect()
    states = [network.seen(network.hub_ec2, peering)["Status"]["Code"] for _ in range(4)]
    assert states == ["provisioning", "provisioning", "active", "active"]


def test_an_active_connection_cannot_be_accepted_again(network: Network) -> None:
    peering = network.connect()
    with refused("InvalidStateTransition"):
        network.hub_ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=peering)


def test_only_the_accepter_may_accept_or_reject(network: Network) -> None:
    peering = network.request()
    with refused("OperationNotPermitted"):
        network.service_ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=peering)
    with refused("OperationNotPermitted"):
        network.service_ec2.reject_vpc_peering_connection(VpcPeeringConnectionId=peering)


def test_a_rejected_connection_can_neither_be_accepted_nor_deleted(network: Network) -> None:
    peering = network.request()
    network.hub_ec2.reject_vpc_peering_connection(VpcPeeringConnectionId=peering)
    with refused("InvalidStateTransition"):
        network.hub_ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=peering)
    with refused("InvalidStateTransition"):
        network.hub_ec2.delete_vpc_peering_connection(VpcPeeringConnectionId=peering)


def test_a_pending_request_is_deleted_by_its_requester_only(network: Network) -> None:
    peering = network.request()
    with refused("OperationNotPermitted"):
        network.hub_ec2.delete_vpc_peering_connection(VpcPeeringConnectionId=peering)
    network.service_ec2.delete_vpc_peering_connection(VpcPeeringConnectionId=peering)
    assert network.seen(network.hub_ec2, peering)["Status"]["Code"] == "deleted"


def test_a_vpc_has_a_limited_number_of_active_connections(aws: LocalAws, network: Network) -> None:
    aws.world.peerings_per_vpc = 1
    network.connect()
    other = network.hub_ec2.create_vpc(CidrBlock="10.140.0.0/16")["Vpc"]["VpcId"]
    second = network.hub_ec2.create_vpc_peering_connection(VpcId=other, PeerVpcId=network.hub_vpc)["VpcPeeringConnection"]
    with refused("ActiveVpcPeeringConnectionPerVpcLimitExceeded"):
        network.hub_ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=second["VpcPeeringConnectionId"])
