"""One connection from end to end: a tagged VPC is connected, broken, repaired, ended; packets say whether it is so."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from prove import screen
from prove.stage import Stage
from prove.target import HUB, SERVICE
from prove.waiting import T, until

_CONNECT = {"Key": "peerway:connect", "Value": "true"}


@dataclass
class Step:
    name: str
    ok: bool
    words: str
    seconds: float


@dataclass
class Life:
    stage: Stage
    steps: list[Step] = field(default_factory=list)
    peering: str = ""

    def live(self) -> bool:
        """Whether every step was as it should be. The first that is not ends the story: the later ones stand on it."""
        return all(
            self._step(name, act)
            for name, act in (
                ("before, a client reaches nothing", self._before),
                ("a tag on the VPC connects it", self._connect),
                ("a client's packets arrive", self._arrive),
                ("a deleted route comes back", self._restored),
                ("reconcile repairs an emptied NAT table", self._repaired),
                ("the tag taken off ends it", self._end),
            )
        )

    def _step(self, name: str, act: Callable[[], str]) -> bool:
        began = time.monotonic()
        try:
            words, ok = act(), True
        except Exception as e:  # told, and what was made is removed all the same
            words, ok = str(e) if isinstance(e, (TimeoutError, AssertionError)) else f"{type(e).__name__}: {e}", False
        step = Step(name, ok, screen.on_one_line(words), round(time.monotonic() - began, 1))
        self.steps.append(step)
        screen.step(f"{name} ({step.seconds:.0f} s)", ok, words)
        return ok

    # The steps. Each says what it saw; what is not as it should be, it raises.

    def _before(self) -> str:
        ran = self.stage.target.from_client(self.stage.network.service_ip)
        assert ran.exit != 0, f"a client reaches {self.stage.network.service_ip} already: {ran.words}"
        return f"{self.stage.network.service_ip} does not answer"

    def _connect(self) -> str:
        self.stage.ec2(SERVICE).create_tags(Resources=[self.stage.network.service_vpc], Tags=[_CONNECT])
        self.peering = self._wait("peering connection that is active", self._active)
        self._wait("execution of connect that succeeded", lambda: self._succeeded("ConnectStateMachineArn"))
        wanted = len(self.stage.network.hub_tables) + len(self.stage.network.service_tables)
        assert self._routes() == wanted, f"{self._routes()} of {wanted} route tables lead through {self.peering}"
        return f"{self.peering} is active, {wanted} route tables lead through it"

    def _arrive(self) -> str:
        return self._reached()

    def _restored(self) -> str:
        network = self.stage.network
        self.stage.ec2(HUB).delete_route(RouteTableId=network.hub_tables[0], DestinationCidrBlock=network.service_cidr)
        wanted = len(network.hub_tables) + len(network.service_tables)
        began = time.monotonic()
        self._wait("route where one was deleted", lambda: self._routes() == wanted)
        return f"{network.hub_tables[0]} has it again after {time.monotonic() - began:.0f} s; {self._reached()}"

    def _repaired(self) -> str:
        flushed = self.stage.target.on_vpn(["nft", "flush", "table", "ip", "peerway"])
        assert flushed.exit == 0, f"nft flush table: {flushed.words}"
        ran = self.stage.target.from_client(self.stage.network.service_ip)
        assert ran.exit != 0, (
            "with an empty NAT table a client still reaches the service: it is not Peerway that translates"
        )
        report = self._reconcile("repair")
        again = self._reconcile("plan")
        assert not again["changes"], f"after the repair reconcile still plans {again['changes']}"
        return f"{report['summary']}; {self._reached()}; a second plan is empty"

    def _end(self) -> str:
        self.stage.ec2(SERVICE).delete_tags(Resources=[self.stage.network.service_vpc], Tags=[{"Key": _CONNECT["Key"]}])
        self._wait("peering connection that is deleted", lambda: self._active() is None)
        self._wait("execution of disconnect that succeeded", lambda: self._succeeded("DisconnectStateMachineArn"))
        assert self._routes() == 0, f"{self._routes()} route tables still lead through {self.peering}"
        groups = self.stage.ec2(SERVICE).describe_security_groups(
            Filters=[
                {"Name": "vpc-id", "Values": [self.stage.network.service_vpc]},
                {"Name": "tag-key", "Values": ["peerway:hub"]},
            ]
        )
        assert not groups["SecurityGroups"], f"{groups['SecurityGroups'][0]['GroupId']} is still there"
        ran = self.stage.target.from_client(self.stage.network.service_ip)
        assert ran.exit != 0, f"a client still reaches {self.stage.network.service_ip}"
        ip = self.stage.network.service_ip
        return f"{self.peering} is deleted, no route and no group of Peerway's is left, {ip} does not answer"

    # What is seen.

    def _reached(self) -> str:
        said = self._wait(f"answer of {self.stage.network.service_ip} to a client", self._answer)
        return f"{self.stage.network.service_ip} answers a client: {said}"

    def _answer(self) -> str | None:
        ran = self.stage.target.from_client(self.stage.network.service_ip)
        return (ran.words or "it is there") if ran.exit == 0 else None

    def _active(self) -> str | None:
        network = self.stage.network
        found = self.stage.ec2(HUB).describe_vpc_peering_connections(
            Filters=[
                {"Name": "requester-vpc-info.vpc-id", "Values": [network.service_vpc]},
                {"Name": "accepter-vpc-info.vpc-id", "Values": [network.hub_vpc]},
                {"Name": "status-code", "Values": ["active"]},
            ]
        )
        return next((str(each["VpcPeeringConnectionId"]) for each in found["VpcPeeringConnections"]), None)

    def _routes(self) -> int:
        """How many route tables of both VPCs lead through the connection."""
        network, count = self.stage.network, 0
        for who, vpc in ((HUB, network.hub_vpc), (SERVICE, network.service_vpc)):
            tables = self.stage.ec2(who).describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [vpc]}])[
                "RouteTables"
            ]
            count += sum(
                any(route.get("VpcPeeringConnectionId") == self.peering for route in table["Routes"])
                for table in tables
            )
        return count

    def _succeeded(self, machine: str) -> bool:
        states = self.stage.target.client(HUB, "stepfunctions")
        found = states.list_executions(stateMachineArn=self.stage.network.outputs[machine])["executions"]
        ours = [each for each in found if each["name"].startswith(self.peering)]
        failed = [each for each in ours if each["status"] in ("FAILED", "TIMED_OUT", "ABORTED")]
        if failed:
            why = states.describe_execution(executionArn=failed[0]["executionArn"])
            raise AssertionError(f"{failed[0]['name']} {failed[0]['status']}: {why.get('error')}: {why.get('cause')}")
        return bool(ours) and all(each["status"] == "SUCCEEDED" for each in ours)

    def _reconcile(self, mode: str) -> dict[str, object]:
        states = self.stage.target.client(HUB, "stepfunctions")
        execution = states.start_execution(
            stateMachineArn=self.stage.network.outputs["ReconcileStateMachineArn"], input=json.dumps({"mode": mode})
        )["executionArn"]

        def ended() -> dict[str, object] | None:
            now = states.describe_execution(executionArn=execution)
            if now["status"] == "RUNNING":
                return None
            assert now["status"] == "SUCCEEDED", f"reconcile {now['status']}: {now.get('error')}: {now.get('cause')}"
            return dict(json.loads(now["output"]))

        return self._wait("end of reconcile", ended)

    def _wait(self, what: str, answer: Callable[[], T | None]) -> T:
        patience = self.stage.target.patience
        return until(what, answer, patience.workflow, patience.poll)
