"""Managed prefix lists, and routes to them."""

from typing import Any

import pytest

from local.aws.local_aws import LocalAws
from local.aws.tests.conftest import As, Network, refused

UNKNOWN = "pl-0123456789abcdef0"


@pytest.fixture
def listed(network: Network) -> str:
    return str(
        network.service_ec2.create_managed_prefix_list(
            PrefixListName="company",
            MaxEntries=10,
            AddressFamily="IPv4",
            Entries=[{"Cidr": "10.100.1.0/24"}, {"Cidr": "10.9.0.0/16"}],
        )["PrefixList"]["PrefixListId"]
    )


def table(network: Network) -> str:
    return str(network.service_ec2.create_route_table(VpcId=network.service_vpc)["RouteTable"]["RouteTableId"])


def routes(network: Network, table_id: str) -> list[dict[str, Any]]:
    (found,) = network.service_ec2.describe_route_tables(RouteTableIds=[table_id])["RouteTables"]
    return [route for route in found["Routes"] if "DestinationPrefixListId" in route]


def entries(network: Network, prefix_list: str) -> list[str]:
    return sorted(
        entry["Cidr"]
        for entry in network.service_ec2.get_managed_prefix_list_entries(PrefixListId=prefix_list)["Entries"]
    )


def test_a_route_to_a_list_names_it(network: Network, listed: str) -> None:
    peering, of = network.connect(), table(network)
    network.service_ec2.create_route(RouteTableId=of, DestinationPrefixListId=listed, VpcPeeringConnectionId=peering)
    (route,) = routes(network, of)
    assert (route["DestinationPrefixListId"], route["VpcPeeringConnectionId"], route["Origin"]) == (
        listed,
        peering,
        "CreateRoute",
    )
    assert "DestinationCidrBlock" not in route
    with refused("RouteAlreadyExists"):
        network.service_ec2.create_route(
            RouteTableId=of, DestinationPrefixListId=listed, VpcPeeringConnectionId=peering
        )
    network.service_ec2.delete_route(RouteTableId=of, DestinationPrefixListId=listed)
    assert routes(network, of) == []


def test_one_to_a_network_interface_does_too(network: Network, listed: str) -> None:
    of = table(network)
    subnet = network.service_ec2.create_subnet(VpcId=network.service_vpc, CidrBlock="10.110.1.0/24")["Subnet"][
        "SubnetId"
    ]
    interface = network.service_ec2.create_network_interface(SubnetId=subnet)["NetworkInterface"]["NetworkInterfaceId"]
    network.service_ec2.create_route(RouteTableId=of, DestinationPrefixListId=listed, NetworkInterfaceId=interface)
    (route,) = routes(network, of)
    assert (route["DestinationPrefixListId"], route["NetworkInterfaceId"]) == (listed, interface)


def test_a_list_that_changes_keeps_its_name(network: Network, listed: str) -> None:
    assert entries(network, listed) == ["10.100.1.0/24", "10.9.0.0/16"]
    network.service_ec2.modify_managed_prefix_list(
        PrefixListId=listed,
        CurrentVersion=1,
        AddEntries=[{"Cidr": "10.8.0.0/16"}],
        RemoveEntries=[{"Cidr": "10.9.0.0/16"}],
    )
    assert entries(network, listed) == ["10.100.1.0/24", "10.8.0.0/16"]
    (seen,) = network.service_ec2.describe_managed_prefix_lists(PrefixListIds=[listed])["PrefixLists"]
    assert (seen["PrefixListName"], seen["Version"]) == ("company", 2)
    with refused("PrefixListVersionMismatch"):
        network.service_ec2.modify_managed_prefix_list(
            PrefixListId=listed, CurrentVersion=1, AddEntries=[{"Cidr": "10.7.0.0/16"}]
        )


def test_an_unknown_list_is_told(network: Network) -> None:
    with refused("InvalidPrefixListID.NotFound"):
        network.service_ec2.get_managed_prefix_list_entries(PrefixListId=UNKNOWN)
    with refused("InvalidPrefixListID.NotFound"):
        network.service_ec2.create_route(
            RouteTableId=table(network), DestinationPrefixListId=UNKNOWN, VpcPeeringConnectionId=network.connect()
        )


def test_a_list_counts_for_as_many_routes_as_it_may_have_entries(aws: LocalAws, network: Network, listed: str) -> None:
    peering, of = network.connect(), table(network)
    aws.world.routes_per_table = 9
    with refused("RouteLimitExceeded"):
        network.service_ec2.create_route(
            RouteTableId=of, DestinationPrefixListId=listed, VpcPeeringConnectionId=peering
        )
    aws.world.routes_per_table = 10
    network.service_ec2.create_route(RouteTableId=of, DestinationPrefixListId=listed, VpcPeeringConnectionId=peering)
    with refused("RouteLimitExceeded"):
        network.service_ec2.create_route(
            RouteTableId=of, DestinationCidrBlock="10.100.0.0/16", VpcPeeringConnectionId=peering
        )


def test_a_role_reads_the_entries_that_its_policy_names(network: Network, listed: str, as_role: As) -> None:
    ec2 = as_role({"Action": "ec2:GetManagedPrefixListEntries", "Resource": f"arn:aws:ec2:*:*:prefix-list/{listed}"})
    assert len(ec2.get_managed_prefix_list_entries(PrefixListId=listed)["Entries"]) == 2
    made = network.service_ec2.create_managed_prefix_list(PrefixListName="x", MaxEntries=1, AddressFamily="IPv4")
    other = made["PrefixList"]["PrefixListId"]
    with refused("UnauthorizedOperation"):
        ec2.get_managed_prefix_list_entries(PrefixListId=other)


def test_the_packet_lab_is_told(aws: LocalAws, network: Network, listed: str) -> None:
    peering, of = network.connect(), table(network)
    network.service_ec2.create_route(RouteTableId=of, DestinationPrefixListId=listed, VpcPeeringConnectionId=peering)
    shown: list[dict[str, Any]] = next(t["routes"] for t in aws.snapshot()["routeTables"] if t["id"] == of)
    assert {
        "destination": listed,
        "target": peering,
        "state": "active",
        "cidrs": ["10.100.1.0/24", "10.9.0.0/16"],
    } in shown
