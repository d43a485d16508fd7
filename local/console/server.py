"""Serves the dashboards of one account on 127.0.0.1, for a browser on this machine."""

import json
import threading
import traceback
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from local.console import files, guard
from local.console.account import Account, Json, Refused

LONGEST_REQUEST = 1024 * 1024
HEADERS = {
    # A second lock behind the sanitizer: whatever a widget's HTML holds, it runs no script and reaches nobody else.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; connect-src 'self'; img-src data:; "
    "style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


class Console:
    def __init__(self, account: Account, port: int = 0) -> None:
        """Port 0: one that is free."""
        self._account = account
        self._server = ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        self._server.daemon_threads = True
        self.port: int = self._server.server_port
        self.url = f"http://127.0.0.1:{self.port}/"

    def start(self) -> None:
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, name="console", daemon=True
        ).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _answers(self) -> dict[str, Callable[[Json], Any]]:
        account = self._account
        return {
            "/api/dashboards": lambda r: {
                "accountId": account.id,
                "region": account.region,
                "dashboards": account.dashboards(),
            },
            "/api/dashboard": lambda r: account.dashboard(r["name"]),
            "/api/invoke": lambda r: account.invoke(r["function"], r["event"]),
            "/api/values": lambda r: account.values(r["widget"], r["seconds"]),
            "/api/alarms": lambda r: account.alarms(r["alarms"]),
        }

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        answers = self._answers()
        console = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                if self._refused():
                    return
                found = files.find(urlsplit(self.path).path)
                if found is None:
                    self._reply(404, {"error": f"there is no {self.path}"})
                else:
                    self._send(200, *found)

            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                if length > LONGEST_REQUEST:
                    self.close_connection = True
                    return self._reply(413, {"error": f"{length} bytes; at most {LONGEST_REQUEST}"})
                body = self.rfile.read(length)
                if self._refused():
                    return None
                answer = answers.get(self.path)
                if answer is None:
                    return self._reply(404, {"error": f"no such path; there are {', '.join(sorted(answers))}"})
                try:
                    self._reply(200, answer(json.loads(body or b"{}")))
                except Refused as e:
                    self._reply(502, {"error": str(e)})
                except Exception as e:  # the asker gets the reason, the page goes on
                    traceback.print_exc()
                    self._reply(500, {"error": f"{type(e).__name__}: {e}"})

            def _refused(self) -> bool:
                why = guard.refusal(self.command, dict(self.headers), console.port)
                if why is not None:
                    self._reply(403, {"error": why})
                return why is not None

            def _reply(self, status: int, value: Any) -> None:
                self._send(status, "application/json", json.dumps(value, default=str).encode())

            def _send(self, status: int, content_type: str, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Type", content_type)
                self.send_header("Content-Length", str(len(body)))
                for name, value in HEADERS.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Nothing: what it asks stands in the log of calls."""

        return Handler
