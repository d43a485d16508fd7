"""What the corrections of moto need to know beyond moto's own state.

moto keeps its state in process-wide singletons, so there is one world in a process, as there is one moto.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Completed(NamedTuple):
    exit: int
    stdout: str
    stderr: str


RunOnInstance = Callable[[str, list[str], dict[str, str], bytes, float], Completed]
"""Runs argv with environment and stdin on an instance; raises TimeoutError past the given seconds."""


def no_instance_answers(instance: str, argv: list[str], env: dict[str, str], stdin: bytes, timeout: float) -> Completed:
    return Completed(255, "", f"{instance} runs nothing: this local AWS was started without a packet lab")


@dataclass
class World:
    routes_per_table: int = 500
    """AWS behaviour ("Amazon VPC quotas", 2025): 500 non-propagated routes a table. Lower it to fill a table."""

    peerings_per_vpc: int = 50
    """AWS behaviour ("Amazon VPC quotas"): 50 active VPC peering connections a VPC, up to 125 on request."""

    page_size: int | None = None
    """Page size of Describe answers for callers that ask for none; see corrections/pagination.py."""

    describes_until_active: int = 0
    """How many DescribeVpcPeeringConnections after an Accept still answer `provisioning`."""

    regions_not_enabled: set[tuple[str, str]] = field(default_factory=set)
    """Account and Region; see corrections/regions.py."""

    shared_subnets: set[tuple[str, str]] = field(default_factory=set)
    """Subnet and the account that may use it; see corrections/shared_subnets.py."""

    learned_routes: dict[str, list[str]] = field(default_factory=dict)
    """Virtual private gateway -> CIDRs it has learned of; see corrections/propagated_routes.py."""

    invocation_delay: float = 0.2
    """Seconds after SendCommand during which its invocations are not known yet; see corrections/run_command.py."""

    delivery_timeout: float | None = None
    """Seconds after which a command for a stopped instance is given up, instead of the command's own;
    see corrections/run_command.py.
    """

    boots: dict[str, int] = field(default_factory=dict)
    """How often an instance was started again; corrections/instance_boots.py counts."""

    run_on_instance: RunOnInstance = no_instance_answers
    session_functions: dict[str, str] = field(default_factory=dict)
    """Access key of an assumed role's session -> the function that assumed it; corrections/trust_policy.py fills it."""

    invocations: list[Any] = field(default_factory=list)
    """Every Run Command invocation so far; corrections/run_command.py owns them."""

    history: list[dict[str, Any]] = field(default_factory=list)
    """CloudTrail's records of every account, the oldest first; see corrections/event_history.py."""

    network_changed: Callable[[], None] = lambda: None
    """A correction calls this when the network changes without a mutating call (provisioning becomes active)."""


current = World()


def reset(**settings: object) -> World:
    global current
    current = World(**settings)  # type: ignore[arg-type]
    return current
