"""What the demo does and claims, in order."""

import json
import os
import shlex
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from local.aws.accounts import HUB
from local.demo.evidence import nat_sets, routes_to
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
        services = [self.service("service1", "10.110.0.0/16"), self.service("service2", "10.120.0.0/16")]

        show.title("Before: nobody can reach anything")
        for service in services:
            self.ssh_times_out(service)

        for service in services:
            self.connect(service)

        show.title("What is there now")
        self.nat_covers(services)
        self.service_cannot_call_back(services[0])

        show.title("Requests that are refused")
        self.refused("from outside the organisation", self.service("outsider", "10.130.0.0/16", member=False), "organi", member=False)
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

    def connect(self, service: Service) -> None:
        show, name = self.screen, service["name"]
        show.title(f"{name} asks to be connected")
        with show.step(f"{name}: the execution", "succeeds") as saw:
            peering = self.request(service)
            status = self.watch(peering)
            saw(f"execution {status.lower()}", status == "SUCCEEDED")
        with show.step(f"{name}: routes", "every route table of both VPCs") as saw:
            routes = routes_to(self.rig, peering)
            wanted = ({(HUB, table, service["cidr"]) for table in self.hub["route_tables"]}
                      | {(service["account"], table, HUB_CIDR) for table in service["route_tables"]})
            saw(f"{sum(r[0] == HUB for r in routes)} hub tables → {service['cidr']}, "
                f"{sum(r[0] != HUB for r in routes)} service tables → {HUB_CIDR}", set(routes) == wanted)
        self.ssh_works(service)

    def request(self, service: Service) -> str:
        """The peering request, sent as the service account's people would: with the AWS CLI."""
        created = self.aws_cli(service["account"], "ec2", "create-vpc-peering-connection", "--vpc-id", service["id"],
                               "--peer-vpc-id", self.hub["id"], "--peer-owner-id", HUB)
        peering = str(created["VpcPeeringConnection"]["VpcPeeringConnectionId"])
        self.screen.line(peering)
        return peering

    def aws_cli(self, account: str, *words: str) -> Any:
        argv = ["aws", "--endpoint-url", self.rig.endpoint(words[0]), *words]
        self.screen.command(shlex.join(argv))
        environment = {"PATH": os.environ["PATH"], "AWS_ACCESS_KEY_ID": account, "AWS_SECRET_ACCESS_KEY": "local",
                       "AWS_DEFAULT_REGION": self.rig.rig["region"], "AWS_PAGER": "", "AWS_CONFIG_FILE": os.devnull,
                       "AWS_SHARED_CREDENTIALS_FILE": os.devnull}
        done = subprocess.run(argv, env=environment, capture_output=True, text=True, timeout=60)
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
            saw(f"masquerades {', '.join(clients)} → {', '.join(covered)}", clients == [CLIENT_POOL] and covered == wanted)

    def service_cannot_call_back(self, service: Service) -> None:
        company = self.company_address()
        with self.screen.step("a service calls the company", "no connection") as saw:
            with ThreadPoolExecutor(1) as pool:
                listening = pool.submit(self.rig.ask, "/exec", host="company", argv=["python3", "-c", LISTENER, "5"], timeout=15)
                time.sleep(0.7)
                self.rig.ask("/exec", host=service["instance"]["id"], argv=["python3", "-c", CALLER, company], timeout=15)
                self.rig.ask("/exec", host="company", argv=["python3", "-c", CALLER, company], timeout=15)
                heard = listening.result()["stdout"].splitlines()[-1]
            # It hears its own call, so it was listening; it must have heard that one only.
            saw(f"{service['instance']['ip']} → {company}: nothing arrives" if heard == company else f"the company heard {heard}",
                heard == company)

    def company_address(self) -> str:
        """The address OpenVPN gave to the company host."""
        addresses = self.rig.ask("/exec", host="company", argv=["ip", "-j", "-4", "addr"])
        prefix = CLIENT_POOL.rsplit(".", 1)[0] + "."
        return next(str(info["local"]) for link in json.loads(addresses["stdout"]) for info in link["addr_info"]
                    if info["local"].startswith(prefix))

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
            saw(f"{name} is refused: {state}, no route was made",
                status == "SUCCEEDED" and state == "rejected" and untouched and word in told)

    def scan(self) -> None:
        """No rule forwards a stranger's event, and the hub's bus would refuse it: the scan finds the request. On AWS it runs every ten minutes."""
        self.screen.line("nobody forwards this request; the scan of pending requests, every ten minutes on AWS, runs now")
        self.aws_cli(HUB, "lambda", "invoke", "--function-name", self.rig.rig["outputs"]["PendingScanFunctionArn"], "/dev/null")

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


def _said(done: dict[str, Any]) -> str:
    lines = (done["stderr"] or done["stdout"]).strip().splitlines()
    return f"exit {done['exit']}: {lines[-1] if lines else 'no word'}"


def write_report(path: Path, story: Story, calls: dict[str, dict[str, int]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({
        "steps": story.screen.report(),
        "apiCalls": calls,
        "transitions": {peering: execution.transitions() for peering, execution in story.executions.items()},
    }, indent=2) + "\n")
