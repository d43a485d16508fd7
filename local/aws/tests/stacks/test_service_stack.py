"""stacks/service-account.yaml as the StackSet deploys it: the hub's role in one Region, a rule in each,
and no more than what is needed.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import boto3
import pytest

from local.aws.accounts import HUB
from local.aws.local_aws import LocalAws
from local.aws.stacks import cloudformation_yaml, forwarding_stack
from local.aws.tests.conftest import Network, refused

ELSEWHERE = "eu-central-1"
FUNCTION = f"arn:aws:sts::{HUB}:assumed-role/peerway-JoinServiceFunctionRole-1/JoinServiceFunction"
RULE = [{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "10.100.0.10/32"}]}]
As = Callable[..., Any]


@pytest.fixture
def equipped(aws: LocalAws, hub: dict[str, str], network: Network, monkeypatch: pytest.MonkeyPatch) -> Network:
    """A service account with the real stack in two Regions."""
    monkeypatch.setattr(
        aws,
        "hub_parameters",
        aws.hub_parameters
        | {"HubVpcId": network.hub_vpc, "ExternalId": "shared-word", "ServiceRegions": f"eu-west-1,{ELSEWHERE}"},
    )
    aws.deploy_service_stack(network.service)
    return network


def assume(
    aws: LocalAws,
    network: Network,
    principal: str = FUNCTION,
    external_id: str = "shared-word",
    region: str = "eu-west-1",
) -> Any:
    enforced = aws.permissions.enforced
    aws.permissions.enforced = False  # the functions of this test's hub have no such role
    try:
        keys = boto3.client(
            "sts",
            endpoint_url=aws.endpoints["moto"],
            region_name="eu-west-1",
            aws_access_key_id=principal.split(":")[4],
            aws_secret_access_key="x",
            aws_session_token=principal,
        ).assume_role(
            RoleArn=f"arn:aws:iam::{network.service}:role/peerway-service",
            RoleSessionName="pcx-1",
            ExternalId=external_id,
        )["Credentials"]
    finally:
        aws.permissions.enforced = enforced
    return boto3.client(
        "ec2",
        endpoint_url=aws.endpoints["moto"],
        region_name=region,
        aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"],
        aws_session_token=keys["SessionToken"],
    )


def test_one_region_makes_the_role_of_the_hub_and_each_has_the_rule(aws: LocalAws, equipped: Network) -> None:
    roles = {role["Arn"] for role in aws.client("iam", equipped.service).list_roles()["Roles"]}
    assert f"arn:aws:iam::{equipped.service}:role/peerway-service" in roles
    for region in ("eu-west-1", ELSEWHERE):
        events = boto3.client(
            "events",
            endpoint_url=aws.endpoints["moto"],
            region_name=region,
            aws_access_key_id=equipped.service,
            aws_secret_access_key="x",
        )
        (rule,) = events.list_rules()["Rules"]
        (target,) = events.list_targets_by_rule(Rule=rule["Name"])["Targets"]
        assert target["Arn"] == aws.outputs["HubBusArn"]
        assert target["RoleArn"] in roles


def test_a_region_that_is_not_enabled_is_left_out(
    aws: LocalAws, hub: dict[str, str], network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    aws.world.regions_not_enabled.add((network.service, ELSEWHERE))
    monkeypatch.setattr(aws, "hub_parameters", aws.hub_parameters | {"ServiceRegions": f"eu-west-1,{ELSEWHERE}"})
    aws.deploy_service_stack(network.service)
    cloudformation = boto3.client(
        "cloudformation",
        endpoint_url=aws.endpoints["moto"],
        region_name=ELSEWHERE,
        aws_access_key_id=network.service,
        aws_secret_access_key="x",
    )
    assert cloudformation.describe_stacks()["Stacks"] == []


def test_the_role_is_for_the_hubs_functions_alone(aws: LocalAws, equipped: Network) -> None:
    assume(aws, equipped)
    assume(aws, equipped, region=ELSEWHERE).describe_vpcs()
    for stranger in (
        f"arn:aws:sts::{HUB}:assumed-role/administrator/person",
        f"arn:aws:iam::{HUB}:root",
        "arn:aws:sts::999999999999:assumed-role/peerway-JoinServiceFunctionRole-1/JoinServiceFunction",
    ):
        with refused("AccessDenied"):
            assume(aws, equipped, principal=stranger)
    with refused("AccessDenied"):
        assume(aws, equipped, external_id="a-guess-of-it")


def test_the_names_of_the_functions_roles_begin_with_the_stacks() -> None:
    """CloudFormation makes a name of at most 64 characters out of stack, logical id and 13 characters of its own."""
    root = Path(__file__).resolve().parents[4]
    resources = cloudformation_yaml.load(root / "template.yaml")["Resources"]
    longest = max(
        len(name) + len("Role")
        for name, resource in resources.items()
        if resource["Type"] == "AWS::Serverless::Function"
    )
    described = cloudformation_yaml.load(forwarding_stack.SERVICE_ACCOUNT)["Parameters"]["HubStackName"]["Description"]
    (kept,) = re.findall(r"more than (\d+) characters", described)
    assert int(kept) <= 64 - 13 - len("--") - longest, "say so in the parameter's description"


def group(network: Network, name: str, **tags: str) -> str:
    specification = (
        [
            {
                "ResourceType": "security-group",
                "Tags": [{"Key": f"peerway:{key}", "Value": value} for key, value in tags.items()],
            }
        ]
        if tags
        else []
    )
    made = network.service_ec2.create_security_group(
        GroupName=name, Description="x", VpcId=network.service_vpc, TagSpecifications=specification
    )
    return str(made["GroupId"])


def test_our_opening_can_be_taken_out_of_a_group_that_lost_its_tag(aws: LocalAws, equipped: Network) -> None:
    role, tagged = assume(aws, equipped), group(equipped, "app", allow="tcp/22")
    role.authorize_security_group_ingress(GroupId=tagged, IpPermissions=RULE)
    equipped.service_ec2.delete_tags(Resources=[tagged], Tags=[{"Key": "peerway:allow"}])
    role.revoke_security_group_ingress(GroupId=tagged, IpPermissions=RULE)
    with refused("UnauthorizedOperation"):
        role.authorize_security_group_ingress(GroupId=tagged, IpPermissions=RULE)


def test_only_this_hubs_group_is_made_opened_and_deleted(aws: LocalAws, equipped: Network) -> None:
    role = assume(aws, equipped)

    def create(name: str, **tags: str) -> str:
        return str(
            role.create_security_group(
                GroupName=name,
                Description="x",
                VpcId=equipped.service_vpc,
                TagSpecifications=[
                    {
                        "ResourceType": "security-group",
                        "Tags": [{"Key": key, "Value": value} for key, value in tags.items()],
                    }
                ],
            )["GroupId"]
        )

    ours = create("ours", **{"peerway:hub": equipped.hub_vpc})
    role.authorize_security_group_ingress(GroupId=ours, IpPermissions=RULE)
    role.delete_security_group(GroupId=ours)
    with refused("UnauthorizedOperation"):
        create("other hub", **{"peerway:hub": "vpc-0ffffffffffffffff"})
    with refused("UnauthorizedOperation"):
        create("more tags", **{"peerway:hub": equipped.hub_vpc, "peerway:allow": "tcp/22"})
    theirs = group(equipped, "theirs", hub="vpc-0ffffffffffffffff")
    with refused("UnauthorizedOperation"):
        role.authorize_security_group_ingress(GroupId=theirs, IpPermissions=RULE)
    with refused("UnauthorizedOperation"):
        role.delete_security_group(GroupId=theirs)


def test_a_route_table_that_is_to_be_left_alone_gets_no_route(aws: LocalAws, equipped: Network) -> None:
    role, peering = assume(aws, equipped), equipped.connect()
    table = equipped.service_ec2.create_route_table(VpcId=equipped.service_vpc)["RouteTable"]["RouteTableId"]
    route = {"RouteTableId": table, "DestinationCidrBlock": "10.100.0.0/16"}
    role.create_route(**route, VpcPeeringConnectionId=peering)
    equipped.service_ec2.create_tags(Resources=[table], Tags=[{"Key": "peerway:routes", "Value": "skip"}])
    role.delete_route(**route)
    with refused("UnauthorizedOperation"):
        role.create_route(**route, VpcPeeringConnectionId=peering)


def test_peerings_with_the_hub_vpc_alone(aws: LocalAws, equipped: Network) -> None:
    role = assume(aws, equipped)
    other = equipped.hub_ec2.create_vpc(CidrBlock="10.101.0.0/16")["Vpc"]["VpcId"]
    equipped.service_ec2.create_tags(
        Resources=[equipped.service_vpc], Tags=[{"Key": "peerway:connect", "Value": "true"}]
    )
    with refused("UnauthorizedOperation"):
        role.create_vpc_peering_connection(VpcId=equipped.service_vpc, PeerVpcId=other, PeerOwnerId=HUB)
    by_other = equipped.hub_ec2.create_vpc_peering_connection(
        VpcId=other, PeerVpcId=equipped.service_vpc, PeerOwnerId=equipped.service
    )
    with refused("UnauthorizedOperation"):
        role.accept_vpc_peering_connection(
            VpcPeeringConnectionId=by_other["VpcPeeringConnection"]["VpcPeeringConnectionId"]
        )
    role.create_vpc_peering_connection(VpcId=equipped.service_vpc, PeerVpcId=equipped.hub_vpc, PeerOwnerId=HUB)


def test_an_event_of_another_region_reaches_the_hub_bus(aws: LocalAws, hub: dict[str, str], equipped: Network) -> None:
    from local.aws.tests.calls.test_events import arrived

    arrived(aws, hub)
    there = aws.client("ec2", equipped.service, ELSEWHERE, as_user=True)
    vpc = there.create_vpc(CidrBlock="10.111.0.0/16")["Vpc"]["VpcId"]
    peering = there.create_vpc_peering_connection(
        VpcId=vpc, PeerVpcId=equipped.hub_vpc, PeerOwnerId=HUB, PeerRegion="eu-west-1"
    )
    (event,) = arrived(aws, hub)
    assert (event["account"], event["region"]) == (equipped.service, ELSEWHERE)
    assert (
        event["detail"]["responseElements"]["vpcPeeringConnection"]["vpcPeeringConnectionId"]
        == peering["VpcPeeringConnection"]["VpcPeeringConnectionId"]
    )


def test_a_new_vpc_is_forwarded_if_it_is_tagged(aws: LocalAws, hub: dict[str, str], equipped: Network) -> None:
    from local.aws.tests.calls.test_events import arrived

    def specification(key: str) -> list[dict[str, Any]]:
        return [{"ResourceType": "vpc", "Tags": [{"Key": "Name", "Value": "app"}, {"Key": key, "Value": "true"}]}]

    arrived(aws, hub)
    equipped.service_ec2.create_vpc(CidrBlock="10.111.0.0/16")
    equipped.service_ec2.create_vpc(CidrBlock="10.112.0.0/16", TagSpecifications=specification("team"))
    tagged = equipped.service_ec2.create_vpc(
        CidrBlock="10.113.0.0/16", TagSpecifications=specification("peerway:connect")
    )
    (event,) = arrived(aws, hub)
    assert event["detail"]["responseElements"]["vpc"]["vpcId"] == tagged["Vpc"]["VpcId"]
    assert event["detail"]["requestParameters"] == {
        "cidrBlock": "10.113.0.0/16",
        "tagSpecificationSet": {
            "items": [
                {
                    "resourceType": "vpc",
                    "tags": [{"key": "Name", "value": "app"}, {"key": "peerway:connect", "value": "true"}],
                }
            ]
        },
    }


def test_all_tags_taken_off_are_forwarded_where_one_could_be_ours(
    aws: LocalAws, hub: dict[str, str], equipped: Network
) -> None:
    from local.aws.tests.calls.test_events import arrived

    ec2, vpc = equipped.service_ec2, equipped.service_vpc
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.110.0.0/24")["Subnet"]["SubnetId"]
    arrived(aws, hub)
    ec2.delete_tags(Resources=[subnet])
    ec2.delete_tags(Resources=[vpc], Tags=[{"Key": "Name"}])
    assert arrived(aws, hub) == []
    for resource in (
        group(equipped, "app", allow="tcp/22"),
        ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"],
    ):
        ec2.delete_tags(Resources=[resource])
        assert [event["detail"]["requestParameters"]["resourcesSet"] for event in arrived(aws, hub)] == [
            {"items": [{"resourceId": resource}]}
        ]
    ec2.delete_tags(Resources=[vpc])
    ec2.delete_tags(Resources=[vpc], Tags=[{"Key": "peerway:connect"}])
    assert [
        (event["detail"]["eventName"], event["detail"]["requestParameters"]["tagSet"]) for event in arrived(aws, hub)
    ] == [("DeleteTags", {}), ("DeleteTags", {"items": [{"key": "peerway:connect"}]})]
