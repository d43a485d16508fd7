"""What moto does as AWS does, and we rely on: no correction needed, but a new moto must not change it."""

import pytest

from local.aws.local_aws import LocalAws
from local.aws.tests.conftest import Network, refused


def test_a_second_security_group_of_a_name_is_refused(network: Network) -> None:
    network.service_ec2.create_security_group(GroupName="peerway", Description="x", VpcId=network.service_vpc)
    with refused("InvalidGroup.Duplicate"):
        network.service_ec2.create_security_group(GroupName="peerway", Description="x", VpcId=network.service_vpc)


def test_a_rule_that_is_there_is_refused(network: Network) -> None:
    group = network.service_ec2.create_security_group(GroupName="peerway", Description="x", VpcId=network.service_vpc)[
        "GroupId"
    ]
    rule = {
        "IpProtocol": "tcp",
        "FromPort": 22,
        "ToPort": 22,
        "IpRanges": [{"CidrIp": "10.100.1.10/32", "Description": "VPN"}],
    }
    network.service_ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[rule])
    with refused("InvalidPermission.Duplicate"):
        network.service_ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[rule])


def test_members_of_the_organisation_are_known_and_others_are_not(aws: LocalAws, service: str) -> None:
    organizations = aws.client("organizations")
    account = organizations.describe_account(AccountId=service)["Account"]
    assert (account["Status"], account["JoinedMethod"]) == ("ACTIVE", "CREATED")
    with refused("AccountNotFoundException"):
        organizations.describe_account(AccountId="999999999999")


def test_an_account_is_in_the_unit_it_was_created_for(aws: LocalAws) -> None:
    organizations = aws.client("organizations")
    root = organizations.list_roots()["Roots"][0]["Id"]
    unit = organizations.create_organizational_unit(ParentId=root, Name="services")["OrganizationalUnit"]["Id"]
    account = aws.create_account("in-a-unit", ou=unit)
    assert organizations.list_parents(ChildId=account)["Parents"] == [{"Id": unit, "Type": "ORGANIZATIONAL_UNIT"}]


def test_secondary_cidrs_come_and_go(network: Network) -> None:
    added = network.service_ec2.associate_vpc_cidr_block(VpcId=network.service_vpc, CidrBlock="10.111.0.0/16")
    peering = network.connect()
    assert len(network.seen(network.hub_ec2, peering)["RequesterVpcInfo"]["CidrBlockSet"]) == 2
    network.service_ec2.disassociate_vpc_cidr_block(AssociationId=added["CidrBlockAssociation"]["AssociationId"])
    assert len(network.seen(network.hub_ec2, peering)["RequesterVpcInfo"]["CidrBlockSet"]) == 1


@pytest.mark.parametrize("destination", ["10.110.0.0/33", "everywhere"])
def test_a_destination_that_is_no_cidr_is_refused(network: Network, destination: str) -> None:
    peering = network.connect()
    with refused("InvalidParameterValue"):
        network.hub_ec2.create_route(
            RouteTableId=network.main_table(), DestinationCidrBlock=destination, VpcPeeringConnectionId=peering
        )
