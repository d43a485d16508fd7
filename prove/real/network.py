"""The VPCs of a real run: the hub's, with a VPN instance, and a service's, with one that listens."""

import json
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from prove.made.maker import Maker
from prove.real.machines import USER_DATA
from prove.target import HUB, SERVICE
from prove.waiting import until

HUB_CIDR = "10.254.0.0/24"
SERVICE_CIDR = "10.253.0.0/24"
_AGENT_POLICY = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"


@dataclass(frozen=True)
class Made:
    vpc: str
    tables: list[str]
    subnet: str
    instance: str
    ip: str


def hub(make: Maker, profile: str) -> Made:
    """Two subnets, each with a route table of its own kind: the main one, and one beside it. The instance reaches the
    internet, for its packages and its agent; nothing is let in.
    """
    ec2 = make.target.client(HUB, "ec2")
    vpc = make.vpc(HUB, HUB_CIDR, "hub")
    subnet, other = (make.subnet(HUB, vpc, cidr) for cidr in ("10.254.0.0/25", "10.254.0.128/25"))
    ec2.modify_subnet_attribute(SubnetId=subnet, MapPublicIpOnLaunch={"Value": True})
    gateway = ec2.create_internet_gateway(TagSpecifications=make.tagged("internet-gateway", "hub"))["InternetGateway"][
        "InternetGatewayId"
    ]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    main = _main_table(ec2, vpc)
    ec2.create_route(RouteTableId=main, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
    beside = ec2.create_route_table(VpcId=vpc, TagSpecifications=make.tagged("route-table", "beside"))["RouteTable"][
        "RouteTableId"
    ]
    ec2.associate_route_table(RouteTableId=beside, SubnetId=other)
    group = make.group(HUB, vpc, "vpn")
    instance = _instance(make, profile, subnet, group)
    ec2.modify_instance_attribute(InstanceId=instance, SourceDestCheck={"Value": False})
    return Made(vpc, [main, beside], subnet, instance, "")


def _instance(make: Maker, profile: str, subnet: str, group: str) -> str:
    patience = make.target.patience

    def made() -> str | None:
        try:
            return make.instance(
                HUB,
                subnet,
                "vpn",
                {"peerway:role": "vpn"},
                SecurityGroupIds=[group],
                UserData=USER_DATA,
                IamInstanceProfile={"Name": profile},
            )
        except ClientError as e:
            if "Invalid IAM Instance Profile" in str(e):  # one that is seconds old is not known to EC2 yet
                return None
            raise

    return until(f"instance with the profile {profile}", made, patience.call, patience.poll)


def service(make: Maker) -> Made:
    """One subnet without a way out. The instance's group asks Peerway by its tag to let the VPN in."""
    ec2 = make.target.client(SERVICE, "ec2")
    vpc = make.vpc(SERVICE, SERVICE_CIDR, "service")
    subnet = make.subnet(SERVICE, vpc, SERVICE_CIDR)
    group = make.group(SERVICE, vpc, "app", {"peerway:allow": "tcp/22"})
    instance = make.instance(SERVICE, subnet, "app", SecurityGroupIds=[group])
    described = ec2.describe_instances(InstanceIds=[instance])["Reservations"][0]["Instances"][0]
    return Made(vpc, [_main_table(ec2, vpc)], subnet, instance, described["PrivateIpAddress"])


def agent_profile(make: Maker) -> str:
    """An instance profile with which an SSM agent may register."""
    iam, name = make.target.client(HUB, "iam"), f"{make.target.run}-agent"
    make.role(HUB, "agent", {"Service": "ec2.amazonaws.com"}, managed=_AGENT_POLICY)
    with make.journal.making("instance-profile", HUB, make.target.region, name) as made:
        made.id = name
        iam.create_instance_profile(InstanceProfileName=name, Tags=make.tags())
    iam.add_role_to_instance_profile(InstanceProfileName=name, RoleName=name)
    return name


def delegation(make: Maker, management: Any, statement: str, hub_account: str) -> None:
    """docs/deploy.md, step 2. Only where the organisation has no such policy."""
    policy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": statement,
                "Effect": "Allow",
                "Principal": {"AWS": f"arn:aws:iam::{hub_account}:root"},
                "Resource": "*",
                "Action": ["organizations:DescribeAccount", "organizations:ListParents", "organizations:ListAccounts"],
            }
        ],
    }
    with make.journal.making("organisation-policy", "management", make.target.region, make.target.run) as made:
        management.put_resource_policy(Content=json.dumps(policy), Tags=make.tags())
        made.id = make.target.run


def _main_table(ec2: Any, vpc: str) -> str:
    found = ec2.describe_route_tables(
        Filters=[{"Name": "vpc-id", "Values": [vpc]}, {"Name": "association.main", "Values": ["true"]}]
    )
    return str(found["RouteTables"][0]["RouteTableId"])
