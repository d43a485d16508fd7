"""The article's network, built through the AWS APIs as an account team would: VPCs, route tables,
instances, organisation.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Network
from typing import Any

from local.aws.accounts import REGION

Client = Any
ClientFor = Callable[[str, str], Client]
"""boto3 client of (service, account)."""

HUB_CIDR = "10.100.0.0/16"
CLIENT_POOL = "172.168.0.0/24"
COMPANY_CIDRS = "192.168.0.0/16"
ALLOWED_CIDRS = "10.0.0.0/8,100.64.0.0/10"
VPCS_PER_ACCOUNT = "10"
"""Low, so that a scenario can go beyond it."""

EVENT_WINDOW_SECONDS = "12"
"""The least, so that what comes again soon is soon looked at again."""

PEERINGS_PER_VPC = 125
"""The quota that a hub with many services has asked for."""

FREEZE_CALENDAR = "year-end"
"""A change calendar of the hub account, for rigs with freezes."""

EXTERNAL_ID = "peerway-rig"


@dataclass(frozen=True)
class Machine:
    id: str
    ip: str
    security_group: str


@dataclass(frozen=True)
class Vpc:
    name: str
    account: str
    id: str
    cidr: str
    route_tables: list[str] = field(default_factory=list)
    """The main one first."""
    subnets: list[str] = field(default_factory=list)
    instance: Machine | None = None
    region: str = REGION


def build_vpc(ec2: Client, name: str, account: str, cidr: str, route_tables: int = 3, region: str = REGION) -> Vpc:
    """A VPC with one /24 subnet for each route table: the first uses the main table, the others have their own."""
    vpc = ec2.create_vpc(CidrBlock=cidr, TagSpecifications=_named("vpc", name))["Vpc"]["VpcId"]
    main = ec2.describe_route_tables(
        Filters=[{"Name": "vpc-id", "Values": [vpc]}, {"Name": "association.main", "Values": ["true"]}]
    )
    tables = [main["RouteTables"][0]["RouteTableId"]]
    subnets = []
    for number, block in zip(range(route_tables), IPv4Network(cidr).subnets(new_prefix=24), strict=False):
        subnets.append(ec2.create_subnet(VpcId=vpc, CidrBlock=str(block))["Subnet"]["SubnetId"])
        if number > 0:
            tables.append(ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"])
            ec2.associate_route_table(RouteTableId=tables[-1], SubnetId=subnets[-1])
    return Vpc(name, account, vpc, cidr, tables, subnets, region=region)


def build_vpn_group(ec2: Client, vpc: Vpc) -> str:
    group = _group(ec2, vpc, "vpn", {})
    ec2.authorize_security_group_ingress(
        GroupId=group,
        IpPermissions=[{"IpProtocol": "udp", "FromPort": 1194, "ToPort": 1194, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}],
    )
    return group


def build_vpn_instance(ec2: Client, vpc: Vpc, group: str, number: int = 0) -> Machine:
    """A machine that the company's tunnel may end on. It forwards for others, so its source/destination check is off.

    `number`: how many were made before it; each has an address of its own.
    """
    machine = _machine(ec2, vpc, group, {"Name": "vpn", "peerway:role": "vpn"}, number)
    ec2.modify_instance_attribute(InstanceId=machine.id, SourceDestCheck={"Value": False})
    return machine


def build_service_instance(ec2: Client, vpc: Vpc, name: str) -> Machine:
    """A machine nobody may reach yet; its team asks Peerway with a tag to open ssh to the VPN."""
    group = _group(ec2, vpc, "app", {"peerway:allow": "tcp/22"})
    return _machine(ec2, vpc, group, {"Name": name})


def open_calendar(ssm: Client) -> None:
    """Nothing stands in it."""
    _keep_calendar(ssm, "")


def close_calendar(ssm: Client, hours: float) -> str:
    """An event closes it since an hour ago. Returns when that ends."""
    now = datetime.now(UTC).replace(microsecond=0)
    begin, end = now - timedelta(hours=1), now + timedelta(hours=hours)
    _keep_calendar(
        ssm,
        f"BEGIN:VEVENT\r\nUID:freeze\r\nSUMMARY:Freeze\r\nDTSTART:{begin:%Y%m%dT%H%M%SZ}\r\n"
        f"DTEND:{end:%Y%m%dT%H%M%SZ}\r\nEND:VEVENT\r\n",
    )
    return f"{end:%Y-%m-%dT%H:%M:%SZ}"


def _keep_calendar(ssm: Client, events: str) -> None:
    """As its default version; no two versions may have the same content."""
    content = (
        "BEGIN:VCALENDAR\r\nPRODID:-//AWS//Change Calendar 1.0//EN\r\nVERSION:2.0\r\nX-CALENDAR-TYPE:DEFAULT_OPEN\r\n"
        f"X-WR-CALDESC:of {datetime.now(UTC).isoformat()}\r\n{events}END:VCALENDAR\r\n"
    )
    try:
        made = ssm.update_document(
            Name=FREEZE_CALENDAR, Content=content, DocumentFormat="TEXT", DocumentVersion="$LATEST"
        )
    except ssm.exceptions.InvalidDocument:
        ssm.create_document(Name=FREEZE_CALENDAR, Content=content, DocumentFormat="TEXT", DocumentType="ChangeCalendar")
    else:
        version = made["DocumentDescription"]["DocumentVersion"]
        ssm.update_document_default_version(Name=FREEZE_CALENDAR, DocumentVersion=version)


def _group(ec2: Client, vpc: Vpc, name: str, tags: dict[str, str]) -> str:
    return str(
        ec2.create_security_group(
            GroupName=name,
            Description=f"{name} of {vpc.name}",
            VpcId=vpc.id,
            TagSpecifications=_tagged("security-group", {"Name": name, **tags}),
        )["GroupId"]
    )


def _machine(ec2: Client, vpc: Vpc, group: str, tags: dict[str, str], number: int = 0) -> Machine:
    """In the first subnet, at its tenth address or one of those after it."""
    ip = str(IPv4Network(vpc.cidr)[10 + number])
    instance = ec2.run_instances(
        ImageId="ami-12c6146b",
        InstanceType="t4g.nano",
        MinCount=1,
        MaxCount=1,
        SubnetId=vpc.subnets[0],
        PrivateIpAddress=ip,
        SecurityGroupIds=[group],
        TagSpecifications=_tagged("instance", tags),
    )["Instances"][0]
    return Machine(instance["InstanceId"], ip, group)


def _named(kind: str, name: str) -> list[dict[str, Any]]:
    return _tagged(kind, {"Name": name})


def _tagged(kind: str, tags: dict[str, str]) -> list[dict[str, Any]]:
    return [{"ResourceType": kind, "Tags": [{"Key": key, "Value": value} for key, value in tags.items()]}]
