"""What each side of a VPC peering connection sees of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from local.aws.accounts import HUB
from local.aws.local_aws import LocalAws
from local.aws.tests.conftest import Network, refused


def test_a_pending_request_shows_the_accepter_no_cidrs(network: Network) -> None:
    peering = network.request()
    seen = network.seen(network.hub_ec2, peering)
    assert seen["Status"]["Code"] == "pending-acceptance"
    assert "CidrBlock" not in seen["RequesterVpcInfo"] and "CidrBlock" not in seen["AccepterVpcInfo"]
    assert seen["RequesterVpcInfo"]["OwnerId"] == network.service


def test_an_active_connection_shows_all_cidrs_to_both(network: Network) -> None:
    network.service_ec2.associate_vpc_cidr_block(VpcId=network.service_vpc, CidrBlock="10.111.0.0/16")
    peering = network.connect()
    for ec2 in (network.hub_ec2, network.service_ec2):
        seen = network.seen(ec2, peering)
        assert seen["RequesterVpcInfo"]["CidrBlockSet"] == [
            {"CidrBlock": "10.110.0.0/16"},
            {"CidrBlock": "10.111.0.0/16"},
        ]
        assert seen["AccepterVpcInfo"]["CidrBlockSet"] == [{"CidrBlock": "10.100.0.0/16"}]


def test_tags_are_seen_by_the_side_that_set_them_only(network: Network) -> None:
    peering = network.request()
    network.service_ec2.create_tags(Resources=[peering], Tags=[{"Key": "theirs", "Value": "1"}])
    network.hub_ec2.create_tags(Resources=[peering], Tags=[{"Key": "ours", "Value": "2"}])
    assert network.seen(network.hub_ec2, peering)["Tags"] == [{"Key": "ours", "Value": "2"}]
    assert network.seen(network.service_ec2, peering)["Tags"] == [{"Key": "theirs", "Value": "1"}]


def test_a_request_expires_seven_days_after_it_was_made_until_it_is_accepted(network: Network) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    peering = network.request()
    expires = network.seen(network.hub_ec2, peering)["ExpirationTime"]
    assert before <= expires - timedelta(days=7) <= datetime.now(UTC)
    assert network.seen(network.service_ec2, peering)["ExpirationTime"] == expires
    network.hub_ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=peering)
    assert "ExpirationTime" not in network.seen(network.hub_ec2, peering)


@pytest.mark.parametrize(
    "name, value",
    [
        ("accepter-vpc-info.vpc-id", "{hub_vpc}"),
        ("accepter-vpc-info.owner-id", HUB),
        ("requester-vpc-info.vpc-id", "{service_vpc}"),
        ("requester-vpc-info.owner-id", "{service}"),
        ("status-code", "active"),
        ("vpc-peering-connection-id", "{peering}"),
        ("requester-vpc-info.cidr-block", "10.110.*"),
        ("tag:peerway:cidrs", "10.110.0.0/16"),
        ("tag-key", "peerway:cidrs"),
    ],
)
def test_filters_choose(network: Network, name: str, value: str) -> None:
    peering = network.connect()
    network.hub_ec2.create_tags(Resources=[peering], Tags=[{"Key": "peerway:cidrs", "Value": "10.110.0.0/16"}])
    wanted = value.format(peering=peering, **vars(network))

    def found(values: list[str]) -> list[str]:
        answer: dict[str, Any] = network.hub_ec2.describe_vpc_peering_connections(
            Filters=[{"Name": name, "Values": values}]
        )
        return [entry["VpcPeeringConnectionId"] for entry in answer["VpcPeeringConnections"]]

    assert peering in found(["something-else", wanted])
    assert found(["something-else"]) == []


def test_an_unknown_filter_is_refused(network: Network) -> None:
    with refused("InvalidParameterValue"):
        network.hub_ec2.describe_vpc_peering_connections(Filters=[{"Name": "vpc-id", "Values": ["x"]}])


def test_unknown_and_malformed_ids_are_told_apart(network: Network) -> None:
    with refused("InvalidVpcPeeringConnectionID.NotFound"):
        network.hub_ec2.describe_vpc_peering_connections(VpcPeeringConnectionIds=["pcx-0123456789abcdef0"])
    with refused("InvalidVpcPeeringConnectionId.Malformed"):
        network.hub_ec2.describe_vpc_peering_connections(VpcPeeringConnectionIds=["pcx-wrong"])


def test_a_third_account_sees_nothing(aws: LocalAws, network: Network) -> None:
    peering = network.request()
    with refused("InvalidVpcPeeringConnectionID.NotFound"):
        network.seen(aws.client("ec2", "777777777777"), peering)
