"""The local AWS as the target: a rig of its own, with the network of the README's picture."""

from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path
from typing import Any

from local.aws.accounts import HUB as HUB_ACCOUNT
from local.rig.client import RigClient
from local.rig.held import held_rig
from prove.made.journal import Journal
from prove.preparation import preflight
from prove.preparation.plan import Plan
from prove.target import HUB, MANAGEMENT, SECOND, SERVICE, Network, Ran, Who
from prove.waiting import Patience

UNAVAILABLE = {
    "a-changed-parameter-is-a-changed-function": "the rig deploys its hub stack once",
    "stack-set-reaches-its-unit": "there are no StackSets here",
    "redrive-runs-failed-branches": "the local Step Functions runs all branches again",
    "accepter-vpc-across-regions": "the local IAM was told which Region stands in the ARN",
    "requester-vpc-across-regions": "the local IAM was told which Region stands in the ARN",
}

_SERVICES = {SERVICE: "10.110.0.0/16", SECOND: "10.120.0.0/16"}


class LocalTarget:
    def __init__(
        self, name: str, directory: Path, region: str = "eu-west-1", other_region: str = "eu-central-1"
    ) -> None:
        self.run, self.region, self.other_region, self.unit = f"peerway-prove-{name}", region, other_region, ""
        self.patience = Patience(poll=0.3, call=20, event=30, workflow=90, history=30, stack=60, removal=60)
        self.instances: dict[str, Any] = {"ImageId": "ami-12c6146b", "InstanceType": "t4g.nano"}
        self.managed: dict[str, Any] = {}
        self._rig: AbstractContextManager[RigClient] = held_rig(directory, "--regions", f"{region},{other_region}")
        self.rig = self._rig.__enter__()
        self.rig.ask("/limits", delivery_timeout=15)  # in place of two and a half minutes
        self._client = cache(self.rig.boto)
        self._services = {who: self.rig.ask("/services/add", name=who, cidr=cidr) for who, cidr in _SERVICES.items()}
        self._accounts: dict[Who, str] = {
            MANAGEMENT: HUB_ACCOUNT,
            HUB: HUB_ACCOUNT,
            **{who: service["account"] for who, service in self._services.items()},
        }

    def client(self, who: Who, service: str, region: str | None = None) -> Any:
        return self._client(service, self._accounts[who], region or self.region)

    def account(self, who: Who) -> str:
        return self._accounts[who]

    def profile(self, who: Who) -> str:
        return "local"

    def places(self) -> list[tuple[str, Who, str]]:
        here: list[tuple[str, Who]] = [
            ("rule", HUB),
            ("rule", SECOND),
            ("queue", HUB),
            ("queue", SECOND),
            ("peering", HUB),
            ("peering", SECOND),
            ("peering", SERVICE),
            ("vpc", HUB),
            ("vpc", SERVICE),
            ("vpc", SECOND),
            ("role", HUB),
            ("role", SERVICE),
            ("lock", HUB),
        ]
        return [*((kind, who, self.region) for kind, who in here), ("vpc", SERVICE, self.other_region)]

    def problems(self) -> list[str]:
        _, unknown = preflight.identities(self)
        return unknown or [*preflight.organisation(self), *preflight.regions(self), *preflight.name(self)]

    def plan(self) -> Plan:
        return Plan(
            [("the local AWS of this run", ["VPCs, peering connections, queues and rules of the checks"])],
            "some minutes",
            [],
            ["anything outside of it: it lives on 127.0.0.1 and in network namespaces, and ends with the run"],
            [],
        )

    def make(self, journal: Journal) -> Network:
        hub, service, outputs = self.rig.rig["hub"], self._services[SERVICE], self.rig.rig["outputs"]
        return Network(
            hub_vpc=hub["id"],
            hub_cidr=hub["cidr"],
            hub_tables=hub["route_tables"],
            hub_subnet=hub["subnets"][1],
            vpn_instance=hub["instance"]["id"],
            service_vpc=service["id"],
            service_cidr=service["cidr"],
            service_tables=service["route_tables"],
            service_ip=service["instance"]["ip"],
            outputs=outputs,
        )

    def unavailable(self, assumption: str) -> str | None:
        return UNAVAILABLE.get(assumption)

    def watch_other_region(self, journal: Journal) -> None:
        """The rig's service accounts have the stack there."""

    def service_stack(self, role: str) -> dict[str, Any]:
        raise NotImplementedError(UNAVAILABLE["stack-set-reaches-its-unit"])

    def change_parameter(self) -> str:
        raise NotImplementedError(UNAVAILABLE["a-changed-parameter-is-a-changed-function"])

    def machine_ready(self, instance: str) -> None:
        self.rig.ask("/settle")

    def on_vpn(self, argv: list[str]) -> Ran:
        done = self.rig.ask("/exec", host=self.rig.host("vpn"), argv=argv)
        return Ran(done["exit"], (done["stdout"] + done["stderr"]).strip())

    def from_client(self, ip: str) -> Ran:
        """A real ssh session from the company's host, through the tunnel."""
        done = self.rig.ask("/ssh", to=ip, command="hostname", connectTimeout=2)
        return Ran(done["exit"], (done["stdout"] or done["stderr"]).strip())

    def close(self) -> None:
        self._rig.__exit__(None, None, None)
