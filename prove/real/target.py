"""The target that a person with a sandbox organisation has."""

import secrets
from typing import Any

from prove.made.journal import Journal
from prove.made.kinds import KINDS, statement_id
from prove.made.maker import Maker
from prove.preparation import preflight, prices
from prove.preparation.plan import Plan
from prove.real import network, stacks
from prove.real.machines import CLIENT_POOL, IMAGE, READY, TYPE, Machines, knock
from prove.real.sessions import ClientOf, Sessions, by_profile
from prove.target import HUB, MANAGEMENT, SECOND, SERVICE, Network, Ran, Who
from prove.waiting import Patience, until

ORGANIZATIONS_REGION = "us-east-1"
_HOURS = 1.0


class RealTarget:
    def __init__(
        self,
        name: str,
        region: str,
        other_region: str,
        profiles: dict[Who, str],
        unit: str = "",
        make: ClientOf = by_profile,
        runs: stacks.Runs = stacks.run,
    ) -> None:
        self.run, self.region, self.other_region, self.unit = f"peerway-prove-{name}", region, other_region, unit
        self.patience = Patience(poll=5, call=120, event=900, workflow=900, history=1500, stack=1800, removal=1800)
        self.instances: dict[str, Any] = {"ImageId": IMAGE, "InstanceType": TYPE}
        self.managed: dict[str, Any] = {}
        self._sessions, self.runs = Sessions(profiles, make), runs
        self._external_id = f"prove-{secrets.token_hex(8)}"
        self.delegates = False
        self._vpn = ""

    def client(self, who: Who, service: str, region: str | None = None) -> Any:
        return self._sessions.client(who, service, region or self.region)

    def account(self, who: Who) -> str:
        return self._sessions.account(who, self.region)

    def profile(self, who: Who) -> str:
        return self._sessions.profiles[who]

    def places(self) -> list[tuple[str, Who, str]]:
        everywhere: dict[str, list[tuple[Who, str]]] = {
            "stack-set": [(MANAGEMENT, self.region)],
            "stack": [
                (SERVICE, self.other_region),
                (SERVICE, self.region),
                (SECOND, self.region),
                (MANAGEMENT, ORGANIZATIONS_REGION),
                (HUB, self.region),
            ],
            "organisation-policy": [(MANAGEMENT, self.region)],
            "vpc": [(SERVICE, self.region), (SERVICE, self.other_region), (SECOND, self.region), (HUB, self.region)],
            "peering": [(SERVICE, self.region), (SECOND, self.region), (HUB, self.region)],
            "role": [(HUB, self.region), (SERVICE, self.region), (SECOND, self.region), (MANAGEMENT, self.region)],
            "rule": [(HUB, self.region), (SECOND, self.region)],
            "queue": [(HUB, self.region), (SECOND, self.region)],
        }
        return [(kind, who, region) for kind in KINDS for who, region in everywhere.get(kind, [(HUB, self.region)])]

    def problems(self) -> list[str]:
        arns, unknown = preflight.identities(self)
        if unknown:
            return unknown
        wrong = preflight.organisation(self) + preflight.regions(self)
        if wrong:
            return wrong
        may_read = preflight.may_hub_read(self)
        self.delegates = may_read == "ours"
        wrong += [may_read.removeprefix("no: ")] if may_read.startswith("no: ") else []
        if not stacks.BUILT.exists():
            wrong.append(f"{stacks.BUILT} is not there: run `make build` first")
        for question in (preflight.trail, preflight.room, preflight.dry_run, preflight.name):
            wrong += question(self)
        return wrong + preflight.rights(self, arns)

    def plan(self) -> Plan:
        def titled(who: Who, where: str) -> str:
            return f"{who} account {self.account(who)} (profile {self.profile(who)}), {where}"

        delegation = (
            ["a resource policy of the organisation that lets the hub account list accounts"] if self.delegates else []
        )
        unit = (
            [f"a StackSet with the service account stack, rolled out to {self.unit} and all accounts in it"]
            if self.unit
            else []
        )
        return Plan(
            accounts=[
                (
                    titled(MANAGEMENT, ORGANIZATIONS_REGION),
                    ["the stack stacks/management-account.yaml", *delegation, *unit],
                ),
                (
                    titled(HUB, self.region),
                    [
                        f"a VPC {network.HUB_CIDR} with two subnets, an internet gateway, a VPN instance "
                        f"and a spare one ({TYPE}, Amazon Linux 2023)",
                        "Peerway's hub stack, deployed from .aws-sam/build, updated once; a bucket for its packages",
                        "a VPC without anything in it, a state machine, two roles, and a rule and a queue each "
                        "on the default bus and on Peerway's",
                    ],
                ),
                (
                    titled(SERVICE, f"{self.region} and {self.other_region}"),
                    [
                        "the stack stacks/service-account.yaml in both Regions",
                        f"a VPC {network.SERVICE_CIDR} with an instance ({TYPE}) that only the VPN may reach; "
                        f"two empty VPCs in {self.other_region}",
                        "a role that may ask for peerings and accept them",
                    ],
                ),
                (
                    titled(SECOND, self.region),
                    [
                        "the stack stacks/service-account.yaml",
                        "a VPC without anything in it, peered with the hub account's empty one; a rule and a queue",
                    ],
                ),
            ],
            minutes="about an hour, most of it waiting",
            costs=prices.of_a_run(_HOURS),
            untouched=[
                "any VPC, peering connection, route, role or stack that is there already",
                "accounts other than these four" + (f", and those in {self.unit}" if self.unit else ""),
                "trails, policies (SCPs) and units of the organisation",
            ],
            left=[
                "the hub stack's key of KMS, which waits seven days for its deletion and costs nothing meanwhile",
                "Step Functions' own rule StepFunctionsGetEventsForStepFunctionsExecutionRule, if there was none",
                "records of all this in the event history, for 90 days",
            ],
        )

    def make(self, journal: Journal) -> Network:
        make = Maker(self, journal)
        if self.delegates:
            network.delegation(
                make, self.client(MANAGEMENT, "organizations"), statement_id(self.run), self.account(HUB)
            )
        profile = network.agent_profile(make)
        self.managed = {"IamInstanceProfile": {"Name": profile}}
        hub = network.hub(make, profile)
        self._vpn = hub.instance
        self._hub_stack = stacks.HubStack(make, self.profile(HUB), self.runs)
        self.organization = self.client(MANAGEMENT, "organizations").describe_organization()["Organization"]["Id"]
        self.hub_vpc = hub.vpc
        self.outputs = self._hub_stack.deploy(
            {
                "OrganizationId": self.organization,
                "HubVpcId": hub.vpc,
                "ClientPoolCidrs": CLIENT_POOL,
                "AllowedCidrs": network.SERVICE_CIDR,
                "ServiceRoleName": self.run,
                "ExternalId": self._external_id,
                "EventWindowSeconds": "12",
                "LogRetentionDays": "7",
            }
        )
        stacks.create(
            make,
            MANAGEMENT,
            ORGANIZATIONS_REGION,
            self.run + "-management",
            Capabilities=["CAPABILITY_IAM"],
            TemplateBody=stacks.MANAGEMENT_STACK.read_text(),
            Parameters=stacks.parameters(HubBusArn=self.outputs["HubBusArn"]),
        )
        for who in (SERVICE, SECOND):
            stacks.create(make, who, self.region, self.run, **self.service_stack(self.run))
        service = network.service(make)
        machines = self._machines
        machines.online(self._vpn)
        until(
            f"client on {self._vpn}",
            lambda: machines.run(self._vpn, READY).exit == 0,
            self.patience.workflow,
            self.patience.poll,
        )
        return Network(
            hub_vpc=hub.vpc,
            hub_cidr=network.HUB_CIDR,
            hub_tables=hub.tables,
            hub_subnet=hub.subnet,
            vpn_instance=hub.instance,
            service_vpc=service.vpc,
            service_cidr=network.SERVICE_CIDR,
            service_tables=service.tables,
            service_ip=service.ip,
            outputs=self.outputs,
        )

    def unavailable(self, assumption: str) -> str | None:
        if assumption == "stack-set-reaches-its-unit" and not self.unit:
            return "no organisational unit was given (UNIT=ou-…)"
        return None

    def watch_other_region(self, journal: Journal) -> None:
        stacks.create(Maker(self, journal), SERVICE, self.other_region, self.run, **self.service_stack(self.run))

    def service_stack(self, role: str) -> dict[str, Any]:
        """Roles of the hub's functions are named after their stack, whose name CloudFormation shortens in them: all
        runs have the same beginning, which is left of it.
        """
        return {
            "TemplateBody": stacks.SERVICE_STACK.read_text(),
            "Capabilities": ["CAPABILITY_NAMED_IAM"],
            "Parameters": stacks.parameters(
                HubAccountId=self.account(HUB),
                HubVpcId=self.hub_vpc,
                HubBusArn=self.outputs["HubBusArn"],
                HubStackName="peerway-prove",
                OrganizationId=self.organization,
                ExternalId=self._external_id,
                ServiceRoleName=role,
                HomeRegion=self.region,
            ),
        }

    def change_parameter(self) -> str:
        self._hub_stack.deploy({"VpcsPerAccount": "11"})
        return "VpcsPerAccount 10 to 11"

    @property
    def _machines(self) -> Machines:
        return Machines(self.client(HUB, "ssm"), self.patience)

    def machine_ready(self, instance: str) -> None:
        self._machines.online(instance)

    def on_vpn(self, argv: list[str]) -> Ran:
        return self._machines.run_words(self._vpn, argv)

    def from_client(self, ip: str) -> Ran:
        return self._machines.run(self._vpn, knock(ip))

    def close(self) -> None:
        """Nothing is open."""
