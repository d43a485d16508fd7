"""What AWS refuses because of its form, the local AWS refuses as well."""

from typing import Any

import pytest
from botocore.config import Config

from local.aws.local_aws import LocalAws
from local.aws.tests.conftest import Network, refused


def unchecked(aws: LocalAws, service: str, account: str) -> Any:
    """A client that sends what it is given, as the SDK for Java does."""
    import boto3

    return boto3.client(
        service,
        endpoint_url=aws.endpoints["moto"],
        region_name="eu-west-1",
        aws_access_key_id=account,
        aws_secret_access_key="x",
        config=Config(parameter_validation=False),
    )


def test_a_value_that_the_model_does_not_have_is_refused(aws: LocalAws, network: Network) -> None:
    with refused("InvalidParameterValue"):
        unchecked(aws, "ec2", network.service).create_vpc_peering_connection(
            VpcId=network.service_vpc,
            PeerVpcId=network.hub_vpc,
            TagSpecifications=[{"ResourceType": "nothing", "Tags": []}],
        )


def test_a_name_that_is_too_long_or_has_another_form_is_refused(aws: LocalAws, service: str) -> None:
    sts = unchecked(aws, "sts", service)
    for session in ("x" * 65, "a b", "x"):
        with refused("ValidationError"):
            sts.assume_role(RoleArn=f"arn:aws:iam::{service}:role/peerway-service", RoleSessionName=session)


@pytest.mark.parametrize("wrong", [{"MaxResults": 51}, {"CommandId": "not a command"}], ids=str)
def test_a_number_out_of_its_range_is_refused(aws: LocalAws, wrong: dict[str, Any]) -> None:
    with refused("ValidationException"):
        unchecked(aws, "ssm", "123456789012").list_command_invocations(**wrong)
