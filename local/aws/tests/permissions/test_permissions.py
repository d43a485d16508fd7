"""Roles may do what their policies allow, and nothing else."""

from typing import Any

import boto3

from local.aws.accounts import HUB
from local.aws.local_aws import LocalAws
from local.aws.tests.conftest import As, Network, refused


def test_a_call_that_no_policy_allows_is_refused_and_logged(aws: LocalAws, as_role: As) -> None:
    ec2 = as_role({"Action": "ec2:DescribeVpcs", "Resource": "*"})
    ec2.describe_vpcs()
    mark = aws.calls.last
    with refused("UnauthorizedOperation"):
        ec2.describe_route_tables()
    (call,) = aws.calls.since(mark)
    assert (call.error, call.status, call.effect, call.allowed_by) == ("UnauthorizedOperation", 403, False, ())


def test_the_log_tells_which_statements_allowed_a_call(aws: LocalAws, network: Network, as_role: As) -> None:
    group = {"Action": "ec2:CreateSecurityGroup"}
    ec2 = as_role(
        {"Sid": "InVpcs", "Resource": "arn:aws:ec2:*:*:vpc/*", **group},
        {
            "Sid": "OfOthers",
            "Resource": "arn:aws:ec2:*:*:security-group/*",
            "Condition": {"StringEquals": {"aws:RequestTag/owner": "other"}},
            **group,
        },
        {"Sid": "Ours", "Resource": "arn:aws:ec2:*:*:security-group/*", **group},
        {"Sid": "Tag", "Action": "ec2:CreateTags", "Resource": "*"},
    )
    mark = aws.calls.last
    ec2.create_security_group(
        GroupName="ours",
        Description="x",
        VpcId=network.service_vpc,
        TagSpecifications=[{"ResourceType": "security-group", "Tags": [{"Key": "owner", "Value": "us"}]}],
    )
    (call,) = aws.calls.since(mark)
    assert call.allowed_by == (
        ("InVpcs", "ec2:CreateSecurityGroup"),
        ("Ours", "ec2:CreateSecurityGroup"),
        ("Tag", "ec2:CreateTags"),
    )


def test_the_resource_must_be_allowed(network: Network, as_role: As) -> None:
    (table,) = network.service_ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [network.service_vpc]}])[
        "RouteTables"
    ]
    other = network.service_ec2.create_route_table(VpcId=network.service_vpc)["RouteTable"]["RouteTableId"]
    peering = network.connect()
    ec2 = as_role({"Action": "ec2:CreateRoute", "Resource": f"arn:aws:ec2:*:*:route-table/{other}"})
    route = {"DestinationCidrBlock": "10.100.0.0/16", "VpcPeeringConnectionId": peering}
    ec2.create_route(RouteTableId=other, **route)
    with refused("UnauthorizedOperation"):
        ec2.create_route(RouteTableId=table["RouteTableId"], **route)


def test_conditions_see_the_tags_of_a_resource(network: Network, as_role: As) -> None:
    ec2 = as_role(
        {
            "Action": "ec2:AuthorizeSecurityGroupIngress",
            "Resource": "*",
            "Condition": {"StringLike": {"aws:ResourceTag/peerway:allow": "*"}},
        }
    )
    rule = [{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "10.100.0.0/16"}]}]

    def group(name: str, tags: list[dict[str, str]]) -> str:
        specification = [{"ResourceType": "security-group", "Tags": tags}] if tags else []
        created = network.service_ec2.create_security_group(
            GroupName=name, Description="x", VpcId=network.service_vpc, TagSpecifications=specification
        )
        return str(created["GroupId"])

    ec2.authorize_security_group_ingress(
        GroupId=group("open", [{"Key": "peerway:allow", "Value": "tcp/22"}]), IpPermissions=rule
    )
    with refused("UnauthorizedOperation"):
        ec2.authorize_security_group_ingress(GroupId=group("closed", []), IpPermissions=rule)


def test_creating_with_tags_needs_the_permission_to_tag(network: Network, as_role: As) -> None:
    ec2 = as_role({"Action": "ec2:CreateSecurityGroup", "Resource": "*"})
    ec2.create_security_group(GroupName="plain", Description="x", VpcId=network.service_vpc)
    with refused("UnauthorizedOperation"):
        ec2.create_security_group(
            GroupName="tagged",
            Description="x",
            VpcId=network.service_vpc,
            TagSpecifications=[{"ResourceType": "security-group", "Tags": [{"Key": "a", "Value": "b"}]}],
        )


def test_an_action_whose_needs_nobody_has_written_down_is_refused(network: Network, as_role: As) -> None:
    with refused("UnauthorizedOperation"):
        as_role({"Action": "*", "Resource": "*"}).create_vpc(CidrBlock="10.1.0.0/16")


def test_functions_may_do_what_the_template_allows(aws: LocalAws, hub: dict[str, str]) -> None:
    roles = aws.clients.of_ministack("iam", HUB).list_roles()["Roles"]
    role = next(role["RoleName"] for role in roles if "ProbeFunctionRole" in role["RoleName"])

    def as_function(service: str) -> Any:
        return boto3.client(
            service,
            endpoint_url=aws.endpoints["moto"],
            region_name="eu-west-1",
            aws_access_key_id=HUB,
            aws_secret_access_key="x",
            aws_session_token=f"arn:aws:sts::{HUB}:assumed-role/{role}/ProbeFunction",
        )

    as_function("ec2").describe_vpc_peering_connections()
    with refused("UnauthorizedOperation"):
        as_function("ec2").describe_route_tables()
    with refused("AccessDeniedException"):
        as_function("organizations").describe_account(AccountId=HUB)
