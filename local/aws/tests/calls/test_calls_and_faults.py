"""The call log, ordered faults and EC2's token buckets."""

import time

import boto3
import pytest
from botocore.config import Config

from local.aws.accounts import HUB
from local.aws.calls.meter import Meter
from local.aws.local_aws import LocalAws
from local.aws.tests.conftest import Network, refused


def test_the_log_tells_who_called_what_on_which_connection(aws: LocalAws, network: Network) -> None:
    peering = network.request()
    mark = aws.calls.last
    aws.permissions.enforced = False  # that role is not deployed
    boto3.client(
        "ec2",
        endpoint_url=aws.endpoints["moto"],
        region_name="eu-west-1",
        aws_access_key_id=HUB,
        aws_secret_access_key="x",
        aws_session_token=f"arn:aws:sts::{HUB}:assumed-role/peerway-accept/AcceptFunction",
        config=Config(user_agent=f"aws-sdk-java/2.40.2 app/other peerway/{peering}"),
    ).accept_vpc_peering_connection(VpcPeeringConnectionId=peering)
    (call,) = aws.calls.since(mark)
    assert (call.action, call.account, call.resource) == ("ec2:AcceptVpcPeeringConnection", HUB, peering)
    assert (call.function, call.connection) == ("AcceptFunction", peering)
    assert (call.status, call.error, call.mutating, call.effect) == (200, None, True, True)


def test_the_log_tells_errors_and_reads(aws: LocalAws, network: Network) -> None:
    mark = aws.calls.last
    with refused("InvalidVpcPeeringConnectionID.NotFound"):
        network.hub_ec2.describe_vpc_peering_connections(VpcPeeringConnectionIds=["pcx-00000000000000000"])
    (call,) = aws.calls.since(mark)
    assert (call.error, call.mutating) == ("InvalidVpcPeeringConnectionID.NotFound", False)


def test_the_rigs_own_calls_are_not_in_the_log(aws: LocalAws) -> None:
    mark = aws.calls.last
    aws.client("ec2").describe_vpcs()
    assert aws.calls.since(mark) == []


def test_a_fault_before_has_no_effect_and_happens_as_often_as_ordered(aws: LocalAws, network: Network) -> None:
    peering = network.request()
    aws.faults.add("ec2:RejectVpcPeeringConnection", error="UnauthorizedOperation", resource=peering)
    with refused("UnauthorizedOperation"):
        network.hub_ec2.reject_vpc_peering_connection(VpcPeeringConnectionId=peering)
    assert network.seen(network.hub_ec2, peering)["Status"]["Code"] == "pending-acceptance"
    network.hub_ec2.reject_vpc_peering_connection(VpcPeeringConnectionId=peering)


@pytest.mark.parametrize(
    "code, status", [("OptInRequired", 401), ("PendingVerification", 400), ("ConcurrentTagAccess", 400)]
)
def test_a_fault_may_stand_for_every_action_of_a_service(
    aws: LocalAws, network: Network, code: str, status: int
) -> None:
    """A new account, whose EC2 is not there yet, or tags that another call is writing."""
    aws.faults.add("ec2:*", account=network.service, error=code, times=2)
    mark = aws.calls.last
    for call in (network.service_ec2.describe_vpcs, network.service_ec2.describe_subnets):
        with refused(code):
            call()
    assert [call.status for call in aws.calls.since(mark)] == [status, status]
    network.hub_ec2.describe_vpcs()
    network.service_ec2.describe_vpcs()


def test_a_fault_after_has_its_effect(aws: LocalAws, network: Network) -> None:
    peering = network.request()
    aws.faults.add("ec2:AcceptVpcPeeringConnection", "after", error="InvalidState")
    mark = aws.calls.last
    with refused("InvalidState"):
        network.hub_ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=peering)
    assert network.seen(network.hub_ec2, peering)["Status"]["Code"] == "active"
    assert (aws.calls.since(mark)[0].error, aws.calls.since(mark)[0].effect) == ("InvalidState", True)


def test_a_throttled_call_is_tried_again_by_the_sdk(aws: LocalAws, network: Network) -> None:
    aws.faults.add("ec2:DescribeVpcs", "throttle")
    mark = aws.calls.last
    network.hub_ec2.describe_vpcs()
    assert [call.error for call in aws.calls.since(mark)] == ["RequestLimitExceeded", None]


def test_a_delayed_call_is_answered_late(aws: LocalAws, network: Network) -> None:
    aws.faults.add("ec2:DescribeVpcs", "delay", seconds=0.3)
    began = time.monotonic()
    network.hub_ec2.describe_vpcs()
    assert time.monotonic() - began >= 0.3


def test_token_buckets_are_those_of_ec2() -> None:
    now = [0.0]
    meter = Meter(enabled=True, clock=lambda: now[0])
    assert [meter.admits(HUB, "eu-west-1", mutating=True) for _ in range(51)] == [True] * 50 + [False]
    assert all(meter.admits(HUB, "eu-west-1", mutating=False) for _ in range(100))
    now[0] = 1.0
    assert [meter.admits(HUB, "eu-west-1", mutating=True) for _ in range(6)] == [True] * 5 + [False]


def test_the_meter_throttles_when_switched_on(aws: LocalAws, network: Network) -> None:
    aws.meter.enabled = True
    mark = aws.calls.last
    for _ in range(200):
        if [call for call in aws.calls.since(mark) if call.error == "RequestLimitExceeded"]:
            break
        network.service_ec2.create_tags(Resources=[network.service_vpc], Tags=[{"Key": "a", "Value": "b"}])
    else:
        raise AssertionError("200 changes in a row were not throttled")


def test_a_failure_of_the_emulator_itself_is_an_internal_error_of_aws_and_logged(
    aws: LocalAws, network: Network
) -> None:
    mark = aws.calls.last
    with refused("InternalError"):
        network.hub_ec2.describe_verified_access_groups()  # moto has no such action
    assert aws.calls.since(mark)[-1].error == "InternalError"
