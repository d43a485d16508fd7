"""The local AWS: moto for EC2, STS, SSM and Organizations, ministack for the rest, corrected and watched."""

import contextlib
import json
import random
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from local.aws.accounts import HUB, REGION
from local.aws.calls import state_changes, trail
from local.aws.calls.background import InBatches, Latest
from local.aws.calls.faults import Faults
from local.aws.calls.interception import Effect, Interception, Request
from local.aws.calls.log import CallLog, is_mutating
from local.aws.calls.meter import Meter
from local.aws.calls.routing import Routing
from local.aws.clients import Clients, endpoints
from local.aws.ministack_child.process import Ministack
from local.aws.moto import organization, snapshot, world
from local.aws.moto.memory import Memory
from local.aws.moto.server import MotoServer, forget_everything
from local.aws.moto.snapshot import Snapshot
from local.aws.moto.world import Completed, RunOnInstance, World
from local.aws.permissions.verdicts import Permissions, policies_of_role
from local.aws.runtime import java_runtime
from local.aws.stacks import forwarding_stack, hub_stack

_SETTLE_SECONDS = 60


class LocalAws:
    """One local AWS. moto's state is the process's, so there can be only one in a process; any number on a machine."""

    def __init__(
        self,
        workdir: Path,
        on_network_change: Callable[[Snapshot], None],
        run_on_instance: RunOnInstance,
        bind_extra: str | None = None,
    ) -> None:
        """`on_network_change` is called on a thread of its own, never twice at once, always with the latest snapshot.

        `bind_extra` is a further address to listen on, such as that of the docker bridge.
        """
        self._workdir = workdir / "aws"
        self._on_network_change, self._run_on_instance = on_network_change, run_on_instance
        self.closure_seconds = 0.0
        """How long a closed account stays PENDING_CLOSURE; on AWS it is minutes."""
        self.calls, self.faults, self.meter = CallLog(), Faults(), Meter()
        self.world = World()
        self.outputs: dict[str, str] = {}
        self.loses_events = False
        """Calls are made all the same, but no event tells of them: EventBridge out of order,
        or a rule that somebody switched off.
        """
        self.interception = Interception(self.calls, self.faults, self.meter)
        self.permissions = Permissions(self._policies_of_execution_role)
        self.interception.verdict = self.permissions.verdict
        self.interception.stop_execution = lambda request: self.ask_ministack(
            "stop", {"function": request.caller.function or ""}
        )
        # To connect one service takes thirty calls that change the network; nobody looks at it between them.
        self._network = Latest("network-change", lambda: self._on_network_change(self.snapshot()), gather=0.2)
        self._events: InBatches[trail.Event] = InBatches("events", lambda events: self.routing.emit(events))
        self._held: tuple[str, list[trail.Event]] = ("", [])
        addresses = ["127.0.0.1", *([bind_extra] if bind_extra else [])]
        self._moto = MotoServer(addresses)
        self._ministack = Ministack(self._workdir, addresses)

    # Life

    def start(self) -> None:
        try:
            self._start()
        except BaseException:
            self.stop()
            raise

    def _start(self) -> None:
        java = java_runtime.environment()
        forget_everything()
        self.world = world.reset(
            run_on_instance=self._run_when_the_network_is_up, network_changed=self._network.request
        )
        self.interception.listen(self._follow_up)
        self.interception.install()
        self._moto.start()
        moto = f"http://127.0.0.1:{self._moto.port}"
        self.endpoints = {"moto": moto, "ministack": self._ministack.endpoint}
        self.clients = Clients(**self.endpoints)
        self.routing = Routing(self._ministack, self._policy_of_bus, organization.organization_of)
        self._ministack.start(endpoints(**self.endpoints) | java)
        made = self.client("organizations").create_organization(FeatureSet="ALL")["Organization"]
        self.organization_id: str = made["Id"]

    def stop(self) -> None:
        """Ends every process and thread, closes the ports, removes the files."""
        self.interception.uninstall()
        self._events.stop()
        self._ministack.stop()
        self._moto.stop()
        self._network.stop()
        shutil.rmtree(self._workdir, ignore_errors=True)

    def __enter__(self) -> "LocalAws":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    # Access

    def client(self, service: str, account: str = HUB, region: str = REGION, as_user: bool = False) -> Any:
        """A boto3 client of the account's root user. Its calls are the rig's own, outside log, faults and meter,
        unless `as_user`.
        """
        return self.clients.of(service, account, region, as_user)

    def environment(self, account: str = HUB, region: str = REGION) -> dict[str, str]:
        """Environment variables for `aws`, `sam` or any SDK: endpoints, credentials and region."""
        return self.clients.environment(account, region)

    def snapshot(self) -> Snapshot:
        """The network as it stands."""
        with self.interception.lock:
            return snapshot.take()

    def settle(self, timeout: float = _SETTLE_SECONDS) -> bool:
        """Wait until the network and the event buses have been told of every call so far."""
        return self._events.settle(timeout) and self._network.settle(timeout)

    def hold_events(self, source: str) -> None:
        """Keep the events of this source (`aws.organizations`) back until they are released."""
        with self.interception.lock:
            self._held = (source, [])

    def release_events(self, seed: int | None = None) -> list[trail.Event]:
        """All at once, in their order; which. With a seed each comes once or twice, and in any order.

        AWS behaviour ("Delivery level for AWS service events", Amazon EventBridge Events Reference; "My rule ran more
        than once in response to one event", Troubleshooting): at least once, and no order is promised.
        """
        with self.interception.lock:
            _, events = self._held
            self._held = ("", [])
        if seed is not None:
            draw = random.Random(seed)
            events = [event for event in events for _ in range(draw.randint(1, 2))]
            draw.shuffle(events)
        self._events.add(*events)
        return events

    @contextlib.contextmanager
    def unheard(self) -> Iterator[None]:
        """What is done here was done before anybody listened."""
        self.settle()
        before, self.loses_events = self.loses_events, True
        try:
            yield
            self.settle()
        finally:
            self.loses_events = before

    def waiting_events(self) -> int:
        """Messages in the queues of the hub stack's functions: to be read, being read, or put back for later."""
        sqs = self.client("sqs")
        counts = [
            sqs.get_queue_attributes(
                QueueUrl=self.outputs[queue],
                AttributeNames=[
                    "ApproximateNumberOfMessages",
                    "ApproximateNumberOfMessagesNotVisible",
                    "ApproximateNumberOfMessagesDelayed",
                ],
            )["Attributes"]
            for queue in ("VpcEventsUrl", "HubEventsUrl")
        ]
        return sum(int(number) for count in counts for number in count.values())

    def put_event(self, bus: str, event: dict[str, Any]) -> None:
        """Put an event as AWS services send them on a bus of the hub account, as if every rule and policy before it had
        let it through.

        What the envelope lacks is filled in; `detail` may be anything.
        """
        whole = (
            trail.envelope(event.get("detail-type", ""), event.get("source", ""), HUB, REGION, trail.now(), {}) | event
        )
        self.routing.put(bus, HUB, REGION, whole)

    # The project's stacks

    def deploy_hub(self, parameters: dict[str, str], build_dir: Path) -> dict[str, str]:
        """`sam deploy` of what `sam build` left in `build_dir`; returns the stack's outputs."""
        self.outputs = hub_stack.deploy(self.clients, build_dir, self._workdir / "deploy", parameters)
        self.permissions.forget()
        self.hub_parameters = parameters
        return self.outputs

    def deploy_service_stack(self, account: str, template: Path = forwarding_stack.SERVICE_ACCOUNT) -> None:
        """stacks/service-account.yaml in this account, with the parameters of the deployed hub, as its StackSet would:
        in every configured Region that is enabled in the account, the home Region first.
        """
        hub = self.hub_parameters
        for region in [REGION, *(other for other in self.service_regions if other != REGION)]:
            if (account, region) in self.world.regions_not_enabled:
                continue
            rules = forwarding_stack.deploy(
                self.endpoints["moto"],
                account,
                region,
                template,
                {
                    "HubAccountId": HUB,
                    "HubBusArn": self.outputs["HubBusArn"],
                    "OrganizationId": self.organization_id,
                    "HubStackName": hub_stack.STACK,
                    "HubVpcId": hub.get("HubVpcId", ""),
                    "HomeRegion": REGION,
                    "ExternalId": hub.get("ExternalId", ""),
                    "ServiceRoleName": hub.get("ServiceRoleName", "peerway-service"),
                },
            )
            self.routing.forward_from(account, region, rules)

    def delete_service_stack(self, account: str) -> None:
        """In every configured Region, as the account's people would."""
        for region in self.service_regions:
            forwarding_stack.delete(self.endpoints["moto"], account, region, forwarding_stack.SERVICE_ACCOUNT)

    @property
    def service_regions(self) -> list[str]:
        """Those of the deployed hub's parameter ServiceRegions."""
        return [region for region in self.hub_parameters.get("ServiceRegions", "").split(",") if region] or [REGION]

    def deploy_management_stack(self) -> None:
        """stacks/management-account.yaml in the management account, which here is the hub account."""
        rules = forwarding_stack.deploy(
            self.endpoints["moto"],
            HUB,
            trail.ORGANIZATIONS_REGION,
            forwarding_stack.MANAGEMENT_ACCOUNT,
            {"HubBusArn": self.outputs["HubBusArn"]},
        )
        self.routing.forward_from(HUB, trail.ORGANIZATIONS_REGION, rules)

    def create_account(self, name: str, ou: str | None = None) -> str:
        """A new account of the organisation, moved from the root into the organizational unit `ou` (an id),
        if one is named.
        """
        organizations = self.client("organizations")
        status = organizations.create_account(AccountName=name, Email=f"{name}@example.com")["CreateAccountStatus"]
        account = status["AccountId"]
        if ou is not None:
            root = organizations.list_roots()["Roots"][0]["Id"]
            organizations.move_account(AccountId=account, SourceParentId=root, DestinationParentId=ou)
        return str(account)

    # Executions

    def executions(self, state_machine_arn: str) -> list[dict[str, Any]]:
        """Newest first, as DescribeExecution has them."""
        states = self.client("stepfunctions")
        pages = states.get_paginator("list_executions").paginate(stateMachineArn=state_machine_arn)
        return [
            states.describe_execution(executionArn=execution["executionArn"])
            for page in pages
            for execution in page["executions"]
        ]

    def history(self, execution_arn: str) -> list[dict[str, Any]]:
        paginator = self.client("stepfunctions").get_paginator("get_execution_history")
        return [event for page in paginator.paginate(executionArn=execution_arn) for event in page["events"]]

    def ask_ministack(self, path: str, request: dict[str, Any]) -> Any:
        """What is added to ministack and no API of AWS: `executions`, `integrations`, `faults`
        (ministack_child/launcher.py).
        """
        return self._ministack.ask(path, request)

    def remember(self) -> Memory:
        """The network as it stands, to be put back by `recall`."""
        with self.interception.lock:
            return Memory()

    def recall(self, memory: Memory) -> None:
        with self.interception.lock:
            memory.recall()

    def redrive(self, execution_arn: str) -> str:
        """As the console's Redrive: the same execution goes on from the state that failed. Returns its ARN,
        which stays.
        """
        self.client("stepfunctions").redrive_execution(executionArn=execution_arn)
        return execution_arn

    # What follows from a call

    def _follow_up(self, request: Request, effect: Effect) -> None:
        events = list(trail.events_of(request, effect))
        self.world.history += [event["detail"] for event in events[:1]]
        if request.action == "organizations:CloseAccount" and effect.error is None and self.closure_seconds:
            self._close_later(request.parameters["AccountId"], events.pop())
        source, held = self._held
        for event in [] if self.loses_events else (*events, *state_changes.events_of(request, effect)):
            if event["source"] == source:
                held.append(event)
            else:
                self._events.add(event)
        if effect.error is None and _may_change_the_network(request):
            self._network.request()

    def _close_later(self, account: str, result: trail.Event) -> None:
        organization.set_state(account, "PENDING_CLOSURE")

        def closed() -> None:
            organization.set_state(account, "SUSPENDED")
            self._events.add(result)

        timer = threading.Timer(self.closure_seconds, closed)
        timer.daemon = True
        timer.start()

    def _run_when_the_network_is_up(
        self, instance: str, argv: list[str], env: dict[str, str], stdin: bytes, timeout: float
    ) -> Completed:
        self._network.settle(_SETTLE_SECONDS)
        return Completed(*self._run_on_instance(instance, argv, env, stdin, timeout))

    def _policies_of_execution_role(self, role: str) -> list[str]:
        return policies_of_role(self.clients.of_ministack("iam", HUB), role)

    def _policy_of_bus(self, bus: str) -> dict[str, Any]:
        policy = self.client("events").describe_event_bus(Name=bus).get("Policy")
        return json.loads(policy) if policy else {}


def _may_change_the_network(request: Request) -> bool:
    """Every change of EC2; of tags, those of instances, which are the only ones in a snapshot."""
    if request.operation in ("CreateTags", "DeleteTags"):
        return any(resource.startswith("i-") for resource in request.named)
    return request.service == "ec2" and is_mutating(request.operation)
