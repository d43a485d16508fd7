"""How long the picture of the network with 125 services takes, beside a widget that reads nothing: the form of the same
function. Cold, from the start of the process; warm, within the minute for which it keeps what it has read; and anew,
when that minute is over.
"""

import json
import shutil
import statistics
import tempfile
import threading
import time
import urllib.parse
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from local.aws.runtime import java_runtime, one_invocation
from local.aws.stacks import cloudformation_yaml
from local.rig.rig import BUILD

FUNCTION = "ShowFunction"
SERVICES = 125
ROUNDS, WARM = 5, 40
LIMIT = 3.0
REGION, HUB, HUB_VPC = "eu-west-1", "123456789012", "vpc-0aaaaaaaaaaaaaaaa"
MACHINE = f"arn:aws:states:{REGION}:{HUB}:stateMachine:peerway"


@dataclass(frozen=True)
class Widgets:
    """Medians, in seconds, of the same machine and the same flags, in turns."""

    cold: float
    cold_nothing: float
    warm: float
    warm_nothing: float
    services: int
    """That the picture showed."""

    calls: int
    """Of AWS, for one picture."""

    def ratios(self) -> dict[str, float]:
        return {
            "cold": round(self.cold / self.cold_nothing, 2),
            "warm": round(self.warm / self.warm_nothing, 2),
        }

    def reached(self) -> dict[str, bool]:
        return {
            **{f"picture{name.capitalize()}": ratio <= LIMIT for name, ratio in self.ratios().items()},
            "pictureIsWhole": self.services == SERVICES and 0 < self.calls <= 3,
        }

    def report(self) -> dict[str, Any]:
        return {
            "function": FUNCTION,
            "of": f"the picture with {SERVICES} services, beside the form; C1 only, serial collector; medians in turns",
            "seconds": {
                "cold": round(self.cold, 3),
                "coldNothing": round(self.cold_nothing, 3),
                "warm": round(self.warm, 4),
                "warmNothing": round(self.warm_nothing, 4),
            },
            "ratioToAWidgetThatReadsNothing": self.ratios(),
            "limit": LIMIT,
            "calls": self.calls,
        }


def _event(widget: str) -> bytes:
    context = {"theme": "light", "width": 1200, "height": 800, "forms": {"all": {}}, "params": {"widget": widget}}
    return json.dumps({"widget": widget, "widgetContext": context}).encode()


def measure() -> Widgets:
    with tempfile.TemporaryDirectory(prefix="peerway-widgets-") as directory:
        template = cloudformation_yaml.load(BUILD / "template.yaml")
        properties = template["Resources"][FUNCTION]["Properties"]
        folder = Path(directory) / "function"
        shutil.copytree((BUILD / properties["CodeUri"]).resolve(), folder)
        shutil.copy(java_runtime.BOOTSTRAP, folder / "bootstrap")
        aws = _Aws()
        try:
            variables = java_runtime.environment() | _variables(aws)

            def answers(*widgets: str) -> list[one_invocation.Answer]:
                events = [_event(widget) for widget in widgets]
                found = one_invocation.invoke_each(folder, properties["Handler"], events, variables)
                for answer in found:
                    if answer.failed or b"pw-error" in answer.body:
                        raise RuntimeError(f"{FUNCTION} answered {answer.body[:1000].decode()}")
                return found

            cold, cold_nothing = [], []
            for _ in range(ROUNDS):
                cold_nothing += [answers("reach")[0].seconds]
                aws.calls = 0
                (picture,) = answers("network")
                cold += [picture.seconds]
            calls = aws.calls
            turns = [turn.seconds for turn in answers(*["network", "reach"] * WARM)][WARM:]
            return Widgets(
                cold=statistics.median(cold),
                cold_nothing=statistics.median(cold_nothing),
                warm=statistics.median(turns[0::2]),
                warm_nothing=statistics.median(turns[1::2]),
                services=json.loads(picture.body).count("</svg>") - 4,
                calls=calls,
            )
        finally:
            aws.close()


