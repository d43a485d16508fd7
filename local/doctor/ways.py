"""Ways to break the path: each station, each direction, each owner."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from local.doctor.stage import Stage


@dataclass(frozen=True)
class Way:
    """One way, and what the doctor has to say of it."""

    name: str
    owner: str
    """Whose doing it is: `hub`, `service`, or `instance`, of which no CloudTrail tells."""

    at: str
    """The station that has to be the first wrong one; empty where nothing is known to be wrong."""

    says: str
    """In its evidence."""

    broken: Callable[[Stage], Any]
    question: dict[str, Any] = field(default_factory=dict)
    """Where another one than ssh to the service is asked."""

    by: str = ""
    """Whose account the answer has to name as that of whoever changed it last: `hub` or `service`."""

    mend: str = ""
    """In the command that mends it."""

    summary: str = ""
    """In the one sentence."""


def _deny(stage: Stage, side: str, egress: bool, first: int, last: int) -> None:
    ec2 = stage.hub if side == "hub" else stage.team
    ec2.create_network_acl_entry(
        NetworkAclId=stage.acl(side),
        RuleNumber=50,
        Protocol="6",
        RuleAction="deny",
        Egress=egress,
        CidrBlock="10.0.0.0/8",
        PortRange={"From": first, "To": last},
    )


def _locked_in(stage: Stage, but: int | None = None) -> None:
    """`but`: the port that stays open."""
    (group,) = stage.hub.describe_security_groups(GroupIds=[stage.vpn_group])["SecurityGroups"]
    stage.hub.revoke_security_group_egress(GroupId=stage.vpn_group, IpPermissions=group["IpPermissionsEgress"])
    if but:
        open_ = {"IpProtocol": "tcp", "FromPort": but, "ToPort": but, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
        stage.hub.authorize_security_group_egress(GroupId=stage.vpn_group, IpPermissions=[open_])


def _gateway(ec2: Any, vpc: str) -> str:
    gateway = str(ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"])
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    return gateway


def _narrower(stage: Stage) -> None:
    stage.hub.create_route(
        RouteTableId=stage.hub_table,
        DestinationCidrBlock="10.110.0.0/24",
        GatewayId=_gateway(stage.hub, stage.hub_vpc),
    )


def _replaced(stage: Stage) -> None:
    stage.team.replace_route(
        RouteTableId=stage.team_table,
        DestinationCidrBlock=stage.hub_cidr,
        GatewayId=_gateway(stage.team, stage.service["id"]),
    )


def _other_table(stage: Stage) -> None:
    table = stage.team.create_route_table(VpcId=stage.service["id"])["RouteTable"]["RouteTableId"]
    stage.team.associate_route_table(RouteTableId=table, SubnetId=stage.service["subnets"][0])


def _revoked(stage: Stage) -> None:
    (group,) = stage.team.describe_security_groups(GroupIds=[stage.group])["SecurityGroups"]
    stage.team.revoke_security_group_ingress(GroupId=stage.group, IpPermissions=group["IpPermissions"])


def _another_group(stage: Stage) -> None:
    group = stage.team.create_security_group(GroupName="closed", Description="closed", VpcId=stage.service["id"])
    stage.team.modify_instance_attribute(InstanceId=stage.machine, Groups=[group["GroupId"]])


def _other_server(stage: Stage) -> None:
    """A second OpenVPN server for the same clients, which pushes nothing."""
    stage.on_vpn(
        "bash -c 'exec -a openvpn sh -c \"sleep 600; :\" openvpn --server 172.168.0.0 255.255.255.0'"
        " >/dev/null 2>&1 </dev/null & echo $! >/run/other.pid"
    )


def _own_filter(stage: Stage, verdict: str) -> None:
    stage.on_machine(
        f"nft 'table ip own {{ chain in {{ type filter hook input priority 0; tcp dport 22 {verdict}; }}; }}'"
    )


_CONNECT = "stepfunctions start-execution"

WAYS = [
    Way(
        "OpenVPN pushes no route to the service",
        "instance",
        "PUSH",
        "sends clients no route to 10.110.0.0/16",
        _other_server,
        mend='push "route 10.110.0.0 255.255.0.0"',
    ),
    Way(
        "the VPN instance is stopped",
        "hub",
        "VPN_INSTANCE",
        "does not run",
        lambda s: s.hub.stop_instances(InstanceIds=[s.vpn]),
        by="hub",
        mend="ec2 start-instances",
    ),
    Way(
        "the VPN instance has lost its tag",
        "hub",
        "VPN_INSTANCE",
        "has the tag peerway:role=vpn",
        lambda s: s.hub.delete_tags(Resources=[s.vpn], Tags=[{"Key": "peerway:role"}]),
    ),
    Way(
        "the SSM agent does not answer",
        "instance",
        "AGENT",
        "does not answer Systems Manager",
        lambda s: s.silence(),
        mend="ssm describe-instance-information",
    ),
    Way(
        "forwarding is off",
        "instance",
        "FORWARDING",
        "ip_forward",
        lambda s: s.on_vpn("echo 0 >/proc/sys/net/ipv4/ip_forward"),
        mend=_CONNECT,
    ),
    Way(
        "a filter of others drops what is forwarded",
        "instance",
        "FOREIGN_CHAINS",
        "chain passing of table",
        lambda s: s.on_vpn(
            "nft 'table ip theirs { chain passing { type filter hook forward priority 0; policy drop; }; }'"
        ),
    ),
    Way(
        "the service is taken out of the NAT set",
        "instance",
        "NAT",
        "does not translate to 10.110.0.10",
        lambda s: s.on_vpn("nft flush set ip peerway services"),
        mend=_CONNECT,
    ),
    Way(
        "a rule stands in our own NAT table",
        "instance",
        "NAT",
        "not as Peerway writes it",
        lambda s: s.on_vpn("nft insert rule ip peerway forward drop"),
        mend=_CONNECT,
    ),
    Way(
        "the VPN instance's security group lets nothing out",
        "hub",
        "VPN_GROUPS",
        "lets packets out to tcp/22 of 10.110.0.10",
        _locked_in,
        by="hub",
        mend="authorize-security-group-egress",
    ),
    Way(
        "the VPN instance's security group lets out only what others need",
        "hub",
        "VPN_GROUPS",
        "lets packets out to tcp/22 of 10.110.0.10",
        lambda s: _locked_in(s, but=443),
        by="hub",
        mend="CidrIp=10.110.0.0/16",
    ),
    Way(
        "the route to the service is deleted in the hub",
        "hub",
        "HUB_ROUTE",
        "-> pcx-",
        lambda s: s.hub.delete_route(RouteTableId=s.hub_table, DestinationCidrBlock=s.service["cidr"]),
        by="hub",
        mend=_CONNECT,
        summary="is missing",
    ),
    Way(
        "a narrower route of the hub leads elsewhere",
        "hub",
        "HUB_ROUTE",
        "narrower than the route to pcx-",
        _narrower,
        by="hub",
        mend="ec2 delete-route",
    ),
    Way(
        "the hub's network ACL denies what goes out",
        "hub",
        "HUB_ACL",
        "rule 50 denies tcp/22 outbound",
        lambda s: _deny(s, "hub", True, 22, 22),
        by="hub",
        mend="ec2 describe-network-acls",
    ),
    Way(
        "the hub's network ACL denies what comes back",
        "hub",
        "HUB_ACL_BACK",
        "(answers) inbound",
        lambda s: _deny(s, "hub", False, 1024, 65535),
        by="hub",
        mend="ec2 describe-network-acls",
    ),
    Way(
        "the peering connection is deleted by the hub",
        "hub",
        "PEERING",
        "is deleted",
        lambda s: s.hub.delete_vpc_peering_connection(VpcPeeringConnectionId=s.peering),
        by="hub",
    ),
    Way(
        "the peering connection is deleted by the service team",
        "service",
        "PEERING",
        "is deleted",
        lambda s: s.team.delete_vpc_peering_connection(VpcPeeringConnectionId=s.peering),
        by="service",
    ),
    Way(
        "the service's network ACL denies what comes in",
        "service",
        "SERVICE_ACL",
        "rule 50 denies tcp/22 inbound",
        lambda s: _deny(s, "service", False, 22, 22),
        by="service",
        mend="ec2 describe-network-acls",
    ),
    Way(
        "the service's network ACL denies what goes back",
        "service",
        "SERVICE_ACL_BACK",
        "(answers) outbound",
        lambda s: _deny(s, "service", True, 1024, 65535),
        by="service",
        mend="ec2 describe-network-acls",
    ),
    Way(
        "nothing has the address",
        "service",
        "INTERFACE",
        "has the address 10.110.0.99",
        lambda s: None,
        question={"to": "10.110.0.99"},
    ),
    Way(
        "the opening of the security group is revoked",
        "service",
        "SECURITY_GROUPS",
        "lets 10.100.0.10/32 in to tcp/22",
        _revoked,
        by="service",
        mend="Key=peerway:allow,Value=tcp/22",
    ),
    Way(
        "the instance is given another security group",
        "service",
        "SECURITY_GROUPS",
        "lets 10.100.0.10/32 in to tcp/22",
        _another_group,
        by="service",
        mend="Key=peerway:allow,Value=tcp/22",
    ),
    Way(
        "the port is one that nobody has opened",
        "service",
        "SECURITY_GROUPS",
        "in to tcp/443",
        lambda s: None,
        question={"port": 443},
        mend="Key=peerway:allow,Value=tcp/443",
    ),
    Way(
        "the route back is deleted in the service VPC",
        "service",
        "SERVICE_ROUTE",
        "10.100.0.0/16 -> pcx-",
        lambda s: s.team.delete_route(RouteTableId=s.team_table, DestinationCidrBlock=s.hub_cidr),
        by="service",
        mend=_CONNECT,
    ),
    Way(
        "the route back is replaced in the service VPC",
        "service",
        "SERVICE_ROUTE",
        "-> igw-",
        _replaced,
        by="service",
        mend="ec2 delete-route",
    ),
    Way(
        "the service's subnet is given another route table",
        "service",
        "SERVICE_ROUTE",
        "10.100.0.0/16 -> pcx-",
        _other_table,
        mend=_CONNECT,
    ),
    Way(
        "nothing listens at the port",
        "service",
        "PROBE",
        "Connection refused",
        lambda s: _own_filter(s, "reject with tcp reset"),
        summary="is open, and nothing listens there",
    ),
    Way(
        "the service's machine drops it itself",
        "service",
        "PROBE",
        "no answer within 5 seconds",
        lambda s: _own_filter(s, "drop"),
        summary="Look at the machine itself",
    ),
    Way(
        "the address is in no VPC that is connected",
        "hub",
        "ADDRESS",
        "10.77.0.1 is in no VPC",
        lambda s: None,
        question={"to": "10.77.0.1"},
    ),
    Way(
        "the role in the service account is deleted, and the way cannot be read there",
        "service",
        "",
        "",
        lambda s: s.unequip(),
        summary="Nothing wrong was found",
    ),
]
