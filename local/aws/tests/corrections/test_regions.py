"""A Region that an account has not enabled."""

from local.aws.local_aws import LocalAws
from local.aws.tests.conftest import refused


def test_ec2_does_not_know_the_accounts_credentials_there(aws: LocalAws, service: str) -> None:
    aws.world.regions_not_enabled.add((service, "eu-central-1"))
    with refused("AuthFailure"):
        aws.client("ec2", service, "eu-central-1").describe_vpcs()
    aws.client("ec2", service).describe_vpcs()


def test_other_accounts_are_known_there(aws: LocalAws, service: str) -> None:
    aws.world.regions_not_enabled.add(("777777777777", "eu-central-1"))
    aws.client("ec2", service, "eu-central-1").describe_vpcs()
