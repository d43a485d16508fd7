"""The hub stack on a rig, with as many services as a test wants to see."""

import json
import time
from datetime import UTC, datetime
from typing import Any

from local.aws.accounts import HUB
from local.demo.watch import ENDED, Execution
from local.rig.client import RigClient

Json = dict[str, Any]

PATIENCE_SECONDS = 300
"""On a machine that has much else to do."""

NAMES = [
    "<script>window.ran = 1</script>",
    '"><img src=x onerror="window.ran = 1">',
    "</text></svg><b id=out>out</b>",
    "&lt;i&gt; &amp;amp; {{7*7}} ${7*7}",
    "payments \u202egnp.exe\u202c and \u200bmore",
    "數據平台 مرحبا Ünïcödé 🎉",
    "x" * 256,
    "javascript:window.ran=1",
]
"""What somebody may call an account."""


class Stage:
    def __init__(self, rig: RigClient) -> None:
        self.rig = rig
        self.url = str(rig.rig["console"])
        self.services: list[Json] = []
        self._ec2, self._lambda = rig.boto("ec2", HUB), rig.boto("lambda", HUB)
        self._states = rig.boto("stepfunctions", HUB)
        self._machine = rig.rig["outputs"]["ReconcileStateMachineArn"]
        rig.ask("/limits", peerings_per_vpc=200)

    # What is there.

    def connect(self, name: str, cidr: str) -> Json:
        """A service that asks, and is connected by the workflow, as in the demo."""
        service: Json = self.rig.ask("/services/add", name=name, cidr=cidr)
        peering = self._asked(service["account"], service["id"])
        machine = self.rig.rig["outputs"]["ConnectStateMachineArn"]
        execution = Execution.of_peering(self._states, machine, peering, timeout=PATIENCE_SECONDS)
        for _ in execution.follow(PATIENCE_SECONDS):
            pass
        assert execution.status() == "SUCCEEDED", execution.arn
        self.services.append(service | {"peering": peering})
        return self.services[-1]

    def crowd(self, number: int) -> None:
        """As many services as are missing to that number, in whatever state, as EC2 would show them: nobody is told of
        them, and no workflow runs.
        """
        self.rig.ask("/settle")
        self.rig.ask("/events/lose", lost=True)
        try:
            for n in range(len(self.services), number):
                self.services.append(self._added(n))
            self.rig.ask("/settle")
        finally:
            self.rig.ask("/events/lose", lost=False)

    def _added(self, n: int) -> Json:
        account, cidr = f"2{n:011d}", f"10.{130 + n // 16}.{n % 16 * 16}.0/20"
        vpc = self.rig.boto("ec2", account).create_vpc(CidrBlock=cidr)["Vpc"]["VpcId"]
        peering = self._asked(account, vpc)
        state = ("connected", "connected", "connected", "drifted", "connected", "unknown", "waiting", "refused")[n % 8]
        if state == "refused":
            self._ec2.reject_vpc_peering_connection(VpcPeeringConnectionId=peering)
        elif state != "waiting":
            self._ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=peering)
            tags = {
                "peerway:cidrs": cidr,
                "peerway:by": "request",
                "peerway:account": NAMES[n // 4 % len(NAMES)] if n % 8 in (2, 4) else f"service-{n}",
                "peerway:let-in": f"2026-11-29T10:00:00Z {peering}-1",
            }
            self._ec2.create_tags(
                Resources=[peering], Tags=[{"Key": key, "Value": value} for key, value in tags.items()]
            )
        return {"account": account, "id": vpc, "cidr": cidr, "peering": peering, "state": state}

    def _asked(self, account: str, vpc: str) -> str:
        ec2 = self.rig.boto("ec2", account)
        made = ec2.create_vpc_peering_connection(VpcId=vpc, PeerVpcId=self.rig.rig["hub"]["id"], PeerOwnerId=HUB)
        return str(made["VpcPeeringConnection"]["VpcPeeringConnectionId"])

    # What reconcile has said of it.

    def runs(self) -> list[Json]:
        """The executions of reconcile, with their input."""
        listed = self._states.list_executions(stateMachineArn=self._machine)["executions"]
        described = [self._states.describe_execution(executionArn=each["executionArn"]) for each in listed]
        return [{**each, "input": json.loads(each["input"])} for each in described]

    def reconciled(self, mode: str = "plan") -> Json:
        """What a run says."""
        return self._ran({"mode": mode})

    def said_by_reconcile(self, report: Json) -> None:
        """A run that has said this. To have it said by the workflow itself of 125 services takes minutes."""
        whole = self._states.describe_state_machine(stateMachineArn=self._machine)["definition"]
        said = {"StartAt": "Said", "States": {"Said": {"Type": "Pass", "Result": report, "End": True}}}
        self._states.update_state_machine(stateMachineArn=self._machine, definition=json.dumps(said))
        try:
            self._ran({})
        finally:
            self._states.update_state_machine(stateMachineArn=self._machine, definition=whole)
        self.forget()

    def report(self, one: Json) -> Json:
        """What a run would say of all services, made of what it has said of one."""
        of = {
            state: [s["peering"] for s in self.services if s.get("state") == state] for state in ("drifted", "unknown")
        }
        hostile = "by arn:aws:sts::1:assumed-role/<script>window.ran = 1</script>"
        return {
            **one,
            "summary": f"{len(self.services)} connections, {len(of['drifted'])} changes",
            "changes": [
                f"{id_}: add route 10.0.0.0/16 -> {id_} to rtb-1, since before 2026-11-29T11:00:00Z, {hostile}"
                for id_ in of["drifted"]
            ],
            "unknown": [f"{id_}: the account <b>cannot</b> be entered: AccessDenied" for id_ in of["unknown"]],
            "seen": {**one["seen"], "at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")},
        }

    def has_doctor(self) -> bool:
        machines = self._states.list_state_machines()["stateMachines"]
        return any(machine["name"] == "peerway-diagnose" for machine in machines)

    def forget(self) -> None:
        """The function that shows keeps what it has read for a minute, in its environment: here is a new one."""
        name = self.rig.rig["outputs"]["ShowFunctionArn"].rsplit(":", 1)[-1]
        there = self._lambda.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
        anew = {"Variables": there | {"ANEW": str(time.time())}}
        self._lambda.update_function_configuration(FunctionName=name, Environment=anew)

    def _ran(self, order: Json) -> Json:
        started = self._states.start_execution(stateMachineArn=self._machine, input=json.dumps(order))
        ended = self.ended(started["executionArn"])
        return dict(json.loads(ended["output"]))

    def ended(self, execution: str) -> Json:
        until = time.monotonic() + PATIENCE_SECONDS
        while (found := self._states.describe_execution(executionArn=execution))["status"] not in ENDED:
            assert time.monotonic() < until, f"{execution} does not end"
            time.sleep(0.2)
        assert found["status"] == "SUCCEEDED", found
        return dict(found)

    def all_quiet(self) -> None:
        """No run is under way any more."""
        until = time.monotonic() + PATIENCE_SECONDS
        while self._states.list_executions(stateMachineArn=self._machine, statusFilter="RUNNING")["executions"]:
            assert time.monotonic() < until
            time.sleep(0.3)
