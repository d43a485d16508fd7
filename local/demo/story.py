"""What the demo does and claims, in order."""

import json
import os
import shlex
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from local.aws.accounts import HUB
from local.demo.evidence import nat_sets, openings_to, routes_to
from local.demo.screen import Screen
from local.demo.watch import Execution
from local.rig.client import RigClient
from local.rig.world import CLIENT_POOL, HUB_CIDR

Service = dict[str, Any]

# Both ends are the company's: it listens, somebody calls, and it says how many got through.
LISTENER = """
import socket, sys, time
server = socket.create_server(("", 8022)); server.settimeout(0.2); print("listening", flush=True)
until, heard = time.monotonic() + float(sys.argv[1]), []
while time.monotonic() < until:
    try: heard.append(server.accept()[1][0])
    except TimeoutError: pass
print(",".join(heard) or "nobody")
"""
CALLER = """
import socket, sys
try: socket.create_connection((sys.argv[1], 8022), 2); print("connected")
except OSError as e: print("no connection:", e)
"""


class Story:
    def __init__(self, rig: RigClient, screen: Screen) -> None:
        self.rig = rig
        self.screen = screen
        self.hub = rig.rig["hub"]
        self.states = rig.boto("stepfunctions", HUB)
        self.executions: dict[str, Execution] = {}

    def run(self) -> None:
        show = self.screen
        show.title("The network")
        show.line(f"company {CLIENT_POOL} ══OpenVPN══ VPN instance (hub VPC {HUB_CIDR}) ──VPC peering── service VPCs")
        first = self.service("service1", "10.110.0.0/16")

        show.title("Before: nobody can reach anything")
        self.ssh_times_out(first)

        show.title("service1 asks to be connected")
        self.connected(first, self.request(first))

        show.title("An account is created for service2, with a tagged VPC")
        second = self.new_account("service2", "10.120.0.0/16")
        self.connected(second, self.request_by_itself(second))

        show.title("What is there now")
        self.nat_covers([first, second])
        self.service_cannot_call_back(first)

        show.title("The VPN instance is rebooted")
        self.rebooted(first)

        show.title("Somebody breaks things by hand")
        self.drift(first, second)

        # A session with service1 is open all the time.
        with self.session(first) as session:
            show.title("The account of service2 is closed")
            self.closed(second)
            self.session_is_whole(session)

        show.title("Requests that are refused")
        self.refused(
            "from outside the organisation",
            self.service("outsider", "10.130.0.0/16", member=False),
            "organi",
            member=False,
        )
        self.refused("with an overlapping CIDR", self.service("overlapping", "10.110.0.0/16"), "10.110.0.0/16")

    # The scenes.

    def service(self, name: str, cidr: str, member: bool = True) -> Service:
        service: Service = self.rig.ask("/services/add", name=name, cidr=cidr, member=member)
        where = "in the organisation" if member else "not in the organisation"
        self.screen.aside(f"{name:<12} {cidr:<15} account {service['account']}, {where}; {service['instance']['ip']}")
        return service

    def ssh_times_out(self, service: Service) -> None:
        ip = service["instance"]["ip"]
        with self.screen.step(f"before the request, ssh to {service['name']}", "times out") as saw:
            done = self.rig.ask("/ssh", to=ip, command="hostname", connectTimeout=2)
            timed_out = done["exit"] == 255 and "timed out" in done["stderr"]
            saw(f"ssh {ip}: times out" if timed_out else f"ssh {ip}: {_said(done)}", timed_out)

    def new_account(self, name: str, cidr: str) -> Service:
        """CreateAccount, a VPC that is tagged from its first moment, and the StackSet, which comes last."""
        created = self.aws_cli(
            HUB, "organizations", "create-account", "--account-name", name, "--email", f"{name}@example.com"
        )
        service: Service = self.rig.ask(
            "/services/add", name=name, cidr=cidr, account=created["CreateAccountStatus"]["AccountId"]
        )
        self.aws_cli(
            service["account"],
            "ec2",
            "create-tags",
            "--resources",
            service["id"],
            "--tags",
            "Key=peerway:connect,Value=true",
        )
        self.screen.aside(
            f"{name:<12} {cidr:<15} account {service['account']}, new in the organisation; {service['instance']['ip']}"
        )
        self.ssh_times_out(service)
        self.rig.ask("/accounts/equip", account=service["account"])
        self.screen.line("the StackSet brings the service account stack into the account, as it does for every new one")
        return service

    def request_by_itself(self, service: Service) -> str:
        """The request that Peerway sends for the tagged VPC once it can enter the account."""
        until = time.monotonic() + 120
        while time.monotonic() < until:
            for peering in self.rig.ask("/snapshot")["peerings"]:
                if peering["requester"]["vpc"] == service["id"]:
                    return str(peering["id"])
            time.sleep(0.2)
        raise TimeoutError(f"nobody asked for a peering of {service['id']} within two minutes")

    def connected(self, service: Service, peering: str) -> None:
        show, name = self.screen, service["name"]
        service["peering"] = peering
        with show.step(f"{name}: the execution", "succeeds") as saw:
            status = self.watch(peering)
            saw(f"execution {status.lower()}", status == "SUCCEEDED")
        with show.step(f"{name}: routes", "every route table of both VPCs") as saw:
            routes = routes_to(self.rig, peering)
            wanted = {(HUB, table, service["cidr"]) for table in self.hub["route_tables"]} | {
                (service["account"], table, HUB_CIDR) for table in service["route_tables"]
            }
            saw(
                f"{sum(r[0] == HUB for r in routes)} hub tables → {service['cidr']}, "
                f"{sum(r[0] != HUB for r in routes)} service tables → {HUB_CIDR}",
                set(routes) == wanted,
            )
        self.ssh_works(service)

    def rebooted(self, service: Service) -> None:
        instance = self.hub["instance"]["id"]
        with self.screen.step("the VPN instance is rebooted", "NAT is there again, and ssh works") as saw:
            self.aws_cli(HUB, "ec2", "reboot-instances", "--instance-ids", instance)
            done = self.ssh_until_it_works(service)
            saw(
                f"ssh {service['instance']['ip']}: {'works again' if done['exit'] == 0 else _said(done)}",
                done["exit"] == 0,
            )
        with self.screen.step(
            "reconcile plans after the reboot", "nothing: NAT was restored from the instance's disk"
        ) as saw:
            report = self.reconcile("plan")
            for line in [*report["changes"], *report["unknown"]]:
                self.screen.line(f"│ {line}")
            saw(
                f"{report['summary']}: NAT was restored from the instance's disk",
                not report["changes"] and not report["unknown"],
            )

    def ssh_until_it_works(self, service: Service) -> dict[str, Any]:
        """The tunnel comes up again by itself, some seconds after the instance."""
        until = time.monotonic() + 60
        while True:
            done: dict[str, Any] = self.rig.ask(
                "/ssh", to=service["instance"]["ip"], command="hostname", connectTimeout=2
            )
            if done["exit"] == 0 or time.monotonic() > until:
                return done

    @contextmanager
    def session(self, service: Service) -> Iterator["Session"]:
        """An ssh session that counts, until it is told to end."""
        session = Session(self.rig, service)
        try:
            with self.screen.step(f"a session with {service['name']}", "opens, and counts") as saw:
                begun = session.has_begun()
                saw("is open, and counts" if begun else "does not open", begun)
            yield session
        finally:
            session.end()

    def drift(self, first: Service, second: Service) -> None:
        table = self.hub["route_tables"][0]
        with self.screen.step("a route is gone and its event lost: diagnose", "names it, and who deleted it") as saw:
            self.rig.ask("/settle")
            self.rig.ask("/events/lose", lost=True)
            self.aws_cli(
                HUB, "ec2", "delete-route", "--route-table-id", table, "--destination-cidr-block", second["cidr"]
            )
            self.rig.ask("/settle")
            self.rig.ask("/events/lose", lost=False)
            answer = self.diagnose(second)
            self.screen.line(f"│ {answer['summary']}")
            first_wrong = answer.get("first", {})
            saw(
                f"{first_wrong.get('at')}: {first_wrong.get('evidence')}",
                table in first_wrong.get("evidence", "") and f":{HUB}:" in first_wrong.get("changed", ""),
            )
        with self.screen.step("the NAT table is empty as well", "no new session") as saw:
            self.screen.command("nft flush table ip peerway     (on the VPN instance)")
            self.rig.ask("/exec", host=self.rig.host("vpn"), argv=["nft", "flush", "table", "ip", "peerway"])
            exits = [
                self.rig.ask("/ssh", to=service["instance"]["ip"], command="hostname", connectTimeout=2)["exit"]
                for service in (first, second)
            ]
            saw("neither service can be reached anew", 0 not in exits)
        with self.screen.step("reconcile plans", "names both, changes nothing") as saw:
            before = self.rig.ask("/calls")[-1]["seq"]
            report = self.reconcile("plan")
            changed = [
                call
                for call in self.rig.ask("/calls", since=before)
                if call["mutating"] and call["effect"] and call["action"] != "ssm:SendCommand"
            ]
            for line in report["changes"]:
                self.screen.line(f"│ {line}")
            named = any(table in line and second["cidr"] in line for line in report["changes"]) and any(
                self.hub["instance"]["id"] in line for line in report["changes"]
            )
            saw(
                f"{report['summary']}; nothing was changed" if not changed else f"it changed {changed}",
                named and not changed,
            )
        with self.screen.step("reconcile repairs", "both services can be reached again") as saw:
            self.reconcile("repair")
            done = [self.ssh_until_it_works(service) for service in (first, second)]
            again = self.reconcile("plan")
            saw(
                "ssh works again, and a second plan is empty" if not again["changes"] else str(again["changes"]),
                all(each["exit"] == 0 for each in done) and not again["changes"],
            )

    def diagnose(self, service: Service) -> dict[str, Any]:
        """Why the company cannot reach it."""
        machine = self.rig.rig["outputs"]["DiagnoseStateMachineArn"]
        question = json.dumps({"to": service["instance"]["ip"], "port": 22})
        # The AWS CLI would ask sync-127.0.0.1, which is nobody.
        self.screen.command(
            f"aws stepfunctions start-sync-execution --state-machine-arn {machine} --input {shlex.quote(question)}"
        )
        ended = self.states.start_sync_execution(stateMachineArn=machine, input=question)
        if ended["status"] != "SUCCEEDED":
            raise RuntimeError(f"diagnose {ended['status']}: {ended.get('error')}: {ended.get('cause')}")
        return dict(json.loads(ended["output"]))

    def reconcile(self, mode: str) -> dict[str, Any]:
        machine = self.rig.rig["outputs"]["ReconcileStateMachineArn"]
        started = self.aws_cli(
            HUB,
            "stepfunctions",
            "start-execution",
            "--state-machine-arn",
            machine,
            "--input",
            json.dumps({"mode": mode}),
        )
        execution = Execution(started["executionArn"], self.states)
        for _ in execution.follow():
            pass
        ended = self.states.describe_execution(executionArn=execution.arn)
        if ended["status"] != "SUCCEEDED":
            raise RuntimeError(f"reconcile {ended['status']}: {ended.get('error')}: {ended.get('cause')}")
        return dict(json.loads(ended["output"]))

    def closed(self, service: Service) -> None:
        peering, ip = service["peering"], service["instance"]["ip"]
        with self.screen.step("close-account: the execution", "disconnects it") as saw:
            # AWS takes minutes, in which the account can still be entered.
            self.rig.ask("/accounts/closing", seconds=60)
            self.aws_cli(HUB, "organizations", "close-account", "--account-id", service["account"])
            execution = Execution.of_peering(self.states, self.rig.rig["outputs"]["DisconnectStateMachineArn"], peering)
            for _ in execution.follow():
                pass
            status = execution.status()
            saw(f"execution {status.lower()}", status == "SUCCEEDED")
        with self.screen.step("nothing of it is left", "in either VPC, on the VPN instance") as saw:
            routes = routes_to(self.rig, peering)
            groups = [
                group["name"]
                for group in self.rig.ask("/snapshot")["securityGroups"]
                if group["vpc"] == service["id"] and group["name"].startswith("peerway-")
            ]
            openings = openings_to(self.rig, service["id"], self.hub["instance"]["ip"])
            translated = service["cidr"] in nat_sets(self.rig).get("services", [])
            state = self.peering_status(peering)
            saw(
                f"{len(routes)} routes, {len(groups)} security groups, {len(openings)} openings in its own groups, "
                f"{'still' if translated else 'not'} translated, peering {state}",
                not (routes or groups or openings or translated) and state in ("deleted", "gone"),
            )
        with self.screen.step(f"ssh to {service['name']}", "no longer works") as saw:
            done = self.rig.ask("/ssh", to=ip, command="hostname", connectTimeout=2)
            saw(f"ssh {ip}: {_said(done)}", done["exit"] != 0)

    def session_is_whole(self, session: "Session") -> None:
        with self.screen.step("the session with service1", "has lost no byte") as saw:
            counted, whole = session.end()
            saw(f"counted to {counted} without a gap" if whole else f"broke after {counted}", whole)

    def request(self, service: Service) -> str:
        """The peering request, sent as the service account's people would: with the AWS CLI."""
        created = self.aws_cli(
            service["account"],
            "ec2",
            "create-vpc-peering-connection",
            "--vpc-id",
            service["id"],
            "--peer-vpc-id",
            self.hub["id"],
            "--peer-owner-id",
            HUB,
        )
        peering = str(created["VpcPeeringConnection"]["VpcPeeringConnectionId"])
        self.screen.line(peering)
        return peering

    def aws_cli(self, account: str, *words: str) -> Any:
        argv = ["aws", "--endpoint-url", self.rig.endpoint(words[0]), *words]
        self.screen.command(shlex.join(argv))
        environment = {
            "PATH": os.environ["PATH"],
            "AWS_ACCESS_KEY_ID": account,
            "AWS_SECRET_ACCESS_KEY": "local",
            "AWS_DEFAULT_REGION": self.rig.rig["region"],
            "AWS_PAGER": "",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        }
        done = subprocess.run(argv, env=environment, capture_output=True, text=True, timeout=60, check=False)
        if done.returncode != 0:
            raise RuntimeError(done.stderr.strip())
        return json.loads(done.stdout or "null")

    def watch(self, peering: str) -> str:
        execution = Execution.of_peering(self.states, self.rig.rig["outputs"]["ConnectStateMachineArn"], peering)
        self.executions[peering] = execution
        for state in execution.follow():
            if state.kind not in ("Choice", "Pass"):
                self.screen.aside(f"{state.name:<28} {state.kind.lower():<9} {state.seconds:5.2f} s")
        return execution.status()

    def ssh_works(self, service: Service) -> None:
        ip, vpn = service["instance"]["ip"], self.hub["instance"]["ip"]
        with self.screen.step(f"{service['name']}: ssh from the company", f"a session, seen as {vpn}") as saw:
            self.screen.command(f"ssh -tt {ip} 'hostname; who'")
            done = self.rig.ask("/ssh", to=ip, command="hostname; who", connectTimeout=5)
            for line in done["stdout"].splitlines():
                self.screen.line(line.rstrip())
            ok = done["exit"] == 0 and service["name"] in done["stdout"] and vpn in done["stdout"]
            saw(f"logged in on {service['name']}, from {vpn}" if ok else _said(done), ok)

    def nat_covers(self, services: list[Service]) -> None:
        wanted = sorted(service["cidr"] for service in services)
        with self.screen.step("NAT on the VPN instance", f"{CLIENT_POOL} → {', '.join(wanted)}") as saw:
            sets = nat_sets(self.rig)
            clients, covered = sets.get("clients", []), sets.get("services", [])
            saw(
                f"masquerades {', '.join(clients)} → {', '.join(covered)}",
                clients == [CLIENT_POOL] and covered == wanted,
            )

    def service_cannot_call_back(self, service: Service) -> None:
        company = self.company_address()
        with self.screen.step("a service calls the company", "no connection") as saw:
            with ThreadPoolExecutor(1) as pool:
                listening = pool.submit(
                    self.rig.ask, "/exec", host="company", argv=["python3", "-c", LISTENER, "5"], timeout=15
                )
                time.sleep(0.7)
                self.rig.ask(
                    "/exec", host=service["instance"]["id"], argv=["python3", "-c", CALLER, company], timeout=15
                )
                self.rig.ask("/exec", host="company", argv=["python3", "-c", CALLER, company], timeout=15)
                heard = listening.result()["stdout"].splitlines()[-1]
            # It hears its own call, so it was listening; it must have heard that one only.
            saw(
                f"{service['instance']['ip']} → {company}: nothing arrives"
                if heard == company
                else f"the company heard {heard}",
                heard == company,
            )

    def company_address(self) -> str:
        """The address OpenVPN gave to the company host."""
        addresses = self.rig.ask("/exec", host="company", argv=["ip", "-j", "-4", "addr"])
        prefix = CLIENT_POOL.rsplit(".", 1)[0] + "."
        return next(
            str(info["local"])
            for link in json.loads(addresses["stdout"])
            for info in link["addr_info"]
            if info["local"].startswith(prefix)
        )

    def refused(self, why: str, service: Service, word: str, member: bool = True) -> None:
        name = service["name"]
        with self.screen.step(f"a request {why}", "refused, and says why") as saw:
            peering = self.request(service)
            if not member:
                self.scan()
            status = self.watch(peering)
            told = self.notification(peering)
            state = self.peering_status(peering)
            untouched = not routes_to(self.rig, peering)
            for line in told.splitlines():
                self.screen.line(f"│ {line}")
            saw(
                f"{name} is refused: {state}, no route was made",
                status == "SUCCEEDED" and state == "rejected" and untouched and word in told,
            )

    def scan(self) -> None:
        """No rule forwards a stranger's event, and the hub's bus would refuse it: the scan finds the request.
        On AWS it runs every ten minutes.
        """
        self.screen.line(
            "nobody forwards this request; the scan of pending requests, every ten minutes on AWS, runs now"
        )
        self.aws_cli(
            HUB, "lambda", "invoke", "--function-name", self.rig.rig["outputs"]["PendingScanFunctionArn"], "/dev/null"
        )

    def notification(self, peering: str) -> str:
        until = time.monotonic() + 10
        while time.monotonic() < until:
            for letter in self.rig.ask("/notifications"):
                text = f"{letter['subject'] or ''}\n{letter['message']}"
                if peering in text:
                    return text.strip()
            time.sleep(0.2)
        return "nothing"

    def peering_status(self, peering: str) -> str:
        return next((str(p["status"]) for p in self.rig.ask("/snapshot")["peerings"] if p["id"] == peering), "gone")


