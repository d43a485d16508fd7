"""Calls become CloudTrail events; rules forward them to the hub bus, if its policy lets them in."""

from typing import Any

from local.aws.accounts import HUB
from local.aws.local_aws import LocalAws
from local.aws.queue import taken
from local.aws.tests.conftest import TESTS, Network, refused

SERVICE_TEMPLATE = TESTS / "hub" / "service-account.yaml"
STRANGER = "999999999999"


def arrived(aws: LocalAws, hub: dict[str, str]) -> list[dict[str, Any]]:
    """What the rules of the hub's buses have put into the queue since the last look."""
    aws.settle()
    return taken(aws.client("sqs"), hub["SeenUrl"])


def test_a_request_in_a_service_account_is_forwarded_to_the_hub_bus(
    aws: LocalAws, hub: dict[str, str], network: Network
) -> None:
    aws.deploy_service_stack(network.service, SERVICE_TEMPLATE)
    arrived(aws, hub)
    peering = network.request()
    (event,) = arrived(aws, hub)
    assert event["account"] == network.service
    assert event["detail-type"] == "AWS API Call via CloudTrail"
    detail = event["detail"]
    assert detail["requestParameters"] == {
        "vpcId": network.service_vpc,
        "peerVpcId": network.hub_vpc,
        "peerOwnerId": HUB,
    }
    made = detail["responseElements"]["vpcPeeringConnection"]
    assert made["vpcPeeringConnectionId"] == peering
    assert made["status"]["code"] == "initiating-request"
    assert (made["requesterVpcInfo"]["ownerId"], made["accepterVpcInfo"]["ownerId"]) == (network.service, HUB)


def test_without_the_service_stack_nobody_forwards(aws: LocalAws, hub: dict[str, str], network: Network) -> None:
    arrived(aws, hub)
    network.request()
    assert arrived(aws, hub) == []


def test_an_account_outside_the_organisation_cannot_put_events_on_the_hub_bus(
    aws: LocalAws, hub: dict[str, str]
) -> None:
    aws.deploy_service_stack(STRANGER, SERVICE_TEMPLATE)
    network = Network(aws, STRANGER)
    arrived(aws, hub)
    network.request()
    assert arrived(aws, hub) == []


def test_events_of_the_hub_account_are_on_its_default_bus(aws: LocalAws, hub: dict[str, str], network: Network) -> None:
    arrived(aws, hub)
    peering = network.connect()
    (event,) = arrived(aws, hub)
    assert event["account"] == HUB
    assert event["detail"]["eventName"] == "AcceptVpcPeeringConnection"
    assert event["detail"]["requestParameters"] == {"vpcPeeringConnectionId": peering}


def test_a_refused_call_is_an_event_with_an_error_code(aws: LocalAws, hub: dict[str, str], network: Network) -> None:
    arrived(aws, hub)
    with refused("InvalidVpcPeeringConnectionID.NotFound"):
        network.hub_ec2.accept_vpc_peering_connection(VpcPeeringConnectionId="pcx-00000000000000000")
    (event,) = arrived(aws, hub)
    assert event["detail"]["errorCode"] == "Client.InvalidVpcPeeringConnectionID.NotFound"
    assert event["detail"]["responseElements"] is None


def test_an_event_can_be_put_on_a_bus_as_if_aws_had_sent_it(aws: LocalAws, hub: dict[str, str]) -> None:
    arrived(aws, hub)
    aws.put_event(
        "peerway-hub",
        {
            "source": "aws.ec2",
            "detail-type": "AWS API Call via CloudTrail",
            "detail": {"eventName": "CreateVpcPeeringConnection", "padding": "x" * 300_000},
        },
    )
    (event,) = arrived(aws, hub)
    assert event["account"] == HUB and len(event["detail"]["padding"]) == 300_000


def accepted_in_vain(network: Network) -> list[str]:
    """Eight calls, each with an event."""
    peerings = [f"pcx-0000000000000000{number}" for number in range(8)]
    for peering in peerings:
        with refused("InvalidVpcPeeringConnectionID.NotFound"):
            network.hub_ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=peering)
    return peerings


def named(events: list[dict[str, Any]]) -> list[str]:
    return [event["detail"]["requestParameters"]["vpcPeeringConnectionId"] for event in events]


def test_events_that_are_held_back_come_once_released(aws: LocalAws, hub: dict[str, str], network: Network) -> None:
    arrived(aws, hub)
    aws.hold_events("aws.ec2")
    peerings = accepted_in_vain(network)
    assert arrived(aws, hub) == []
    assert len(aws.release_events()) == len(peerings)
    assert sorted(named(arrived(aws, hub))) == peerings


def test_events_released_with_a_seed_come_once_or_twice_in_any_order(
    aws: LocalAws, hub: dict[str, str], network: Network
) -> None:
    arrived(aws, hub)
    aws.hold_events("aws.ec2")
    peerings = accepted_in_vain(network)
    aws.release_events(seed=1)
    events = arrived(aws, hub)
    assert set(named(events)) == set(peerings) and len(peerings) < len(events) <= 2 * len(peerings)
    assert len({event["id"] for event in events}) == len(peerings)


def test_an_event_a_function_fails_on_is_repeated_and_kept(aws: LocalAws, hub: dict[str, str]) -> None:
    arrived(aws, hub)
    aws.put_event("peerway-hub", {"source": "test.failing", "detail": {}})
    assert taken(aws.client("sqs"), hub["SeenUrl"], wait_seconds=20) == [{"fail": "always-until-redriven"}]