def _variables(aws: "_Aws") -> dict[str, str]:
    return {
        "AWS_REGION": REGION,
        "AWS_ACCESS_KEY_ID": HUB,
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{aws.server_port}",
        "HUB_VPC_ID": HUB_VPC,
        "CLIENT_POOL_CIDRS": "172.168.0.0/24",
        "COMPANY_CIDRS": "192.168.0.0/16",
        "ALLOWED_CIDRS": "10.0.0.0/8",
        "ALLOWED_PORTS": "tcp/22",
        "ORGANIZATION_ID": "o-exampleorg1",
        "OTHER_ARN": f"arn:aws:lambda:{REGION}:{HUB}:function:peerway-act",
        "RECONCILE_ARN": f"{MACHINE}-reconcile",
        "CONNECT_ARN": f"{MACHINE}-connect",
        "DIAGNOSE_ARN": f"{MACHINE}-diagnose",
    }


class _Aws(ThreadingHTTPServer):
    """EC2 and Step Functions, as far as the picture asks them."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.calls = 0
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self) -> None:
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Aws

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        target = self.headers.get("X-Amz-Target", "")
        action = target.rsplit(".", 1)[-1] or urllib.parse.parse_qs(body)["Action"][0]
        self.server.calls += 1
        answer = {
            "DescribeVpcPeeringConnections": _peerings,
            "ListExecutions": _executions,
            "DescribeExecution": _execution,
        }[action]().encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/x-amz-json-1.0" if target else "text/xml")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


def _peerings() -> str:
    items = "".join(
        f"<item><vpcPeeringConnectionId>pcx-{n:017x}</vpcPeeringConnectionId>"
        f"<requesterVpcInfo><ownerId>{n:012d}</ownerId><vpcId>vpc-{n:017x}</vpcId><region>{REGION}</region>"
        f"<cidrBlockSet><item><cidrBlock>10.{n}.0.0/16</cidrBlock></item></cidrBlockSet></requesterVpcInfo>"
        f"<accepterVpcInfo><ownerId>{HUB}</ownerId><vpcId>{HUB_VPC}</vpcId><region>{REGION}</region>"
        "<cidrBlockSet><item><cidrBlock>10.200.0.0/16</cidrBlock></item></cidrBlockSet></accepterVpcInfo>"
        "<status><code>active</code></status><tagSet>"
        f"<item><key>peerway:cidrs</key><value>10.{n}.0.0/16</value></item>"
        "<item><key>peerway:by</key><value>tag</value></item>"
        f"<item><key>peerway:account</key><value>service number {n}</value></item></tagSet></item>"
        for n in range(1, SERVICES + 1)
    )
    return (
        '<DescribeVpcPeeringConnectionsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">'
        f"<vpcPeeringConnectionSet>{items}</vpcPeeringConnectionSet></DescribeVpcPeeringConnectionsResponse>"
    )


def _executions() -> str:
    execution = {
        "executionArn": f"{MACHINE.replace('stateMachine', 'execution')}-reconcile:hourly",
        "stateMachineArn": f"{MACHINE}-reconcile",
        "name": "hourly",
        "status": "SUCCEEDED",
        "startDate": time.time() - 600,
    }
    return json.dumps({"executions": [execution]})


def _execution() -> str:
    at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 600))
    counts = {"instance": "i-0cccccccccccccccc", "tracked": 1000, "most": 262144, "insertFailed": 0}
    report = {
        "mode": "repair",
        "extent": "connected",
        "summary": "20 of 125 connections have drifted, 0 unknown, 0 left alone",
        "changes": [
            f"pcx-{n:017x}: add route 10.{n}.0.0/16 -> pcx-{n:017x} to rtb-0123456789abcdef0, since before {at}"
            for n in range(1, 21)
        ],
        "seen": {
            "at": at,
            "hub": ["10.200.0.0/16"],
            "fullestTable": 130,
            "vpn": [counts],
            "refused": [],
            "standings": [],
        },
    }
    execution = json.loads(_executions())["executions"][0]
    return json.dumps(execution | {"output": json.dumps(report), "input": "{}"})
