"""Describe actions answer in pages."""

import pytest

from local.aws.local_aws import LocalAws
from local.aws.tests.conftest import Network

ACTIONS = [
    ("describe_route_tables", "RouteTables"),
    ("describe_security_groups", "SecurityGroups"),
    ("describe_subnets", "Subnets"),
    ("describe_vpcs", "Vpcs"),
    ("describe_vpc_peering_connections", "VpcPeeringConnections"),
]


@pytest.mark.parametrize("action, key", ACTIONS)
def test_every_item_is_on_one_page(aws: LocalAws, network: Network, action: str, key: str) -> None:
    network.connect()
    for number in range(7):
        vpc = network.hub_ec2.create_vpc(CidrBlock=f"10.20{number}.0.0/16")["Vpc"]["VpcId"]
        network.hub_ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.20{number}.1.0/24")
        network.hub_ec2.create_vpc_peering_connection(VpcId=vpc, PeerVpcId=network.hub_vpc)
    everything = getattr(network.hub_ec2, action)()[key]
    for asked in ({"PageSize": 5}, {}):
        aws.world.page_size = None if asked else 3
        pages = [page[key] for page in network.hub_ec2.get_paginator(action).paginate(PaginationConfig=asked)]
        assert max(map(len, pages)) == (5 if asked else 3)
        assert [item for page in pages for item in page] == everything
