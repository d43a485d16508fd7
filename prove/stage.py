"""What a check has at hand."""

from functools import cached_property
from typing import Any

from prove.made.journal import Journal
from prove.made.maker import Maker
from prove.recorder import Recorder
from prove.target import HUB, SECOND, SERVICE, Network, Target, Who

SCRATCH_CIDRS = {HUB: "10.250.0.0/24", SECOND: "10.251.0.0/24"}


class Stage:
    """The network of the story, and beside it VPCs that nobody watches, for checks that ask EC2 directly.

    VPCs are shared by the checks, in each account one: a Region has room for five.
    """

    def __init__(self, target: Target, journal: Journal, network: Network) -> None:
        self.target, self.journal, self.network = target, journal, network
        self.make = Maker(target, journal)
        self.on_hub_bus = Recorder(target, journal, HUB, network.outputs["HubBusName"])
        self.in_hub = Recorder(target, journal, HUB)
        self.in_second = Recorder(target, journal, SECOND)
        self.story_held = False

    def ec2(self, who: Who, region: str | None = None) -> Any:
        return self.target.client(who, "ec2", region)

    @cached_property
    def hub_scratch(self) -> str:
        return self.make.vpc(HUB, SCRATCH_CIDRS[HUB], "scratch")

    @cached_property
    def hub_scratch_table(self) -> str:
        found = self.ec2(HUB).describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [self.hub_scratch]}])
        return str(found["RouteTables"][0]["RouteTableId"])

    @cached_property
    def second_scratch(self) -> str:
        return self.make.vpc(SECOND, SCRATCH_CIDRS[SECOND], "scratch")

    @cached_property
    def peering(self) -> str:
        """An active peering connection between both; `deleted-peering-tags` ends it."""
        return self.peered()

    def peered(self) -> str:
        id = self.make.request(SECOND, self.second_scratch, HUB, self.hub_scratch)
        self.ec2(HUB).accept_vpc_peering_connection(VpcPeeringConnectionId=id)
        self.make.wait_for_peering(SECOND, id, "active")
        self.make.wait_for_peering(HUB, id, "active")
        return id

    @cached_property
    def probe(self) -> str:
        """ARN of a role of the service account that may ask for peerings and accept them;
        sessions of it are kept to less.
        """
        allowed = {
            "Effect": "Allow",
            "Action": ["ec2:CreateVpcPeeringConnection", "ec2:AcceptVpcPeeringConnection"],
            "Resource": "*",
        }
        return self.make.role(
            SERVICE,
            "probe",
            {"AWS": f"arn:aws:iam::{self.target.account(SERVICE)}:root"},
            {"Version": "2012-10-17", "Statement": [allowed]},
        )

    @cached_property
    def spare(self) -> str:
        """An instance that Run Command reaches, and nobody needs."""
        id = self.make.instance(HUB, self.network.hub_subnet, "spare", **self.target.managed)
        self.target.machine_ready(id)
        return id
