"""Accepting, rejecting and deleting a VPC peering connection."""

from local.aws.accounts import HUB
from local.aws.local_aws import LocalAws
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
    second = network.hub_ec2.create_vpc_peering_connection(VpcId=other, PeerVpcId=network.hub_vpc)[
        "VpcPeeringConnection"
    ]
    with refused("ActiveVpcPeeringConnectionPerVpcLimitExceeded"):
        network.hub_ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=second["VpcPeeringConnectionId"])


ELSEWHERE = "eu-central-1"


def test_a_connection_of_two_regions_is_seen_in_both_and_accepted_in_the_accepters(
    aws: LocalAws, network: Network
) -> None:
    """AWS behaviour ("Accept a VPC peering connection", VPC Peering Guide): in the Region of the accepter VPC."""
    there = aws.client("ec2", network.service, ELSEWHERE, as_user=True)
    vpc = there.create_vpc(CidrBlock="10.111.0.0/16")["Vpc"]["VpcId"]
    peering = there.create_vpc_peering_connection(
        VpcId=vpc, PeerVpcId=network.hub_vpc, PeerOwnerId=HUB, PeerRegion="eu-west-1"
    )["VpcPeeringConnection"]["VpcPeeringConnectionId"]
    with refused("InvalidVpcPeeringConnectionID.NotFound"):
        aws.client("ec2", HUB, ELSEWHERE, as_user=True).accept_vpc_peering_connection(VpcPeeringConnectionId=peering)
    network.hub_ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=peering)
    for ec2 in (network.hub_ec2, there):
        seen = network.seen(ec2, peering)
        assert seen["Status"]["Code"] == "active"
        assert (seen["RequesterVpcInfo"]["Region"], seen["AccepterVpcInfo"]["Region"]) == (ELSEWHERE, "eu-west-1")
        assert [block["CidrBlock"] for block in seen["RequesterVpcInfo"]["CidrBlockSet"]] == ["10.111.0.0/16"]
    with refused("InvalidVpcPeeringConnectionID.NotFound"):
        network.seen(network.service_ec2, peering)  # the service account's, in the hub's Region
    (at,) = (entry for entry in aws.snapshot()["peerings"] if entry["id"] == peering)
    assert at["requester"] == {"account": network.service, "region": ELSEWHERE, "vpc": vpc}


def test_the_requester_of_another_region_cannot_accept_in_the_hubs_stead(aws: LocalAws, network: Network) -> None:
    there = aws.client("ec2", HUB, ELSEWHERE, as_user=True)
    vpc = there.create_vpc(CidrBlock="10.112.0.0/16")["Vpc"]["VpcId"]
    made = there.create_vpc_peering_connection(VpcId=vpc, PeerVpcId=network.hub_vpc, PeerRegion="eu-west-1")
    peering = made["VpcPeeringConnection"]["VpcPeeringConnectionId"]
    with refused("OperationNotPermitted"):
        there.accept_vpc_peering_connection(VpcPeeringConnectionId=peering)
