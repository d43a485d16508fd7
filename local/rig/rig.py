"""One rig: local AWS, packet lab, the article's network, the deployed hub stack."""

import json
import os
import secrets
import threading
import time
import uuid
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from local.aws.accounts import HUB, REGION
from local.aws.local_aws import LocalAws
from local.aws.moto.snapshot import Snapshot
from local.aws.moto.world import Completed
from local.lab import host
from local.lab.lab import Lab
from local.rig import world
from local.rig.mailbox import News
from local.rig.world import Machine, Vpc

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("PEERWAY_BUILD") or ROOT / ".aws-sam" / "build")
"""What `sam build` wrote."""

TIMED_OUT = 124
"""How the lab says that a program was stopped at its time limit."""


class Rig:
    def __init__(
        self,
        directory: Path,
        bind_extra: str | None = None,
        unit: str | None = None,
        regions: str = "",
        freezes: bool = False,
    ) -> None:
        """`unit`: only accounts of an organisational unit of this name may connect; service accounts are made in it.

        `regions`: the hub stack's parameter ServiceRegions. `freezes`: it has a change calendar as FreezeCalendar.
        """
        self._freezes = freezes
        self.directory = directory
        self._regions = regions
        self._unit_name = unit
        self._unit: str | None = None
        self.name = "pw" + secrets.token_hex(2)
        self.lab = Lab(self.name, directory, world.CLIENT_POOL)
        self.aws = LocalAws(directory, self._follow, self._run_on_instance, bind_extra)
        self._lab_error: Exception | None = None
        self._held = False
        self._services: dict[str, Vpc] = {}
        self._without_role: set[str] = set()
        self._lock = threading.Lock()
        self.bind_extra = bind_extra
        self.mailbox: News | None = None

    def start(self) -> None:
        """On failure the caller has to `stop`, too: what had started by then is taken down."""
        if not (BUILD / "template.yaml").exists():
            raise FileNotFoundError(f"{BUILD} has no built template: run `make build` first")
        self.directory.mkdir(parents=True, exist_ok=True)
        self.lab.up()
        self.aws.start()
        self.aws.world.peerings_per_vpc = world.PEERINGS_PER_VPC
        ec2 = self.aws.client("ec2", HUB)
        hub = world.build_vpc(ec2, "hub", HUB, world.HUB_CIDR)
        self._vpn_group = world.build_vpn_group(ec2, hub)
        self.hub = replace(hub, instance=world.build_vpn_instance(ec2, hub, self._vpn_group))
        self._vpn_made = 1
        self.lab.connect_company_to(self._vpn().id)
        if self._unit_name:
            self._unit = self._make_unit(self._unit_name)
        chat_topic = self.aws.client("sns").create_topic(Name="rig-chat")["TopicArn"]
        self.parameters = {
            "OrganizationId": self.aws.organization_id,
            "HubVpcId": self.hub.id,
            "ClientPoolCidrs": world.CLIENT_POOL,
            "CompanyCidrs": world.COMPANY_CIDRS,
            "AllowedCidrs": world.ALLOWED_CIDRS,
            "VpcsPerAccount": world.VPCS_PER_ACCOUNT,
            "PeeringsPerVpc": str(world.PEERINGS_PER_VPC),
            "ExternalId": world.EXTERNAL_ID,
            "EventWindowSeconds": world.EVENT_WINDOW_SECONDS,
            "ChatTopicArn": chat_topic,
            **({"AllowedUnits": self._unit} if self._unit else {}),
            **({"ServiceRegions": self._regions} if self._regions else {}),
            **({"FreezeCalendar": world.FREEZE_CALENDAR} if self._freezes else {}),
        }
        if self._freezes:
            self.end_freeze()
        self.outputs = self.aws.deploy_hub(self.parameters, BUILD)
        self.aws.deploy_management_stack()
        self.mailbox = News(self.aws, self.outputs, chat_topic)
        self._settle()
        self.lab.wait_tunnel()

    def news(self) -> News:
        if self.mailbox is None:
            raise RuntimeError("the rig is not ready")
        return self.mailbox

    def stop(self) -> None:
        try:
            self.aws.stop()
        finally:
            self.lab.down()

    # The world, as account teams and the platform team change it.

    def add_service(
        self,
        name: str,
        cidr: str,
        account: str | None = None,
        member: bool = True,
        instance: bool = True,
        route_tables: int = 3,
        stack: bool = True,
        in_unit: bool = True,
        region: str = REGION,
        not_enabled: str | None = None,
        heard: bool = True,
    ) -> dict[str, Any]:
        """A service VPC in an account of its own. `member`: made in the organisation, and so equipped by the StackSet
        (`stack`). The VPC was there before anybody listened: no event tells of its tables and groups. Nor does one of
        the account, unless it is `heard`.

        `not_enabled`: a Region that the new account has not enabled.
        """
        with ExitStack() as before:
            if not heard:
                before.enter_context(self.aws.unheard())
            if account is None:
                account = self.aws.create_account(name, self._unit if in_unit else None) if member else self._outsider()
                if not_enabled:
                    self.aws.world.regions_not_enabled.add((account, not_enabled))
                if member and stack:
                    self.aws.deploy_service_stack(account)
            if heard:
                before.enter_context(self.aws.unheard())
            ec2 = self.aws.client("ec2", account, region)
            vpc = world.build_vpc(ec2, name, account, cidr, route_tables, region)
            if instance:
                vpc = replace(vpc, instance=world.build_service_instance(ec2, vpc, name))
        with self._lock:
            self._services[name] = vpc
        return asdict(vpc)

    def equip(self, account: str) -> None:
        """What the StackSet does for an account. Where somebody has deleted the role, its people delete the stack
        first: an update would not make it again.
        """
        if account in self._without_role:
            self._without_role.remove(account)
            # CloudFormation takes what is gone already for deleted; moto refuses.
            self.aws.client("iam", account).create_role(RoleName="peerway-service", AssumeRolePolicyDocument="{}")
            self.aws.delete_service_stack(account)
        self.aws.deploy_service_stack(account)

    def unequip(self, account: str) -> None:
        """Somebody deletes the role that the hub assumes there."""
        iam, role = self.aws.client("iam", account), "peerway-service"
        for policy in iam.list_role_policies(RoleName=role)["PolicyNames"]:
            iam.delete_role_policy(RoleName=role, PolicyName=policy)
        iam.delete_role(RoleName=role)
        self._without_role.add(account)

    def limit(
        self,
        routes_per_table: int | None = None,
        peerings_per_vpc: int | None = None,
        delivery_timeout: float | None = None,
    ) -> None:
        """EC2's quotas, and how many seconds Run Command waits for an instance that does not run, from now on."""
        if delivery_timeout is not None:
            self.aws.world.delivery_timeout = delivery_timeout
        if routes_per_table is not None:
            self.aws.world.routes_per_table = routes_per_table
        if peerings_per_vpc is not None:
            self.aws.world.peerings_per_vpc = peerings_per_vpc

    def vary(self, function: str, variables: dict[str, str]) -> None:
        """What deploying the hub stack with another parameter does to one function: a new version,
        which its alias names.
        """
        lambda_ = self.aws.client("lambda")
        ((name, there),) = [
            (each["FunctionName"], each["Environment"]["Variables"])
            for page in lambda_.get_paginator("list_functions").paginate()
            for each in page["Functions"]
            if each["Environment"]["Variables"]["AWS_SDK_UA_APP_ID"] == function
        ]
        lambda_.update_function_configuration(FunctionName=name, Environment={"Variables": there | variables})
        version = lambda_.publish_version(FunctionName=name)["Version"]
        for alias in lambda_.list_aliases(FunctionName=name)["Aliases"]:
            lambda_.update_alias(FunctionName=name, Name=alias["Name"], FunctionVersion=version)

    def begin_freeze(self, hours: float) -> str:
        """The change calendar is closed from now on. When its freeze is over, as people would be told."""
        return world.close_calendar(self.aws.client("ssm", HUB), hours)

    def end_freeze(self) -> None:
        """The change calendar is open, also where it was not there."""
        world.open_calendar(self.aws.client("ssm", HUB))

    def lose_calendar(self) -> None:
        """Somebody deletes the change calendar."""
        self.aws.client("ssm", HUB).delete_document(Name=world.FREEZE_CALENDAR)

    def learn(self, gateway: str, cidrs: list[str]) -> None:
        """What a virtual private gateway hears of by BGP; tables that propagate its routes have them at once."""
        self.aws.world.learned_routes[gateway] = cidrs
        self.aws.world.network_changed()

    def _make_unit(self, name: str) -> str:
        organizations = self.aws.client("organizations")
        root = organizations.list_roots()["Roots"][0]["Id"]
        return str(organizations.create_organizational_unit(ParentId=root, Name=name)["OrganizationalUnit"]["Id"])

    @staticmethod
    def _outsider() -> str:
        return "9" + "".join(secrets.choice("0123456789") for _ in range(11))

    def emit(self, event: dict[str, Any]) -> None:
        """Puts an event on the hub's bus, as if every rule and policy before it had let it through."""
        self.aws.put_event(self.outputs["HubBusName"], event)

    def scan(self) -> None:
        """The scheduled scan for pending requests, without waiting ten minutes for it."""
        self.aws.settle()
        self.aws.client("lambda").invoke(
            FunctionName=self.outputs["PendingScanFunctionArn"],
            Payload=json.dumps(
                {
                    "id": str(uuid.uuid4()),
                    "source": "aws.events",
                    "detail-type": "Scheduled Event",
                    "account": HUB,
                    "region": REGION,
                    "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
                    "resources": [],
                    "detail": {},
                }
            ),
        )

    # VPN instances: what people, a maintenance window or an Auto Scaling group do to them.

    def reboot_vpn(self) -> dict[str, Any]:
        """The first instance starts again, with its disk and without what was in its memory."""
        return self._change_vpn(lambda ec2, instance: ec2.reboot_instances(InstanceIds=[instance]))

    def stop_vpn(self, instance: str | None = None) -> None:
        """The first, or one that `add_vpn` made."""
        self.aws.client("ec2", HUB).stop_instances(InstanceIds=[instance or self._vpn().id])
        self._settle()

    def start_vpn(self) -> dict[str, Any]:
        return self._change_vpn(lambda ec2, instance: ec2.start_instances(InstanceIds=[instance]))

    def add_vpn(self) -> dict[str, Any]:
        """A further one, at an address of its own. The company uses it while the first does not run."""
        with self._lock:
            number, self._vpn_made = self._vpn_made, self._vpn_made + 1
        machine = world.build_vpn_instance(self.aws.client("ec2", HUB), self.hub, self._vpn_group, number)
        self._settle()
        return asdict(machine)

    def replace_vpn(self) -> dict[str, Any]:
        """The first instance is terminated; a new one with nothing on it, at an address of its own, takes its place,
        and the company is connected to that one.
        """
        old, new = self._vpn(), self.add_vpn()
        self.hub = replace(self.hub, instance=Machine(**new))
        self.lab.connect_company_to(new["id"])
        self.aws.client("ec2", HUB).terminate_instances(InstanceIds=[old.id])
        self._settle()
        self.lab.wait_tunnel()
        return new

    def remove_vpn(self, instance: str) -> None:
        """Takes away one that `add_vpn` made."""
        self.aws.client("ec2", HUB).terminate_instances(InstanceIds=[instance])
        self._settle()

    def _change_vpn(self, change: Callable[[Any, str], Any]) -> dict[str, Any]:
        machine = self._vpn()
        change(self.aws.client("ec2", HUB), machine.id)
        self._settle()
        self.lab.wait_tunnel()
        return asdict(machine)

    def _vpn(self) -> Machine:
        assert self.hub.instance is not None
        return self.hub.instance

    # The packet lab.

    def execute(self, host: str, argv: list[str], env: dict[str, str], stdin: bytes, timeout: float) -> Completed:
        self._settle()
        return _completed(self.lab.exec(host, argv, env, stdin, timeout))

    def ssh(self, to: str, command: str, connect_timeout: int) -> Completed:
        self._settle()
        if self.lab.has_tunnel:  # a VPN instance may have been started a moment ago
            self.lab.wait_tunnel()
        return _completed(self.lab.ssh(to, command, connect_timeout))

    def _run_on_instance(
        self, instance: str, argv: list[str], env: dict[str, str], stdin: bytes, timeout: float
    ) -> Completed:
        if not self.lab.has(instance):  # it was started a moment ago
            self._settle()
        done = self.lab.exec(instance, argv, env, stdin, timeout)
        if done.exit == TIMED_OUT:
            raise TimeoutError
        return _completed(done)

    def hold_network(self) -> None:
        """From now on the packet lab stays as it is, whatever is called: for whoever sends no packet.
        Commands run all the same.
        """
        self._held = True

    def _follow(self, snapshot: Snapshot) -> None:
        if self._held:
            return
        try:
            self.lab.apply(snapshot)
            self._lab_error = None
        except Exception as e:
            self._lab_error = e
            raise

    def _settle(self) -> None:
        """No packet is sent before the lab shows every call that was answered."""
        if not self.aws.settle() or self._lab_error:
            raise RuntimeError(
                f"the packet lab could not follow the local AWS: {self._lab_error or 'it takes too long'}"
            )

    # What others need to know of it.

    def describe(self) -> dict[str, Any]:
        return {
            "pid": os.getpid(),
            "name": self.name,
            "directory": str(self.directory),
            "region": REGION,
            "endpoints": self.aws.endpoints,
            "hub": asdict(self.hub),
            "services": {name: asdict(vpc) for name, vpc in self._services.items()},
            "parameters": self.parameters,
            "outputs": self.outputs,
            "clientPool": world.CLIENT_POOL,
            "bindExtra": self.bind_extra,
            "startedAt": time.time(),
        }


def _completed(done: host.Completed) -> Completed:
    return Completed(done.exit, done.stdout, done.stderr)


def write_description(path: Path, description: dict[str, Any]) -> None:
    """At once or not at all: whoever waits for the file finds it whole. It holds the key to the control door,
    so it is the owner's.
    """
    draft = path.with_suffix(".new")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(description, indent=2))
    draft.rename(path)
