"""`make local-invoke`: every sample of events/ through `sam local invoke` against a rig, and the answers checked.

The samples of the workflows' steps run in the template's order on one peering request, while the hub's rules are off:
so each step finds what the one before it left, as in an execution. Between connect and disconnect somebody refuses the
connection; before the steps of look-at-account, the service VPC is tagged.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local.aws.accounts import HUB
from local.demo import samples
from local.demo.sam_local import invoke_command, write_template
from local.rig.client import RigClient
from local.rig.held import held_rig


class Failed(Exception):
    pass


class Bench:
    """A rig with one service that asks to be connected, and one whose request is to be rejected."""

    def __init__(self, rig: RigClient, directory: Path) -> None:
        self.rig = rig
        self.directory = directory
        self.template = directory / "template.json"
        self.functions = write_template(rig, os.environ["PEERWAY_DOCKER_GATEWAY"], self.template)
        switch_rules_off(rig)
        service, other = (
            rig.ask("/services/add", name=name, cidr=cidr, instance=False)
            for name, cidr in (("service1", "10.110.0.0/16"), ("service2", "10.120.0.0/16"))
        )
        self.ids = {
            samples.PEERING: self._request(service),
            samples.HUB_VPC: rig.rig["hub"]["id"],
            samples.SERVICE_VPC: service["id"],
            samples.SERVICE_ACCOUNT: service["account"],
            samples.VPN_INSTANCE: rig.rig["hub"]["instance"]["id"],
        }
        self.rejected = {
            **self.ids,
            samples.PEERING: self._request(other),
            samples.SERVICE_VPC: other["id"],
            samples.SERVICE_ACCOUNT: other["account"],
        }
        self.found: dict[str, str] | None = None
        self.asked: dict[str, str] | None = None
        self.service, self.other = service, other
        self.answers: dict[str, Any] = {}

    def _request(self, service: dict[str, Any]) -> str:
        ec2 = self.rig.boto("ec2", service["account"])
        request = ec2.create_vpc_peering_connection(
            VpcId=service["id"], PeerVpcId=self.rig.rig["hub"]["id"], PeerOwnerId=HUB
        )
        return str(request["VpcPeeringConnection"]["VpcPeeringConnectionId"])

    def prepare(self, sample: str) -> None:
        """What people did before the moment of this sample."""
        if samples.function_of(sample) == "WithdrawFunction":
            self.rig.boto("ec2", HUB).create_tags(
                Resources=[self.ids[samples.PEERING]], Tags=[{"Key": "peerway:decision", "Value": "refuse"}]
            )
        if samples.function_of(sample) == "SurveyAccountFunction":  # and lifts the refusal
            self.rig.boto("ec2", HUB).delete_tags(
                Resources=[self.ids[samples.HUB_VPC]], Tags=[{"Key": f"peerway:refused:{self.service['id']}"}]
            )
            self._service_ec2().create_tags(
                Resources=[self.service["id"]], Tags=[{"Key": "peerway:connect", "Value": "true"}]
            )

    def tidy(self, sample: str, answer: Any) -> None:
        """The scan for pending requests, which comes last, shall not find the one that this sample has made."""
        if samples.function_of(sample) == "RequestPeeringFunction":
            self._service_ec2().delete_tags(Resources=[self.service["id"]], Tags=[{"Key": "peerway:connect"}])
            self._service_ec2().delete_vpc_peering_connection(VpcPeeringConnectionId=answer["peeringId"])

    def _service_ec2(self) -> Any:
        return self.rig.boto("ec2", self.service["account"])

    def event(self, sample: str) -> Any:
        event = samples.read(samples.event_of(sample), self._ids(sample))
        if samples.function_of(sample) == "CheckNatFunction":  # asks for the command that ApplyNat has sent
            event["nat"] |= self.answers["ApplyNatFunction/input"]
        if samples.function_of(sample) == "CheckVpnFunction":  # asks for what ReadHub has asked the VPN instances
            event["nat"] = self.answers["ReadHubFunction/input"]["nat"]
        return samples.as_given(sample, event)

    def expected(self, sample: str) -> Any:
        return samples.read(samples.expected_of(sample), self._ids(sample))

    def _ids(self, sample: str) -> dict[str, str]:
        if (
            samples.function_of(sample) == "PendingScanFunction"
        ):  # a request that came late, of which there was no event
            self.found = self.found or {**self.ids, samples.PEERING: self._request(self.other)}
            return self.found
        if (
            samples.function_of(sample) == "VpcEventFunction"
        ):  # of the others there is nothing left that an event could be about
            self.asked = self.asked or {
                **self.ids,
                samples.PEERING: self._request(
                    self.rig.ask("/services/add", name="service3", cidr="10.130.0.0/16", instance=False)
                ),
            }
            return self.asked
        return self.rejected if samples.function_of(sample) == "RejectFunction" else self.ids

    def answer(self, sample: str) -> Any:
        """With the executions that the sample has started,
        where the function answers a queue and does not say so itself.
        """
        if samples.function_of(sample) not in samples.QUEUED:
            return self.invoke(sample)
        before = self._executions()
        return self.invoke(sample) | {"started": sorted(self._executions() - before)}

    def _executions(self) -> set[str]:
        """As `connect pcx-…`; those that events have started, named by window and turn, and not what runs besides."""
        states, machines = self.rig.boto("stepfunctions", HUB), ("Connect", "Disconnect", "LookAtAccount", "Reconcile")
        return {
            f"{execution['stateMachineArn'].rsplit(':', 1)[1].removeprefix('peerway-')} {execution['name']}"
            for machine in machines
            for execution in states.list_executions(
                stateMachineArn=self.rig.rig["outputs"][f"{machine}StateMachineArn"]
            )["executions"]
            if re.search(r"-[0-9]+-[0-9]+$", execution["name"])
        }

    def invoke(self, sample: str) -> Any:
        path = self.directory / f"{sample.replace('/', '-')}.json"
        path.write_text(json.dumps(self.event(sample)))
        done = subprocess.run(
            invoke_command(samples.function_of(sample), self.template, path),
            capture_output=True,
            text=True,
            timeout=180,
            # Without credentials: with any, sam would first ask AWS whose they are. It gives the container made-up
            # ones, the hub's here.
            env=os.environ | {"AWS_DEFAULT_REGION": self.rig.rig["region"]},
            check=False,
        )
        answer = done.stdout.strip().splitlines()
        if done.returncode != 0 or not answer:
            raise Failed(done.stderr[-2000:] or f"exit code {done.returncode}")
        return json.loads(answer[-1])


def switch_rules_off(rig: RigClient) -> None:
    """Nothing but the samples starts the functions."""
    events = rig.boto("events", HUB)
    for bus in (rig.rig["outputs"]["HubBusName"], "default"):
        for rule in events.list_rules(EventBusName=bus)["Rules"]:
            events.disable_rule(Name=rule["Name"], EventBusName=bus)


def in_order(functions: list[str]) -> list[str]:
    """The steps as the template has them, then the samples of triggers, which start workflows."""
    steps = [name for name in samples.names() if not samples.is_trigger(name)]
    triggers = [name for name in samples.names() if samples.is_trigger(name)]
    return sorted(steps, key=lambda name: functions.index(samples.function_of(name))) + sorted(triggers)


@dataclass
class Tally:
    passed: int = 0
    failed: int = 0

    def add(self, name: str, problems: list[str], seconds: float | None = None) -> None:
        print(
            f"  {'✗' if problems else '✓'} {name:<42}" + (f" {seconds:5.1f} s" if seconds is not None else ""),
            flush=True,
        )
        for problem in problems:
            print(f"      {problem}")
        self.passed, self.failed = self.passed + (not problems), self.failed + bool(problems)


def check_functions(bench: Bench, tally: Tally) -> None:
    for function in sorted(set(bench.functions) - {samples.function_of(name) for name in samples.names()}):
        tally.add(function, ["events/ has no sample for it"])
    for sample in in_order(bench.functions):
        began = time.monotonic()
        try:
            bench.prepare(sample)
            answer = bench.answers[sample] = bench.answer(sample)
            bench.tidy(sample, answer)
            problems = samples.differences(bench.expected(sample), answer)
        except (Failed, subprocess.TimeoutExpired) as e:
            problems = [str(e)]
        tally.add(sample, problems, time.monotonic() - began)


def check_rules(bench: Bench, tally: Tally) -> None:
    """Each rule of the deployed stack matches one of the samples."""
    events = bench.rig.boto("events", HUB)
    occasions = [
        samples.read(samples.event_of(name), bench.ids) for name in samples.names() if samples.is_trigger(name)
    ]
    occasions += [samples.read(path, bench.ids) for path in sorted(samples.EVENTS.glob("rules/*.json"))]
    for bus in (bench.rig.rig["outputs"]["HubBusName"], "default"):
        for rule in events.list_rules(EventBusName=bus)["Rules"]:
            matches = any(_matches(events, rule, event) for event in occasions)
            tally.add(
                f"rule {rule['Name'].removeprefix('peerway-')}",
                [] if matches else ["events/ has no sample that it matches"],
            )


def _matches(events: Any, rule: dict[str, Any], event: Any) -> bool:
    if "EventPattern" not in rule:
        return bool(event["detail-type"] == "Scheduled Event")
    return bool(events.test_event_pattern(EventPattern=rule["EventPattern"], Event=json.dumps(event))["Result"])


def run(rig: RigClient, directory: Path) -> int:
    bench, tally = Bench(rig, directory), Tally()
    check_rules(bench, tally)
    check_functions(bench, tally)
    print(f"\n{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed else 0


def main() -> int:
    if "PEERWAY_DOCKER_GATEWAY" not in os.environ:
        print("Run it with `make local-invoke`, which sees to a Docker daemon.", file=sys.stderr)
        return 1
    directory = Path(tempfile.mkdtemp(prefix="peerway-invoke-"))
    try:
        with held_rig(directory / "rig", "--bind", os.environ["PEERWAY_DOCKER_GATEWAY"]) as rig:
            return run(rig, directory)
    except KeyboardInterrupt:
        return 130
    finally:
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
