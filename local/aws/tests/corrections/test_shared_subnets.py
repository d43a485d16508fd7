"""Subnets that another account has shared by AWS RAM."""

from collections.abc import Iterator
from typing import Any

import pytest

from local.aws.accounts import HUB
from local.aws.local_aws import LocalAws
from local.aws.tests.conftest import IMAGE, Network, refused


@pytest.fixture
def shared(aws: LocalAws, network: Network) -> Iterator[str]:
    """A subnet of the service VPC that the hub account may use."""
    subnet = network.service_ec2.create_subnet(VpcId=network.service_vpc, CidrBlock="10.110.1.0/24")["Subnet"][
        "SubnetId"
    ]
    aws.world.shared_subnets.add((subnet, HUB))
    yield subnet
    aws.world.shared_subnets.clear()


def vpcs(ec2: Any) -> dict[str, dict[str, Any]]:
    return {vpc["VpcId"]: vpc for vpc in ec2.describe_vpcs()["Vpcs"]}


def test_a_participant_sees_the_vpc_as_its_owners(network: Network, shared: str) -> None:
    seen = vpcs(network.hub_ec2)[network.service_vpc]
    assert (seen["OwnerId"], seen["CidrBlock"]) == (network.service, "10.110.0.0/16")
    assert network.hub_ec2.describe_subnets(SubnetIds=[shared])["Subnets"][0]["OwnerId"] == network.service
    of_it = [{"Name": "vpc-id", "Values": [network.service_vpc]}]
    for answer, key in (
        (network.hub_ec2.describe_route_tables, "RouteTables"),
        (network.hub_ec2.describe_network_acls, "NetworkAcls"),
    ):
        assert [each["OwnerId"] for each in answer(Filters=of_it)[key]] == [network.service]


def test_nobody_else_sees_it_and_nobody_once_it_is_shared_no_longer(
    aws: LocalAws, network: Network, shared: str
) -> None:
    assert network.service_vpc not in vpcs(aws.client("ec2", "777777777777"))
    aws.world.shared_subnets.clear()
    assert network.service_vpc not in vpcs(network.hub_ec2)


def test_each_account_sees_its_own_tags(network: Network, shared: str) -> None:
    network.service_ec2.create_tags(Resources=[network.service_vpc], Tags=[{"Key": "owners", "Value": "1"}])
    network.hub_ec2.create_tags(Resources=[network.service_vpc], Tags=[{"Key": "peerway:connect", "Value": "true"}])
    assert vpcs(network.service_ec2)[network.service_vpc]["Tags"] == [{"Key": "owners", "Value": "1"}]
    assert vpcs(network.hub_ec2)[network.service_vpc]["Tags"] == [{"Key": "peerway:connect", "Value": "true"}]
    tagged = [{"Name": "tag:peerway:connect", "Values": ["true"]}]
    assert [vpc["VpcId"] for vpc in network.hub_ec2.describe_vpcs(Filters=tagged)["Vpcs"]] == [network.service_vpc]
    assert network.service_ec2.describe_vpcs(Filters=tagged)["Vpcs"] == []


def test_only_the_owner_peers_or_changes_it(network: Network, shared: str) -> None:
    with refused("UnauthorizedOperation"):
        network.hub_ec2.create_vpc_peering_connection(VpcId=network.service_vpc, PeerVpcId=network.hub_vpc)
    with refused("UnauthorizedOperation"):
        network.hub_ec2.delete_vpc(VpcId=network.service_vpc)
    assert network.request()


def test_a_participant_has_instances_and_groups_there_that_the_owner_sees(
    aws: LocalAws, network: Network, shared: str
) -> None:
    group = network.hub_ec2.create_security_group(GroupName="theirs", Description="x", VpcId=network.service_vpc)[
        "GroupId"
    ]
    instance = network.hub_ec2.run_instances(
        ImageId=IMAGE, MinCount=1, MaxCount=1, SubnetId=shared, SecurityGroupIds=[group]
    )["Instances"][0]["InstanceId"]
    of_it = [{"Name": "vpc-id", "Values": [network.service_vpc]}]
    assert [
        each["OwnerId"] for each in network.service_ec2.describe_network_interfaces(Filters=of_it)["NetworkInterfaces"]
    ] == [HUB]
    assert {
        each["GroupName"]: each["OwnerId"]
        for each in network.service_ec2.describe_security_groups(Filters=of_it)["SecurityGroups"]
    } == {"default": network.service, "theirs": HUB}
    assert [
        each["GroupName"] for each in network.hub_ec2.describe_security_groups(Filters=of_it)["SecurityGroups"]
    ] == ["theirs"]
    (at,) = (entry for entry in aws.snapshot()["instances"] if entry["id"] == instance)
    assert (at["vpc"], at["account"]) == (network.service_vpc, HUB)
    with refused("DependencyViolation"):
        network.service_ec2.delete_vpc(VpcId=network.service_vpc)
