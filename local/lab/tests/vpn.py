"""A VPN instance that is nothing else: the document's script runs there for real,
in a network namespace with an /etc and /var of its own.
"""

import json
import re
import time
from typing import Any

from local.lab import document
from local.lab.host import Host

CLIENTS = "172.168.0.0/24"
NOW = int(time.time() * 1000)
STATE = "/var/lib/peerway/nat.nft"


class VpnInstance:
    def __init__(self, host: Host) -> None:
        self.host = host

    def sh(self, script: str) -> str:
        return self.host.must(["sh", "-c", script])

    def run(
        self, services: str, generation: int = NOW, clients: str = CLIENTS, timeout: float = 90, **env: str
    ) -> tuple[int, Any, str]:
        """(exit code, the JSON result, stderr)"""
        environment = document.environment(services, clients, generation) | env
        done = self.host.run(["sh", "-c", document.script()], env=environment, timeout=timeout)
        return done.exit, json.loads(done.stdout.splitlines()[-1]) if done.stdout else None, done.stderr

    def apply(self, services: str, generation: int = NOW, **options: Any) -> Any:
        code, result, stderr = self.run(services, generation, **options)
        assert code == 0, stderr
        return result

    def in_kernel(self, name: str = "services") -> list[str]:
        listed = json.loads(self.sh(f"nft -j list set ip peerway {name}"))
        elements = next(e["set"] for e in listed["nftables"] if "set" in e).get("elem", [])
        return sorted(
            f"{e['prefix']['addr']}/{e['prefix']['len']}" if isinstance(e, dict) else f"{e}/32" for e in elements
        )

    def connection(self, source: str, destination: str, port: int = 40000) -> None:
        self.sh(
            f"conntrack -I -p tcp -s {source} -d {destination} --sport {port} --dport 22 --state ESTABLISHED "
            f"--timeout 600 --src-nat 10.100.1.10 2>&1"
        )

    def connections(self) -> list[str]:
        lines = self.sh("conntrack -L 2>/dev/null").splitlines()
        return sorted(" ".join(pair) for line in lines for pair in re.findall(r"src=(\S+) dst=(\S+)", line)[:1])

    def put_in_place_of(self, path: str, content: str, mode: str = "755") -> None:
        """Shadows a program of this machine by another."""
        self.sh(f"cat >/run/shadow <<'END'\n{content}\nEND\nchmod {mode} /run/shadow; mount --bind /run/shadow {path}")


def found(pattern: str, text: str) -> str:
    """What the pattern's group has of the text."""
    match = re.search(pattern, text)
    assert match, f"{pattern} is not in {text}"
    return str(match[1])