class Session:
    """An ssh session through the tunnel that prints 1, 2, 3, … until a file tells it to end."""

    _SCRIPT = "touch {begun}; n=0; until [ -e {stop} ]; do n=$((n+1)); echo $n; sleep 0.05; done; echo whole"

    def __init__(self, rig: RigClient, service: Service) -> None:
        self._rig, self._host = rig, service["instance"]["id"]
        self._begun, self._stop = f"/tmp/{service['id']}.begun", f"/tmp/{service['id']}.stop"
        self._pool = ThreadPoolExecutor(1)
        self._ended: tuple[int, bool] | None = None
        script = self._SCRIPT.format(begun=self._begun, stop=self._stop)
        self._done = self._pool.submit(
            rig.ask, "/ssh", to=service["instance"]["ip"], command=script, connectTimeout=280
        )

    def has_begun(self) -> bool:
        """Waits for it: one that opens only after what it is to live through would prove nothing."""
        until = time.monotonic() + 30
        while time.monotonic() < until:
            if self._rig.ask("/exec", host=self._host, argv=["test", "-e", self._begun])["exit"] == 0:
                return True
            time.sleep(0.1)
        return False

    def end(self) -> tuple[int, bool]:
        """How far it has counted, and whether every number came."""
        if self._ended is None:
            self._rig.ask("/exec", host=self._host, argv=["touch", self._stop])
            lines = self._done.result()["stdout"].split()
            self._pool.shutdown()
            numbers = [int(line) for line in lines if line.isdigit()]
            self._ended = (
                len(numbers),
                lines[-1:] == ["whole"] and numbers == list(range(1, len(numbers) + 1)) and bool(numbers),
            )
        return self._ended


def _said(done: dict[str, Any]) -> str:
    lines = (done["stderr"] or done["stdout"]).strip().splitlines()
    return f"exit {done['exit']}: {lines[-1] if lines else 'no word'}"


def write_report(path: Path, story: Story, calls: dict[str, dict[str, int]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        json.dumps(
            {
                "steps": story.screen.report(),
                "apiCalls": calls,
                "transitions": {peering: execution.transitions() for peering, execution in story.executions.items()},
            },
            indent=2,
        )
        + "\n"
    )
