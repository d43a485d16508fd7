"""The CloudTrail events, in the shape that AWS gives them."""

from typing import Any

import pytest

from local.aws.accounts import HUB
from local.aws.calls import trail
from local.aws.local_aws import LocalAws
from local.aws.tests.conftest import Network, refused


@pytest.fixture
def events(aws: LocalAws) -> list[dict[str, Any]]:
    """What is sent from now on."""
    seen: list[dict[str, Any]] = []

    def keep(request: Any, effect: Any) -> None:
        event = next(trail.events_of(request, effect), None)
        if event:
            seen.append(event["detail"])

    aws.interception.listen(keep)
    return seen


def test_tags(network: Network, events: list[dict[str, Any]]) -> None:
    peering = network.connect()
    network.hub_ec2.create_tags(Resources=[peering], Tags=[{"Key": "peerway:decision", "Value": "approve"}])
    assert events[-1]["eventName"] == "CreateTags"
    assert events[-1]["requestParameters"] == {
        "resourcesSet": {"items": [{"resourceId": peering}]},
        "tagSet": {"items": [{"key": "peerway:decision", "value": "approve"}]},
    }


def test_an_accepted_peering_tells_both_sides(network: Network, events: list[dict[str, Any]]) -> None:
    network.service_ec2.associate_vpc_cidr_block(VpcId=network.service_vpc, CidrBlock="10.111.0.0/16")
    network.connect()
    made = events[-1]["responseElements"]["vpcPeeringConnection"]
    assert made["status"]["code"] == "provisioning"
    assert made["requesterVpcInfo"]["cidrBlockSet"] == {
        "items": [{"cidrBlock": "10.110.0.0/16"}, {"cidrBlock": "10.111.0.0/16"}]
    }
    assert made["accepterVpcInfo"]["ownerId"] == HUB


def test_cidr_actions_have_request_and_response_whole(network: Network, events: list[dict[str, Any]]) -> None:
    added = network.service_ec2.associate_vpc_cidr_block(VpcId=network.service_vpc, CidrBlock="10.111.0.0/16")
    association = added["CidrBlockAssociation"]["AssociationId"]
    assert events[-1]["requestParameters"] == {
        "AssociateVpcCidrBlockRequest": {"VpcId": network.service_vpc, "CidrBlock": "10.111.0.0/16"}
    }
    network.service_ec2.disassociate_vpc_cidr_block(AssociationId=association)
    assert events[-1]["requestParameters"] == {"DisassociateVpcCidrBlockRequest": {"AssociationId": association}}
    assert events[-1]["responseElements"]["DisassociateVpcCidrBlockResponse"]["vpcId"] == network.service_vpc


def test_who_called(network: Network, events: list[dict[str, Any]]) -> None:
    network.request()
    assert events[-1]["userIdentity"]["accountId"] == network.service
    assert events[-1]["recipientAccountId"] == network.service
    assert events[-1]["userIdentity"]["type"] == "Root"


def test_a_refused_deletion_of_a_vpc_tells_why(network: Network, events: list[dict[str, Any]]) -> None:
    network.service_ec2.create_security_group(GroupName="peerway", Description="x", VpcId=network.service_vpc)
    with refused("DependencyViolation"):
        network.service_ec2.delete_vpc(VpcId=network.service_vpc)
    assert (events[-1]["eventName"], events[-1]["errorCode"]) == ("DeleteVpc", "Client.DependencyViolation")
    assert events[-1]["requestParameters"] == {"vpcId": network.service_vpc}
    assert events[-1]["responseElements"] is None
