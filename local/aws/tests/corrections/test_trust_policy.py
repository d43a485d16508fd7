"""AssumeRole asks the role's trust policy."""

import json
from typing import Any

import boto3
import pytest

from local.aws.accounts import HUB
from local.aws.local_aws import LocalAws
from local.aws.tests.conftest import refused

STRANGER = "888888888888"


@pytest.fixture
def role(aws: LocalAws, service: str) -> str:
    """A role in the service account that the hub account may assume with an external id."""
    aws.permissions.enforced = False  # this is about trust, not about what a role may do
    trust = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"AWS": f"arn:aws:iam::{HUB}:root"},
                "Action": "sts:AssumeRole",
                "Condition": {"StringEquals": {"sts:ExternalId": "secret", "aws:PrincipalOrgID": aws.organization_id}},
            }
        ],
    }
    created = aws.client("iam", service).create_role(
        RoleName="peerway-service", AssumeRolePolicyDocument=json.dumps(trust)
    )
    return str(created["Role"]["Arn"])


def assume(aws: LocalAws, role: str, account: str = HUB, **given: str) -> dict[str, Any]:
    answer: dict[str, Any] = aws.client("sts", account, as_user=True).assume_role(
        RoleArn=role, RoleSessionName="pcx-1", **({"ExternalId": "secret"} | given)
    )
    return answer


def test_the_session_acts_in_the_account_of_the_role(aws: LocalAws, service: str, role: str) -> None:
    session = assume(aws, role)["Credentials"]
    mark = aws.calls.last
    ec2 = boto3.client(
        "ec2",
        endpoint_url=aws.endpoints["moto"],
        region_name="eu-west-1",
        aws_access_key_id=session["AccessKeyId"],
        aws_secret_access_key=session["SecretAccessKey"],
        aws_session_token=session["SessionToken"],
    )
    vpc = ec2.create_vpc(CidrBlock="10.150.0.0/16")["Vpc"]
    assert vpc["OwnerId"] == service
    (call,) = aws.calls.since(mark)
    assert (call.account, call.role) == (service, "peerway-service")
    assert call.principal == f"arn:aws:sts::{service}:assumed-role/peerway-service/pcx-1"


def test_the_wrong_external_id_is_refused(aws: LocalAws, role: str) -> None:
    with refused("AccessDenied"):
        assume(aws, role, ExternalId="guess")


def test_an_account_the_policy_does_not_name_is_refused(aws: LocalAws, role: str) -> None:
    with refused("AccessDenied"):
        assume(aws, role, account=STRANGER)


def test_a_role_that_does_not_exist_is_refused_like_one_that_refuses(aws: LocalAws, role: str) -> None:
    with refused("AccessDenied"):
        assume(aws, role + "-gone")
    with refused("AccessDenied"):
        assume(aws, f"arn:aws:iam::{STRANGER}:role/peerway-service")


def test_the_function_that_assumed_a_role_is_known_in_its_calls(aws: LocalAws, service: str, role: str) -> None:
    execution = f"arn:aws:sts::{HUB}:assumed-role/execution/AdmitFunction"
    sts = boto3.client(
        "sts",
        endpoint_url=aws.endpoints["moto"],
        region_name="eu-west-1",
        aws_access_key_id=HUB,
        aws_secret_access_key="x",
        aws_session_token=execution,
    )
    session = sts.assume_role(RoleArn=role, RoleSessionName="pcx-1", ExternalId="secret")["Credentials"]
    mark = aws.calls.last
    boto3.client(
        "ec2",
        endpoint_url=aws.endpoints["moto"],
        region_name="eu-west-1",
        aws_access_key_id=session["AccessKeyId"],
        aws_secret_access_key=session["SecretAccessKey"],
        aws_session_token=session["SessionToken"],
    ).describe_vpcs()
    (call,) = aws.calls.since(mark)
    assert (call.account, call.role, call.function) == (service, "peerway-service", "AdmitFunction")


def test_the_principal_of_a_session_is_its_role(aws: LocalAws, service: str) -> None:
    """aws:PrincipalArn is the ARN of the role, not that of its session,
    and a wildcard in it stays within the role's name.
    """
    aws.permissions.enforced = False
    trust = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"AWS": f"arn:aws:iam::{HUB}:root"},
                "Action": "sts:AssumeRole",
                "Condition": {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{HUB}:role/peerway-*"}},
            }
        ],
    }
    made = aws.client("iam", service).create_role(RoleName="narrow", AssumeRolePolicyDocument=json.dumps(trust))
    role = made["Role"]["Arn"]

    def assume_as(session: str) -> None:
        boto3.client(
            "sts",
            endpoint_url=aws.endpoints["moto"],
            region_name="eu-west-1",
            aws_access_key_id=HUB,
            aws_secret_access_key="x",
            aws_session_token=session,
        ).assume_role(RoleArn=role, RoleSessionName="pcx-1")

    assume_as(f"arn:aws:sts::{HUB}:assumed-role/peerway-AdmitFunctionRole-1/AdmitFunction")
    with refused("AccessDenied"):
        assume_as(f"arn:aws:sts::{HUB}:assumed-role/other-AdmitFunctionRole-1/AdmitFunction")
    with refused("AccessDenied"):
        assume(aws, role)  # the account's root user
