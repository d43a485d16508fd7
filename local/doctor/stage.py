"""One rig with a service that is connected: the path is broken, the doctor is asked, and all is put back.

No event reaches the hub meanwhile: Peerway would mend what the doctor is to find.
"""

import json
import time
from pathlib import Path
from typing import Any

from local.aws.accounts import HUB
from local.aws.calls.log import Call
from local.faults import machine
from local.rig.rig import Rig

_PATIENCE = 120
_KEPT = "doctor"


class Stage:
    def __init__(self, directory: Path) -> None:
        self._rig = Rig(directory)
        self.hub_account = HUB
        self._unequipped = False

    def __enter__(self) -> "Stage":
        try:
            self._start()
        except BaseException:
            self._rig.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._rig.stop()

    def _start(self) -> None:
        self._rig.start()
        self._aws = self._rig.aws
        self._aws.loses_events = True
        self.service = self._rig.add_service("service1", "10.110.0.0/16")
        self.account: str = self.service["account"]
        self.address: str = self.service["instance"]["ip"]
        self.hub = self._aws.client("ec2", HUB, as_user=True)
        self.team = self._aws.client("ec2", self.account, as_user=True)
        self._states = self._aws.client("stepfunctions")
        self.peering = self.team.create_vpc_peering_connection(
            VpcId=self.service["id"], PeerVpcId=self.hub_vpc, PeerOwnerId=HUB
        )["VpcPeeringConnection"]["VpcPeeringConnectionId"]
        self._connect()
        self._memory = self._aws.remember()
        machine.keep(self.on_vpn, _KEPT)

    def _connect(self) -> None:
        arn = self._states.start_execution(
            stateMachineArn=self._rig.outputs["ConnectStateMachineArn"], input=json.dumps({"peeringId": self.peering})
        )["executionArn"]
        until = time.monotonic() + _PATIENCE
        while (status := self._states.describe_execution(executionArn=arn)["status"]) == "RUNNING":
            if time.monotonic() > until:
                raise TimeoutError(f"{arn} still runs")
            time.sleep(0.2)
        if status != "SUCCEEDED":
            raise RuntimeError(f"{arn} is {status}")

    # What there is

    @property
    def hub_vpc(self) -> str:
        return self._rig.hub.id

    @property
    def hub_table(self) -> str:
        """That of the VPN instance's subnet."""
        return self._rig.hub.route_tables[0]

    @property
    def hub_cidr(self) -> str:
        return self._rig.hub.cidr

    @property
    def vpn(self) -> str:
        assert self._rig.hub.instance is not None
        return self._rig.hub.instance.id

    @property
    def vpn_group(self) -> str:
        """The VPN instance's security group."""
        assert self._rig.hub.instance is not None
        return str(self._rig.hub.instance.security_group)

    @property
    def team_table(self) -> str:
        return str(self.service["route_tables"][0])

    @property
    def machine(self) -> str:
        """The service's instance."""
        return str(self.service["instance"]["id"])

    @property
    def group(self) -> str:
        return str(self.service["instance"]["security_group"])

    def acl(self, side: str) -> str:
        ec2, vpc = (self.hub, self.hub_vpc) if side == "hub" else (self.team, self.service["id"])
        (acl,) = ec2.describe_network_acls(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["NetworkAcls"]
        return str(acl["NetworkAclId"])

    @property
    def last_call(self) -> int:
        return self._aws.calls.last

    def calls_of_the_doctor(self, after: int) -> list[Call]:
        """What the functions of `diagnose` have called since then."""
        return [call for call in self._aws.calls.since(after) if (call.function or "").endswith("DiagnosisFunction")]

    # What is done

    def on_vpn(self, script: str) -> str:
        return self._on(self.vpn, script)

    def on_machine(self, script: str) -> str:
        return self._on(self.machine, script)

    def _on(self, instance: str, script: str) -> str:
        self._settle()
        return self._rig.lab.exec(instance, ["sh", "-c", script]).stdout

    def silence(self) -> None:
        """Systems Manager does not hear of any command."""
        self._aws.world.invocation_delay = 3600

    def unequip(self) -> None:
        """Somebody deletes the role that the hub assumes in the service account."""
        self._rig.unequip(self.account)
        self._unequipped = True

    def ask(self, **question: Any) -> dict[str, Any]:
        """What the doctor answers, as whoever waits for it gets it."""
        self._settle()
        done = self._states.start_sync_execution(
            stateMachineArn=self._rig.outputs["DiagnoseStateMachineArn"], input=json.dumps(question)
        )
        if done["status"] != "SUCCEEDED":
            raise RuntimeError(f"{done['status']}: {done.get('error')}: {done.get('cause')}")
        answer: dict[str, Any] = json.loads(done["output"])
        return answer

    def ask_the_path(self, **more: Any) -> dict[str, Any]:
        return self.ask(**{"to": self.address, "port": 22} | more)

    def put_back(self) -> None:
        """The network and the VPN instance as they were when the path worked."""
        self._aws.world.invocation_delay = 0.1
        if self._unequipped:
            self._rig.equip(self.account)
            self._unequipped = False
        self._aws.recall(self._memory)
        self._aws.world.network_changed()
        self._settle()
        if self._rig.lab.has_tunnel:
            self._rig.lab.wait_tunnel()
        machine.put_back(self.on_vpn, _KEPT)
        self.on_vpn("[ ! -e /run/other.pid ] || { kill $(cat /run/other.pid); rm /run/other.pid; }; true")
        self.on_machine("nft flush ruleset")

    def mend(self, command: str) -> None:
        """Does what the answer says, where it is Peerway's own workflow that mends."""
        if "start-execution" not in command or self.peering not in command:
            raise ValueError(command)
        self._connect()

    def _settle(self) -> None:
        if not self._aws.settle():
            raise TimeoutError("the packet lab does not follow")
