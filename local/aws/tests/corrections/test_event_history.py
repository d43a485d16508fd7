"""CloudTrail's event history."""

import json
from typing import Any

import pytest

from local.aws.local_aws import LocalAws
from local.aws.tests.conftest import Network, refused


@pytest.fixture
def history(aws: LocalAws, network: Network) -> Any:
    return aws.client("cloudtrail", network.service, as_user=True)


def lookup(history: Any, key: str, value: str) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = history.lookup_events(
        LookupAttributes=[{"AttributeKey": key, "AttributeValue": value}]
    )["Events"]
    return events


def test_a_change_is_found_by_its_resource_with_who_made_it(network: Network, history: Any) -> None:
    table = network.service_ec2.create_route_table(VpcId=network.service_vpc)["RouteTable"]["RouteTableId"]
    peering = network.connect()
    network.service_ec2.create_route(
        RouteTableId=table, DestinationCidrBlock="10.100.0.0/16", VpcPeeringConnectionId=peering
    )
    network.service_ec2.delete_route(RouteTableId=table, DestinationCidrBlock="10.100.0.0/16")
    events = lookup(history, "ResourceName", table)
    assert [event["EventName"] for event in events] == ["DeleteRoute", "CreateRoute", "CreateRouteTable"]
    record = json.loads(events[0]["CloudTrailEvent"])
    assert record["requestParameters"] == {"routeTableId": table, "destinationCidrBlock": "10.100.0.0/16"}
    assert record["userIdentity"]["arn"] == f"arn:aws:iam::{network.service}:root"
    assert {"ResourceType": "AWS::EC2::RouteTable", "ResourceName": table} in events[0]["Resources"]


def test_reads_and_other_accounts_calls_are_not_in_it(network: Network, history: Any) -> None:
    network.service_ec2.describe_vpcs()
    network.hub_ec2.create_route_table(VpcId=network.hub_vpc)
    names = {event["EventName"] for event in history.lookup_events()["Events"]}
    assert names == {"CreateVpc"}
    assert lookup(history, "ResourceName", network.hub_vpc) == []


def test_it_comes_in_pages_of_fifty(network: Network, history: Any) -> None:
    for _ in range(51):
        network.service_ec2.create_tags(Resources=[network.service_vpc], Tags=[{"Key": "a", "Value": "b"}])
    first = history.lookup_events()
    assert len(first["Events"]) == 50
    rest = history.lookup_events(NextToken=first["NextToken"])
    assert [event["EventName"] for event in rest["Events"]] == ["CreateTags", "CreateVpc"]
    assert "NextToken" not in rest


def test_only_one_attribute_may_be_asked_for(history: Any) -> None:
    one = {"AttributeKey": "EventName", "AttributeValue": "CreateVpc"}
    with refused("InvalidLookupAttributesException"):
        history.lookup_events(LookupAttributes=[one, one])


def test_a_refused_change_is_in_it_with_its_code(network: Network, history: Any) -> None:
    network.service_ec2.create_route_table(VpcId=network.service_vpc)
    with refused("DependencyViolation"):
        network.service_ec2.delete_vpc(VpcId=network.service_vpc)
    (event,) = lookup(history, "EventName", "DeleteVpc")
    assert json.loads(event["CloudTrailEvent"])["errorCode"] == "Client.DependencyViolation"
