"""The door to a running rig: JSON over HTTP on 127.0.0.1, one path for each thing to ask.

The rig runs commands as root, so every request has to show the key that only the owner of rig.json can read.
"""

import hmac
import json
import secrets
import threading
import traceback
from collections.abc import Callable
from dataclasses import asdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from local.rig import viewer
from local.rig.rig import Rig

Request = dict[str, Any]


class Control:
    def __init__(self, rig: Rig) -> None:
        self._rig = rig
        self.key = secrets.token_hex(16)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def start(self) -> None:
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, name="control", daemon=True
        ).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _answers(self) -> dict[str, Callable[[Request], Any]]:
        rig = self._rig
        return {
            "/describe": lambda r: rig.describe(),
            "/exec": lambda r: rig.execute(
                r["host"], r["argv"], r.get("env", {}), r.get("stdin", "").encode(), r.get("timeout", 60)
            )._asdict(),
            "/ssh": lambda r: rig.ssh(r["to"], r["command"], r.get("connectTimeout", 3))._asdict(),
            "/snapshot": lambda r: rig.aws.snapshot(),
            "/calls": lambda r: [asdict(call) for call in rig.aws.calls.since(r.get("since", 0))],
            "/faults/add": lambda r: rig.aws.faults.add(**r) and None,
            "/faults/clear": lambda r: rig.aws.faults.clear(),
            "/limits": lambda r: rig.limit(**r),
            "/functions/vary": lambda r: rig.vary(r["function"], r["variables"]),
            "/functions/invoke": lambda r: viewer.invoke(rig.aws, r["function"], r["event"], r.get("role")),
            "/roles/invoking": lambda r: viewer.make_role(rig.aws, r["name"], r["functions"]),
            "/freezes/begin": lambda r: rig.begin_freeze(r["hours"]),
            "/freezes/end": lambda r: rig.end_freeze(),
            "/freezes/lose": lambda r: rig.lose_calendar(),
            "/gateways/learn": lambda r: rig.learn(r["gateway"], r["cidrs"]),
            "/notifications": lambda r: rig.mailbox.letters() if rig.mailbox else [],
            "/notifications/chat": lambda r: rig.news().chat(),
            "/notifications/events": lambda r: rig.news().events(),
            "/teams/listen": lambda r: rig.news().listen(r["account"]),
            "/teams/leave": lambda r: rig.news().leave(r["account"]),
            "/executions": lambda r: rig.aws.executions(rig.outputs["ConnectStateMachineArn"]),
            "/history": lambda r: rig.aws.history(r["execution"]),
            "/redrive": lambda r: rig.aws.redrive(r["execution"]),
            "/events/emit": lambda r: rig.emit(r["event"]),
            "/events/lose": lambda r: setattr(rig.aws, "loses_events", r["lost"]),
            "/events/waiting": lambda r: rig.aws.waiting_events(),
            "/scan": lambda r: rig.scan(),
            "/events/hold": lambda r: rig.aws.hold_events(r["source"]),
            "/events/release": lambda r: rig.aws.release_events(r.get("seed")),
            "/meter": lambda r: rig.aws.meter.switch(r["enabled"], r.get("slowed", 1)),
            "/settle": lambda r: rig.aws.settle(),
            "/services/add": lambda r: rig.add_service(**r),
            "/accounts/closing": lambda r: setattr(rig.aws, "closure_seconds", r["seconds"]),
            "/accounts/equip": lambda r: rig.equip(r["account"]),
            "/subnets/share": lambda r: rig.aws.world.shared_subnets.add((r["subnet"], r["account"])),
            "/subnets/unshare": lambda r: rig.aws.world.shared_subnets.discard((r["subnet"], r["account"])),
            "/regions/disable": lambda r: rig.aws.world.regions_not_enabled.add((r["account"], r["region"])),
            "/vpn/reboot": lambda r: rig.reboot_vpn(),
            "/vpn/stop": lambda r: rig.stop_vpn(**r),
            "/vpn/start": lambda r: rig.start_vpn(),
            "/vpn/replace": lambda r: rig.replace_vpn(),
            "/vpn/add": lambda r: rig.add_vpn(),
            "/vpn/remove": lambda r: rig.remove_vpn(r["instance"]),
            "/accounts/unequip": lambda r: rig.unequip(r["account"]),
        }

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        answers = self._answers()
        key = self.key

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                if not hmac.compare_digest(self.headers.get("X-Rig-Key", ""), key):
                    return self._reply(403, {"error": "the key of rig.json is needed"})
                answer = answers.get(self.path)
                if answer is None:
                    return self._reply(404, {"error": f"no such path; there are {', '.join(sorted(answers))}"})
                try:
                    self._reply(200, answer(json.loads(body or b"{}")))
                except Exception as e:  # the asker gets the reason, the rig goes on
                    traceback.print_exc()
                    self._reply(500, {"error": f"{type(e).__name__}: {e}"})

            def _reply(self, status: int, value: Any) -> None:
                body = json.dumps(value, default=str).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Nothing: the call log tells what happened."""

        return Handler
