"""Makes things in the target's accounts, each in the journal before it is there."""

import json
from dataclasses import dataclass
from typing import Any

from prove.made.journal import Journal
from prove.made.kinds import TAG
from prove.target import Target, Who
from prove.waiting import until


@dataclass
class Maker:
    target: Target
    journal: Journal

    def vpc(
        self, who: Who, cidr: str, label: str, region: str | None = None, tags: dict[str, str] | None = None
    ) -> str:
        ec2 = self.target.client(who, "ec2", region)
        with self.journal.making("vpc", who, region or self.target.region, label) as made:
            made.id = ec2.create_vpc(CidrBlock=cidr, TagSpecifications=self.tagged("vpc", label, tags))["Vpc"]["VpcId"]
        return made.id

    # What is in a VPC goes with it, and needs no entry of its own.

    def subnet(self, who: Who, vpc: str, cidr: str) -> str:
        ec2 = self.target.client(who, "ec2")
        return str(ec2.create_subnet(VpcId=vpc, CidrBlock=cidr)["Subnet"]["SubnetId"])

    def group(self, who: Who, vpc: str, label: str, tags: dict[str, str] | None = None) -> str:
        ec2 = self.target.client(who, "ec2")
        return str(
            ec2.create_security_group(
                GroupName=f"{self.target.run}-{label}",
                Description="make prove",
                VpcId=vpc,
                TagSpecifications=self.tagged("security-group", label, tags),
            )["GroupId"]
        )

    def instance(self, who: Who, subnet: str, label: str, tags: dict[str, str] | None = None, **more: Any) -> str:
        ec2 = self.target.client(who, "ec2")
        made = ec2.run_instances(
            MinCount=1,
            MaxCount=1,
            SubnetId=subnet,
            TagSpecifications=self.tagged("instance", label, tags),
            **self.target.instances,
            **more,
        )
        return str(made["Instances"][0]["InstanceId"])

    def request(
        self, who: Who, vpc: str, peer: Who, peer_vpc: str, region: str | None = None, peer_region: str | None = None
    ) -> str:
        """A peering request, which both sides see when it returns."""
        ec2 = self.target.client(who, "ec2", region)
        with self.journal.making("peering", who, region or self.target.region, f"{vpc} to {peer_vpc}") as made:
            made.id = ec2.create_vpc_peering_connection(
                VpcId=vpc,
                PeerVpcId=peer_vpc,
                PeerOwnerId=self.target.account(peer),
                PeerRegion=peer_region or self.target.region,
                TagSpecifications=self.tagged("vpc-peering-connection", "peering"),
            )["VpcPeeringConnection"]["VpcPeeringConnectionId"]
        self.wait_for_peering(peer, made.id, "pending-acceptance", peer_region)
        return made.id

    def wait_for_peering(self, who: Who, id: str, status: str, region: str | None = None) -> None:
        ec2 = self.target.client(who, "ec2", region)

        def there() -> bool:
            found = ec2.describe_vpc_peering_connections(
                Filters=[{"Name": "vpc-peering-connection-id", "Values": [id]}]
            )
            return any(peering["Status"]["Code"] == status for peering in found["VpcPeeringConnections"])

        until(f"{id} that is {status}", there, self.target.patience.call, self.target.patience.poll)

    def role(
        self, who: Who, label: str, principal: dict[str, str], policy: dict[str, Any] | None = None, managed: str = ""
    ) -> str:
        iam, name = self.target.client(who, "iam"), f"{self.target.run}-{label}"
        trust = {
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}],
        }
        with self.journal.making("role", who, self.target.region, name) as made:
            made.id = name
            arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust), Tags=self.tags())["Role"][
                "Arn"
            ]
        if policy:
            iam.put_role_policy(RoleName=name, PolicyName="prove", PolicyDocument=json.dumps(policy))
        if managed:
            iam.attach_role_policy(RoleName=name, PolicyArn=managed)
        return str(arn)

    def tagged(self, kind: str, label: str, tags: dict[str, str] | None = None) -> list[dict[str, Any]]:
        named = {"Name": f"{self.target.run}-{label}", TAG: self.target.run, **(tags or {})}
        return [{"ResourceType": kind, "Tags": [{"Key": key, "Value": value} for key, value in named.items()]}]

    def tags(self) -> list[dict[str, str]]:
        return [{"Key": TAG, "Value": self.target.run}]
