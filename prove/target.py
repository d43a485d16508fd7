"""What `make prove` runs against: a real organisation, or the local AWS."""

from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from prove.made.journal import Journal
from prove.preparation.plan import Plan
from prove.waiting import Patience

Who = Literal["management", "hub", "service", "second"]
MANAGEMENT: Who = "management"
HUB: Who = "hub"
SERVICE: Who = "service"
SECOND: Who = "second"


@dataclass(frozen=True)
class Network:
    """What the story of a connection is told with."""

    hub_vpc: str
    hub_cidr: str
    hub_tables: list[str]
    hub_subnet: str
    vpn_instance: str
    service_vpc: str
    service_cidr: str
    service_tables: list[str]
    service_ip: str
    outputs: dict[str, str] = field(default_factory=dict)
    """Of the hub stack."""


@dataclass(frozen=True)
class Ran:
    """How a command on a machine ended."""

    exit: int
    words: str


class Target(Protocol):
    run: str
    """`peerway-prove-<name>`: what is made is named, or tagged, with it."""
    region: str
    other_region: str
    unit: str
    """An organisational unit for a StackSet; empty: none is made."""
    patience: Patience
    instances: dict[str, Any]
    """Parameters of RunInstances: image and type of the machines that a check makes."""
    managed: dict[str, Any]
    """Parameters of RunInstances besides, for a machine of the hub account that Run Command is to reach."""

    def client(self, who: Who, service: str, region: str | None = None) -> Any:
        """A boto3 client of that account, in the target's Region unless another is named."""

    def account(self, who: Who) -> str: ...

    def places(self) -> list[tuple[str, Who, str]]:
        """(kind, account, Region) of whatever a run may leave: where the last look at the end goes."""

    def problems(self) -> list[str]:
        """Why it cannot begin, a sentence each. Nothing is made by asking."""

    def plan(self) -> Plan: ...

    def make(self, journal: Journal) -> Network:
        """Network and stacks. Each thing is in the journal before it is made."""

    def unavailable(self, assumption: str) -> str | None:
        """Why this target cannot tell whether that assumption holds."""

    def watch_other_region(self, journal: Journal) -> None:
        """Has the service account's events of `other_region` forwarded as well."""

    def service_stack(self, role: str) -> dict[str, Any]:
        """Parameters of CreateStack or CreateStackSet: stacks/service-account.yaml for the deployed hub,
        its role of this name.
        """

    def change_parameter(self) -> str:
        """Deploys the hub stack with another value of one parameter; says which."""

    def machine_ready(self, instance: str) -> None:
        """Returns when Run Command reaches it."""

    def on_vpn(self, argv: list[str]) -> Ran:
        """As root on the VPN instance."""

    def from_client(self, ip: str) -> Ran:
        """A VPN client opens a connection to port 22 there; exit 0 if an ssh server answers."""

    def close(self) -> None:
        """After everything was removed."""
